// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/statedesk.h"

#include "engine/net/eventdispatcher.h"

#include <QTimer>

#include <semaphore>

namespace gatehouse::gateway {

namespace {

constexpr std::chrono::seconds pingInterval{1};
constexpr std::chrono::seconds longestWait{5};

} // namespace

/// Tells the thread that waits, if it still does.
class Completion
{
public:
    void complete() { m_done.release(); }
    bool wait() { return m_done.try_acquire_for(longestWait); }

private:
    std::binary_semaphore m_done{0};
};

StateDesk::StateDesk(SharedState &shared) : m_shared(shared)
{
    m_thread.setObjectName("state-desk");
    moveToThread(&m_thread);
    m_thread.setEventDispatcher(new net::EventDispatcher);
    m_thread.start();
}

StateDesk::~StateDesk()
{
    const auto close = [this] {
        m_timer.reset();
        m_jobs.clear();
        m_services = {};
    };
    QMetaObject::invokeMethod(this, close, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void StateDesk::apply(const config::StateConfig &config)
{
    const auto change = [this, config] {
        m_services = m_shared.services(config, m_services);
        if (!m_services.redis) {
            m_timer.reset();
            return;
        }
        if (!m_timer) {
            m_timer = std::make_unique<QTimer>();
            m_timer->callOnTimeout(this, &StateDesk::ping);
            m_timer->start(pingInterval);
        }
        ping(); // a wrong password is said at once, not with the first request
    };
    QMetaObject::invokeMethod(this, change, Qt::QueuedConnection);
}

void StateDesk::ping()
{
    m_jobs.sweep();
    if (m_services.redis && m_jobs.isIdle())
        m_jobs.spawn(askRedis(m_services.redis));
}

Task<void> StateDesk::askRedis(std::shared_ptr<state::RedisStore> redis)
{
    std::vector<std::string> words{"PING"};
    (void)co_await redis->client().command(std::move(words)); // the client notes how it went
}

Task<void> StateDesk::finish(Job job, std::shared_ptr<Completion> completion)
{
    co_await job();
    completion->complete();
}

bool StateDesk::runOnThread(Job job)
{
    const auto completion = std::make_shared<Completion>();
    const auto begin = [this, job = std::move(job), completion] {
        m_jobs.spawn(finish(job, completion));
    };
    QMetaObject::invokeMethod(this, begin, Qt::QueuedConnection);
    return completion->wait();
}

} // namespace gatehouse::gateway
