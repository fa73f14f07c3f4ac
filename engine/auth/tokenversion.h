// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/identity.h"
#include "engine/state/statestore.h"

namespace gatehouse::auth {

/// Revokes all earlier tokens of a user at once: a token carries the version it was made for, the
/// store has the one that is in force (0 if there is none).
struct TokenVersion
{
    std::string key = "user:{env}:{email}:tokenVersion"; ///< {env} and {claim}
    std::string claim = "tokenVersion";
    std::string environment;
    std::shared_ptr<state::StateStore> store; ///< of this worker
    bool isAllowedOnError = true;

    /// Where the store has the version of \a identity; nothing if a claim of the key is missing.
    [[nodiscard]] std::optional<std::string> keyFor(const Identity &identity) const;
    /// The reason to refuse \a identity: named REVOKE_TOKEN_ERROR if its version is not the one in
    /// force, Unavailable if that cannot be found out and must be.
    [[nodiscard]] Task<Result<void>> check(const Identity *identity) const;
};

} // namespace gatehouse::auth
