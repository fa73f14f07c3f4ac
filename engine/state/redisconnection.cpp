// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/redisconnection.h"

#include "engine/net/eventdispatcher.h"

#include <hiredis/async.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>

#include <utility>

namespace gatehouse::state {

/// One command on its way.
struct RedisCall
{
    RedisWaiter *waiter = nullptr; ///< null once nobody waits any more
    SteadyTime deadline;
    bool isIntroduction = false; ///< AUTH or SELECT: if it fails, the connection is of no use
    std::optional<Result<RedisReply>> reply;
};

namespace {

constexpr std::size_t maxPending = 100'000;
constexpr quint32 lostEvents = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

Error unavailable(const QString &message, const std::string &place)
{
    return Error(ErrorCode::Unavailable, message).with("redis", QString::fromStdString(place));
}

} // namespace

RedisWaiter::~RedisWaiter()
{
    if (m_call)
        m_call->waiter = nullptr;
}

RedisConnection::RedisConnection(const RedisSettings &settings, OnClosed onClosed, void *context)
    : m_timeout(settings.timeout)
    , m_place(settings.place())
    , m_onClosed(onClosed)
    , m_context(context)
{
    open(settings);
}

RedisConnection::~RedisConnection()
{
    for (const auto *calls : {&m_calls, &m_answered}) {
        for (const std::unique_ptr<RedisCall> &call : *calls)
            detach(*call);
    }
    if (redisAsyncContext *const redis = std::exchange(m_redis, nullptr))
        redisAsyncFree(redis);
}

void RedisConnection::open(const RedisSettings &settings)
{
    m_redis = settings.path.empty() ? redisAsyncConnect(settings.host.c_str(), settings.port)
                                    : redisAsyncConnectUnix(settings.path.c_str());
    if (!m_redis)
        return;
    m_fd = m_redis->c.fd;
    if (m_redis->err != 0 || m_fd < 0) {
        m_openError = QString::fromUtf8(m_redis->errstr);
        redisAsyncFree(std::exchange(m_redis, nullptr));
        return;
    }
    m_redis->data = this;
    m_redis->ev.data = this;
    m_redis->ev.addWrite = &RedisConnection::hookWrite;
    m_redis->ev.cleanup = &RedisConnection::hookCleanup;
    net::EventDispatcher::current().watch(m_fd, *this, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
    introduce(settings);
}

void RedisConnection::introduce(const RedisSettings &settings)
{
    const auto say = [this](const std::vector<std::string_view> &words) {
        if (send(words, nullptr))
            m_calls.back()->isIntroduction = true;
    };
    if (!settings.password.empty() && settings.user.empty())
        say({"AUTH", settings.password});
    else if (!settings.password.empty())
        say({"AUTH", settings.user, settings.password});
    const std::string database = std::to_string(settings.database);
    if (settings.database != 0)
        say({"SELECT", database});
}

bool RedisConnection::send(const std::vector<std::string_view> &words, RedisWaiter *waiter)
{
    if (!m_redis || m_calls.size() >= maxPending)
        return false;
    std::vector<const char *> texts;
    std::vector<std::size_t> sizes;
    for (const std::string_view word : words) {
        texts.push_back(word.data());
        sizes.push_back(word.size());
    }
    auto call = std::make_unique<RedisCall>();
    call->deadline = Clock::system().now() + m_timeout;
    if (redisAsyncCommandArgv(m_redis, &RedisConnection::onHiredisReply, call.get(),
                              int(texts.size()), texts.data(), sizes.data())
        != REDIS_OK)
        return false;
    call->waiter = waiter;
    if (waiter)
        waiter->m_call = call.get();
    m_calls.push_back(std::move(call));
    armTimeout();
    return true;
}

void RedisConnection::armTimeout()
{
    if (!m_calls.empty())
        arm(net::EventDispatcher::current().wheel(), m_calls.front()->deadline);
}

/// hiredis calls this from within a read, or with null for every command of a connection that ends.
void RedisConnection::onHiredisReply(redisAsyncContext *redis, void *reply, void *)
{
    auto *const self = static_cast<RedisConnection *>(redis->data);
    if (!reply || !self || self->m_calls.empty())
        return; // settle() tells the waiters
    std::unique_ptr<RedisCall> call = std::move(self->m_calls.front());
    self->m_calls.pop_front();
    RedisReply answer = RedisReply::from(*static_cast<const redisReply *>(reply));
    if (call->isIntroduction && answer.isError()) {
        self->m_introductionError = answer.text;
        const char *const advice = answer.advice();
        self->m_introductionAdvice = advice ? advice : "check state.url";
    }
    call->reply = std::move(answer);
    self->m_answered.push_back(std::move(call));
}

void RedisConnection::hookWrite(void *data)
{
    auto *const self = static_cast<RedisConnection *>(data);
    if (self->m_isWriting)
        self->m_isWritable = false; // there is more than the socket takes: wait for its event
    else if (self->m_isWritable)
        net::EventDispatcher::current().defer(*self); // everything of this callback in one write
}

void RedisConnection::hookCleanup(void *data)
{
    auto *const self = static_cast<RedisConnection *>(data);
    net::EventDispatcher::current().unwatch(self->m_fd, *self);
    if (!self->m_redis)
        return; // close() or the destructor frees it
    self->m_closeError = QString::fromUtf8(self->m_redis->errstr);
    self->m_redis = nullptr;
}

void RedisConnection::write()
{
    m_isWriting = true;
    redisAsyncHandleWrite(m_redis);
    m_isWriting = false;
}

void RedisConnection::onDeferred()
{
    if (m_redis)
        write();
    settle();
}

void RedisConnection::onFdEvents(quint32 events)
{
    if (events & EPOLLOUT && m_redis) {
        m_isWritable = true;
        write();
    }
    // hiredis reads one block a call, and the event comes once for all that is there.
    int waiting = (events & (EPOLLIN | lostEvents)) != 0 ? 1 : 0;
    while (m_redis && waiting > 0) {
        redisAsyncHandleRead(m_redis);
        if (m_redis && ::ioctl(m_fd, FIONREAD, &waiting) != 0)
            waiting = 0;
        if (events & lostEvents)
            waiting = 1; // until the read finds the end
    }
    settle();
}

void RedisConnection::onTimeout()
{
    if (m_calls.empty() || !m_redis)
        return;
    const SteadyTime now = Clock::system().now();
    if (m_calls.front()->deadline > now) {
        armTimeout(); // the one that the timer was for has its answer
        return;
    }
    close(unavailable(QString("no answer within %1 ms (state.timeout)").arg(m_timeout.count()),
                      m_place));
}

void RedisConnection::detach(RedisCall &call)
{
    if (call.waiter)
        call.waiter->m_call = nullptr;
    call.waiter = nullptr;
}

/// Tells the waiters what has come, once hiredis is off the stack: they may do what they like.
void RedisConnection::settle()
{
    ++m_settling;
    if (!m_isReported && !m_introductionError.empty()) {
        const Error refused = unavailable(QString::fromStdString(m_introductionError), m_place)
                                  .causedBy(QString::fromLatin1(m_introductionAdvice));
        for (const std::unique_ptr<RedisCall> &call : m_answered)
            call->reply = std::unexpected(refused); // "NOAUTH" to a command says less
        close(refused);
    }
    deliver();
    if (!m_redis && !m_isReported)
        close(
            unavailable(m_closeError.isEmpty() ? "the connection is gone" : m_closeError, m_place));
    --m_settling;
}

void RedisConnection::deliver()
{
    while (!m_answered.empty()) {
        const std::unique_ptr<RedisCall> call = std::move(m_answered.front());
        m_answered.pop_front();
        RedisWaiter *const waiter = call->waiter;
        detach(*call);
        if (waiter)
            waiter->onReply(std::move(*call->reply));
    }
}

void RedisConnection::close(const Error &reason)
{
    disarm();
    ++m_settling;
    m_isReported = true;
    if (redisAsyncContext *const redis = std::exchange(m_redis, nullptr))
        redisAsyncFree(redis);
    std::optional<SteadyTime> oldest;
    for (const Calls *const calls : {&m_answered, &m_calls}) {
        if (!oldest && !calls->empty())
            oldest = calls->front()->deadline - m_timeout;
    }
    for (std::unique_ptr<RedisCall> &call : std::exchange(m_calls, {})) {
        call->reply = std::unexpected(reason);
        m_answered.push_back(std::move(call));
    }
    m_onClosed(m_context, reason, oldest);
    deliver();
    --m_settling;
}

} // namespace gatehouse::state
