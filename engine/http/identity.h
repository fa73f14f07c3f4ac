// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace gatehouse {

/// One statement about a caller: a claim of a token, a field of a key's metadata. Texts as they
/// are; other JSON values as JSON text.
struct Claim
{
    std::string_view name;
    std::string_view value;
};

/// Who sends a request, as an authentication has found out. Lives in the exchange's arena.
struct Identity
{
    std::string_view provider; ///< the middleware's kind: "jwt", "api_key"
    std::string_view subject;
    std::string_view type; ///< "user", "service"; may be empty
    std::span<const std::string_view> scopes;
    std::span<const std::string_view> roles;
    std::span<const Claim> claims;

    [[nodiscard]] bool hasScope(std::string_view scope) const;
    [[nodiscard]] bool hasRole(std::string_view role) const;
    /// Empty if there is none.
    [[nodiscard]] std::string_view claim(std::string_view name) const;
};

} // namespace gatehouse
