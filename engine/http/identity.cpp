// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/identity.h"

#include <algorithm>

namespace gatehouse {

bool Identity::hasScope(std::string_view scope) const
{
    return std::ranges::find(scopes, scope) != scopes.end();
}

bool Identity::hasRole(std::string_view role) const
{
    return std::ranges::find(roles, role) != roles.end();
}

std::string_view Identity::claim(std::string_view name) const
{
    const auto found = std::ranges::find(claims, name, &Claim::name);
    return found == claims.end() ? std::string_view() : found->value;
}

} // namespace gatehouse
