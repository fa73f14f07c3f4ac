// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/rule.h"
#include "engine/state/redisstore.h"

namespace gatehouse::limits {

/// One rule whose keys live in Redis, for one worker: every decision is one script, so it is atomic
/// over all gateways, takes one round trip, and goes by the server's clock alone. Its own name
/// tells its keys from those of other rules: "limit:{name}:{key}". PenaltyWindow has the keys of
/// the request worker that it comes from: "rate_limit:{key}" and "blocked:{key}", whatever its
/// name.
class RedisLimit
{
public:
    /// \a store outlives the limit.
    RedisLimit(const Rule &rule, std::string name, state::RedisStore &store);

    [[nodiscard]] const Rule &rule() const { return m_rule; }

    /// A cost of 0 only looks. For Concurrency \a lease names the place that is taken, until
    /// release(), or for leaseTime if nobody releases it.
    Task<Result<Decision>> decide(std::string key, qint64 cost, std::string lease = {});
    /// The command that gives the places back, for when the limit itself may be gone.
    [[nodiscard]] std::vector<std::string> releaseCommand(std::string_view key, qint64 cost,
                                                          std::string_view lease) const;

    Task<Result<void>> reset(std::string key);
    Task<Result<void>> fill(std::string key);
    /// Lets \a time pass for the keys of this rule.
    Task<Result<void>> advance(Nanoseconds time);
    Task<Result<std::vector<std::string>>> keys(int most);

    static constexpr std::chrono::minutes leaseTime{5};

private:
    [[nodiscard]] std::vector<std::string> keysOf(std::string_view key) const;
    [[nodiscard]] std::string prefix() const;

    Rule m_rule;
    std::string m_name;
    state::RedisStore &m_store;
};

} // namespace gatehouse::limits
