// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/state/redisclient.h"
#include "engine/state/statestore.h"

namespace gatehouse::state {

/// The state that all gateways of an installation share, in Redis. Every operation is one command
/// or one script, so that it is atomic and costs one round trip.
class RedisStore final : public StateStore
{
public:
    RedisStore(RedisSettings settings, std::shared_ptr<BackendHealth> health);

    Task<Result<std::optional<Entry>>> get(std::string key) override;
    Task<Result<void>> set(std::string key, std::string value, Milliseconds ttl) override;
    Task<Result<bool>> setIfAbsent(std::string key, std::string value, Milliseconds ttl) override;
    Task<Result<qint64>> increment(std::string key, qint64 by, Milliseconds ttl) override;
    Task<Result<bool>> remove(std::string key) override;
    Task<Result<std::vector<std::string>>> keys(std::string prefix, int limit) override;

    /// For scripts of other modules. Keys get the prefix with full().
    [[nodiscard]] RedisClient &client() { return m_client; }
    [[nodiscard]] std::string full(std::string_view key) const;

private:
    Task<Result<RedisReply>> checked(Task<Result<RedisReply>> asked);

    RedisClient m_client;
};

} // namespace gatehouse::state
