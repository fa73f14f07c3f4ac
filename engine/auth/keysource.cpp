// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/keysource.h"

#include "engine/core/log.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::auth {

Q_LOGGING_CATEGORY(lcKeySource, "gatehouse.auth.keysource", QtInfoMsg)

KeySource::KeySource(KeySet keys) : m_clock(Clock::system()), m_state(std::make_shared<State>())
{
    m_state->keys = std::make_shared<const KeySet>(std::move(keys));
}

KeySource::KeySource(Remote remote, Fetch fetch, const Clock &clock)
    : m_remote(std::move(remote))
    , m_fetch(std::move(fetch))
    , m_clock(clock)
    , m_state(std::make_shared<State>())
{
}

KeySource::~KeySource() = default;

/// Keys are public, so the log may say what is wrong with them.
void KeySource::State::take(const std::string &url, const Result<std::string> &document,
                            SteadyTime now)
{
    Result<KeySet> set = document ? KeySet::parse(*document) : std::unexpected(document.error());
    const QMutexLocker lock(&mutex);
    if (set) {
        keys = std::make_shared<const KeySet>(std::move(*set));
        gotAt = now;
        generation.fetch_add(1, std::memory_order_release);
    } else {
        LogLine(lcKeySource(), QtWarningMsg, "key set not renewed")
            .field("url", url)
            .field("kept", keys ? "the last good one" : "none")
            .error(set.error());
    }
    isFetching = false;
    // Under the lock: a receiver that goes meanwhile waits in unsubscribe().
    for (const auto &[receiver, wake] : waiting)
        QMetaObject::invokeMethod(receiver, wake, Qt::QueuedConnection);
    waiting.clear();
}

bool KeySource::mayFetch(SteadyTime now) const
{
    return m_fetch && !m_state->isFetching
        && (!m_state->wasTried || now - m_state->triedAt >= m_remote.refetchInterval);
}

void KeySource::fetch()
{
    const auto done = [state = m_state, url = m_remote.url,
                       &clock = m_clock](const Result<std::string> &document) {
        state->take(url, document, clock.now());
    };
    m_fetch(m_remote.url, done);
}

std::shared_ptr<const KeySet> KeySource::keys()
{
    if (!m_fetch)
        return m_state->keys;
    QMutexLocker lock(&m_state->mutex);
    std::shared_ptr<const KeySet> keys = m_state->keys;
    const SteadyTime now = m_clock.now();
    const bool isOld = keys && now - m_state->gotAt >= m_remote.cacheDuration;
    if (!isOld || !mayFetch(now))
        return keys;
    m_state->isFetching = m_state->wasTried = true;
    m_state->triedAt = now;
    lock.unlock();
    fetch();
    return keys;
}

bool KeySource::mayRefresh()
{
    const QMutexLocker lock(&m_state->mutex);
    return m_state->isFetching || mayFetch(m_clock.now());
}

bool KeySource::subscribe(QObject *receiver, Wake wake)
{
    QMutexLocker lock(&m_state->mutex);
    const SteadyTime now = m_clock.now();
    const bool begins = mayFetch(now);
    if (!begins && !m_state->isFetching)
        return false;
    m_state->waiting.emplace_back(receiver, std::move(wake));
    if (!begins)
        return true;
    m_state->isFetching = m_state->wasTried = true;
    m_state->triedAt = now;
    lock.unlock();
    fetch();
    return true;
}

void KeySource::unsubscribe(QObject *receiver)
{
    const QMutexLocker lock(&m_state->mutex);
    std::erase_if(m_state->waiting, [receiver](const auto &one) { return one.first == receiver; });
}

KeySource::Refresh::Refresh(KeySource &source, std::chrono::milliseconds limit)
    : m_source(source)
    , m_limit(limit)
{
    m_timer.setSingleShot(true);
}

KeySource::Refresh::~Refresh()
{
    m_source.unsubscribe(&m_receiver);
}

bool KeySource::Refresh::await_suspend(std::coroutine_handle<> self)
{
    // One of the two resumes, and takes the other away before it does.
    const auto wake = [this, self] {
        m_timer.stop();
        self.resume(); // destroys this
    };
    const auto giveUp = [this, self] {
        m_source.unsubscribe(&m_receiver);
        QCoreApplication::removePostedEvents(&m_receiver);
        // Not from inside the timer's own signal: resuming destroys the timer.
        const auto resume = [self] { self.resume(); };
        QMetaObject::invokeMethod(&m_receiver, resume, Qt::QueuedConnection);
    };
    QObject::connect(&m_timer, &QTimer::timeout, &m_receiver, giveUp);
    if (!m_source.subscribe(&m_receiver, wake))
        return false;
    m_timer.start(m_limit);
    return true;
}

} // namespace gatehouse::auth
