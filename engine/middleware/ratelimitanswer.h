// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/message.h"
#include "engine/http/trace.h"
#include "engine/limits/rule.h"
#include "engine/middleware/ratelimitsettings.h"

namespace gatehouse::middleware {

/// What a rate_limit has made of one request.
enum class RateLimitVerdict : unsigned char {
    Allowed,
    Denied,
    Blocked,   ///< denied without being counted: a penalty runs
    ByHand,    ///< denied without being counted: an operator has blocked the key
    WouldDeny, ///< in a dry run
    Exempt,
    Off,         ///< in development
    Unavailable, ///< the store could not answer
};

/// The decision with all its numbers, for the trace and for the answer's fields. In the arena.
class RateLimitFacts final : public StageFacts
{
public:
    RateLimitFacts(const RateLimitSettings &settings, std::string_view key,
                   const limits::Decision &decision, RateLimitVerdict verdict)
        : m_settings(settings)
        , m_key(key)
        , m_decision(decision)
        , m_verdict(verdict)
    {
    }

    [[nodiscard]] std::string_view key() const { return m_key; }
    [[nodiscard]] const limits::Decision &decision() const { return m_decision; }
    [[nodiscard]] RateLimitVerdict verdict() const { return m_verdict; }
    /// "rule=orders/rate_limit algorithm=token_bucket key=192.0.2.7 verdict=denied limit=100
    /// before=0 after=0 next_ms=20".
    void describe(std::string &to) const override;

private:
    const RateLimitSettings &m_settings;
    std::string_view m_key;
    limits::Decision m_decision;
    RateLimitVerdict m_verdict;
};

/// Adds RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-09, structured fields)
/// and X-RateLimit-Limit, -Remaining and -Reset (Unix seconds). Of several limits around an answer
/// the first two tell each, and the others the one that leaves least.
void addRateLimitFields(Response &response, const RateLimitSettings &settings,
                        const limits::Decision &decision);

/// 429 with Retry-After.
[[nodiscard]] Response rateLimited(Exchange &exchange, const RateLimitSettings &settings,
                                   const RateLimitFacts &facts);

} // namespace gatehouse::middleware
