// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/before.h"
#include "engine/state/redisstore.h"

namespace gatehouse::limits {

/// One rule whose keys live in Redis, for one worker: every decision is one script, so it is atomic
/// over all gateways, takes one round trip, and goes by the server's clock alone. Its own name
/// tells its keys from those of other rules: "limit:{name}:{key}". PenaltyWindow has the keys of
/// the request worker that it comes from: "rate_limit:{key}" and "blocked:{key}", whatever its
/// name. A block by hand is "limitblock:{name}:{key}".
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

    /// How a key stands.
    Task<Result<Sight>> look(std::string key);
    Task<Result<void>> reset(std::string key);
    /// Places of Concurrency come back after leaseTime.
    Task<Result<void>> fill(std::string key);
    /// Denies the key everything for \a time, on all gateways, without counting.
    Task<Result<void>> block(std::string key, Nanoseconds time);
    Task<Result<void>> unblock(std::string key);
    /// The key as it is now, for restore().
    Task<Result<RedisBefore>> before(std::string key);
    /// What has ended meanwhile stays ended. \a sinceThen: what the limit's clock was moved by.
    Task<Result<void>> restore(std::string key, RedisBefore before, Nanoseconds sinceThen);
    /// Lets \a time pass for the keys of this rule.
    Task<Result<void>> advance(Nanoseconds time);
    Task<Result<std::vector<std::string>>> keys(int most);

private:
    [[nodiscard]] std::vector<std::string> keysOf(std::string_view key) const;
    [[nodiscard]] std::string blockOf(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> allOf(std::string_view key) const;
    [[nodiscard]] std::string prefix() const;
    [[nodiscard]] std::string blockPrefix() const;
    Task<Result<state::RedisReply>> ask(std::string key, qint64 cost, std::string lease);
    Task<Result<void>> advanceKeys(std::vector<std::string> names, Nanoseconds time);

    Rule m_rule;
    std::string m_name;
    state::RedisStore &m_store;
};

} // namespace gatehouse::limits
