// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/tokenversion.h"

namespace gatehouse::auth {

std::optional<std::string> TokenVersion::keyFor(const Identity &identity) const
{
    std::string made;
    std::string_view rest = key;
    while (!rest.empty()) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        made.append(rest.substr(0, open));
        rest.remove_prefix(open);
        const std::size_t close = rest.find('}');
        if (rest.empty() || close == rest.npos)
            break;
        const std::string_view name = rest.substr(1, close - 1);
        const std::string_view value = name == "env" ? environment : identity.claim(name);
        if (value.empty() && name != "env")
            return std::nullopt;
        made.append(value);
        rest.remove_prefix(close + 1);
    }
    return made;
}

Task<Result<void>> TokenVersion::check(const Identity *identity) const
{
    const std::optional<std::string> at = keyFor(*identity);
    if (!at)
        co_return fail(ErrorCode::Unauthorized, "a claim of the token version's key is missing");
    const Result<std::optional<state::Entry>> entry = co_await store->get(*at);
    if (!entry && isAllowedOnError)
        co_return Result<void>();
    if (!entry)
        co_return fail(ErrorCode::Unavailable, "the token version cannot be read");
    const std::string_view given = identity->claim(claim);
    const std::string_view inForce = *entry ? std::string_view((*entry)->value) : "0";
    if ((given.empty() ? std::string_view("0") : given) == inForce)
        co_return Result<void>();
    const Error revoked(
        ErrorCode::Unauthorized,
        "For security reasons, your session is no longer valid. Please sign in again");
    co_return std::unexpected(revoked.named("REVOKE_TOKEN_ERROR"));
}

} // namespace gatehouse::auth
