// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/middleware/factory.h"
#include "engine/middleware/requestkey.h"
#include "engine/net/addressrange.h"

namespace gatehouse::middleware {

/// What one rate_limit does, beside counting.
struct RateLimitSettings
{
    limits::Rule rule;
    std::string name; ///< of the limit, as people see it
    RequestKey key;
    qint64 cost = 1;
    std::vector<net::AddressRange> exemptNetworks;
    std::vector<std::string> exemptKeys;
    bool isDryRun = false;   ///< decides and counts, lets everything pass
    bool isEnforced = true;  ///< false in development, unless `enforce: always`
    bool sendsFields = true; ///< RateLimit and its relatives on every answer
    bool isAllowedOnError = true;
    // What every answer says, made once.
    std::string quotedName;
    std::string policy; ///< a member of RateLimit-Policy
    std::string capacity;

    [[nodiscard]] static config::Schema schema();
    static Result<RateLimitSettings> read(const config::Node &settings,
                                          const BuildContext &context);
};

} // namespace gatehouse::middleware
