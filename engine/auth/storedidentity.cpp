// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/storedidentity.h"

namespace gatehouse::auth {

namespace {

std::span<const std::string_view> copyList(Arena &arena, const std::vector<std::string> &texts)
{
    if (texts.empty())
        return {};
    auto *const copies = static_cast<std::string_view *>(
        arena.allocate(texts.size() * sizeof(std::string_view), alignof(std::string_view)));
    for (std::size_t i = 0; i < texts.size(); ++i)
        ::new (&copies[i]) std::string_view(arena.copy(texts[i]));
    return {copies, texts.size()};
}

} // namespace

const Identity *StoredIdentity::copyTo(Arena &arena, std::string_view provider) const
{
    auto *const identity = arena.make<Identity>();
    identity->provider = provider;
    identity->subject = arena.copy(subject);
    identity->type = arena.copy(type);
    identity->scopes = copyList(arena, scopes);
    identity->roles = copyList(arena, roles);
    if (claims.empty())
        return identity;
    auto *const copies =
        static_cast<Claim *>(arena.allocate(claims.size() * sizeof(Claim), alignof(Claim)));
    for (std::size_t i = 0; i < claims.size(); ++i)
        ::new (&copies[i]) Claim{arena.copy(claims[i].first), arena.copy(claims[i].second)};
    identity->claims = {copies, claims.size()};
    return identity;
}

std::string Rights::missingIn(const Identity &identity) const
{
    for (const std::string &scope : scopes) {
        if (!identity.hasScope(scope))
            return "the scope " + scope + " is missing";
    }
    for (const std::string &role : roles) {
        if (!identity.hasRole(role))
            return "the role " + role + " is missing";
    }
    return {};
}

} // namespace gatehouse::auth
