// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/task.h"
#include "engine/net/resolver.h"
#include "engine/state/backendhealth.h"
#include "engine/state/redisconnection.h"

namespace gatehouse::state {

/// A Lua script that Redis runs in one atomic step (EVALSHA). Make one static object of each.
class RedisScript
{
public:
    explicit RedisScript(std::string text);
    [[nodiscard]] const std::string &text() const { return m_text; }
    /// SHA-1 in hexadecimal, by which the server knows it.
    [[nodiscard]] const std::string &digest() const { return m_digest; }

private:
    std::string m_text;
    std::string m_digest;
};

/// Commands to one Redis server, for one worker: connects when the first one comes, again with
/// back-off (50 ms doubling to 5 s) when the connection is lost, and not at all while the breaker
/// that all workers share is open. Errors are Unavailable. Never leaves its thread.
class RedisClient
{
public:
    RedisClient(RedisSettings settings, std::shared_ptr<BackendHealth> health);
    ~RedisClient(); ///< commands that wait get nothing more: destroy their tasks first
    Q_DISABLE_COPY_MOVE(RedisClient)

    /// An error answer about the server is an error; one about the command is a reply.
    Task<Result<RedisReply>> command(std::vector<std::string> words);
    /// One round trip; the first time the server has not seen the script, two.
    Task<Result<RedisReply>> eval(const RedisScript &script, std::vector<std::string> keys,
                                  std::vector<std::string> arguments);
    [[nodiscard]] const RedisSettings &settings() const { return m_settings; }
    [[nodiscard]] BackendHealth &health() const { return *m_health; }

private:
    Task<Result<void>> connect();
    Task<Result<RedisReply>> ask(std::vector<std::string> words);
    void reopen(const RedisSettings &settings);
    void failed(const Error &reason, SteadyTime asked);
    static void onClosed(void *self, const Error &reason, std::optional<SteadyTime> oldest);

    RedisSettings m_settings;
    std::shared_ptr<BackendHealth> m_health;
    std::unique_ptr<net::Resolver> m_resolver;
    std::unique_ptr<RedisConnection> m_connection;
    std::vector<std::unique_ptr<RedisConnection>> m_retired; ///< that still tell their waiters
    SteadyTime m_nextConnect;
    std::chrono::milliseconds m_backOff{0};
};

} // namespace gatehouse::state
