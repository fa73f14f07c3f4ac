// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/storedidentity.h"
#include "engine/auth/token.h"

#include <chrono>

namespace gatehouse::auth {

/// What a token must say, and where it says what we want to know.
struct ClaimRules
{
    std::vector<std::string> issuers;                       ///< one of them; empty: any
    std::vector<std::string> audiences;                     ///< one of them; empty: any
    std::chrono::seconds leeway{60};                        ///< for clocks that differ
    std::vector<std::string> required;                      ///< names of claims
    std::vector<std::pair<std::string, std::string>> equal; ///< claims with this value
    std::string scopeClaim = "scope";
    std::string rolesClaim = "roles";
    std::string subjectClaim = "sub";

    /// Unauthorized with the rule that \a claims break at \a now (seconds since 1970), named
    /// TOKEN_EXPIRED if it is only that.
    [[nodiscard]] Result<void> check(const Json &claims, qint64 now) const;
    /// Until when they hold, with the leeway; nothing without exp.
    [[nodiscard]] std::optional<qint64> notAfter(const Json &claims) const;
    [[nodiscard]] StoredIdentity identityOf(const Json &claims) const;
};

} // namespace gatehouse::auth
