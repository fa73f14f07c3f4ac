// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/net/deferred.h"
#include "engine/net/fdwatcher.h"
#include "engine/net/timer.h"
#include "engine/state/redisreply.h"
#include "engine/state/redissettings.h"

#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

struct redisAsyncContext;

namespace gatehouse::state {

struct RedisCall;

/// Gets the answer of one command: exactly once, unless it goes first.
class RedisWaiter
{
public:
    virtual ~RedisWaiter();
    /// From the event loop.
    virtual void onReply(Result<RedisReply> reply) = 0;

protected:
    friend class RedisConnection;
    RedisCall *m_call = nullptr; ///< while it waits
};

/// One connection to Redis: hiredis' asynchronous context on our event loop. Commands of one
/// callback of the loop leave in one write, and their answers come in order (pipelining). Never
/// leaves its thread.
class RedisConnection final : private net::FdWatcher, private net::Timer, private net::Deferred
{
public:
    /// Gets word of the end, from the event loop; \a oldest is when the first of the commands was
    /// sent that were waiting, nothing if there were none. May not destroy the connection.
    using OnClosed = void (*)(void *context, const Error &reason, std::optional<SteadyTime> oldest);

    /// Begins to connect, to authenticate and to choose the database.
    RedisConnection(const RedisSettings &settings, OnClosed onClosed, void *context);
    ~RedisConnection() override; ///< waiters get nothing more

    [[nodiscard]] bool isOpen() const { return m_redis != nullptr; }
    /// Queues a command; \a waiter gets its answer, or the reason why there is none: at the latest
    /// when the timeout of the settings is over, which also ends the connection, because answers
    /// come in order. False if it is closed. A null waiter drops the answer.
    bool send(const std::vector<std::string_view> &words, RedisWaiter *waiter);

    /// It is telling waiters what has come: not to be destroyed now.
    [[nodiscard]] bool isBusy() const { return m_settling > 0; }
    /// Why it could not even begin to connect.
    [[nodiscard]] const QString &openError() const { return m_openError; }

private:
    using Calls = std::deque<std::unique_ptr<RedisCall>>;

    void open(const RedisSettings &settings);
    void introduce(const RedisSettings &settings);
    void write();
    void settle();
    void deliver();
    void close(const Error &reason);
    void armTimeout();
    static void detach(RedisCall &call);

    void onFdEvents(quint32 events) override;
    void onTimeout() override;
    void onDeferred() override;

    // What hiredis calls.
    static void hookCleanup(void *self);
    static void hookWrite(void *self);
    static void onHiredisReply(redisAsyncContext *redis, void *reply, void *call);

    redisAsyncContext *m_redis = nullptr; ///< hiredis frees it by itself when the connection ends
    Calls m_calls;                        ///< sent, in the order of their answers
    Calls m_answered;                     ///< not yet told to their waiters
    std::chrono::milliseconds m_timeout;
    std::string m_place;
    OnClosed m_onClosed;
    void *m_context;
    int m_fd = -1;
    int m_settling = 0;
    bool m_isWritable = false; ///< the first readiness tells that it is connected
    bool m_isWriting = false;
    bool m_isReported = false; ///< its end
    QString m_openError;
    QString m_closeError;
    std::string m_introductionError;
    const char *m_introductionAdvice = "";
};

} // namespace gatehouse::state
