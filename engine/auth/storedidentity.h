// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/arena.h"
#include "engine/http/identity.h"

#include <string>
#include <vector>

namespace gatehouse::auth {

/// An Identity with texts of its own: what a cache, a key or a user has until a request needs it.
struct StoredIdentity
{
    std::string subject;
    std::string type;
    std::vector<std::string> scopes;
    std::vector<std::string> roles;
    std::vector<std::pair<std::string, std::string>> claims;

    /// A copy that lives as long as the exchange, whatever happens to this meanwhile.
    [[nodiscard]] const Identity *copyTo(Arena &arena, std::string_view provider) const;
};

/// Scopes and roles that a caller must have, all of them.
struct Rights
{
    std::vector<std::string> scopes;
    std::vector<std::string> roles;

    /// "the scope orders:write is missing", or empty.
    [[nodiscard]] std::string missingIn(const Identity &identity) const;
    [[nodiscard]] bool isEmpty() const { return scopes.empty() && roles.empty(); }
};

} // namespace gatehouse::auth
