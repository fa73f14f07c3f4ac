// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/eventdispatcher.h"

#include "engine/core/loopturn.h"
#include "engine/net/notifiers.h"
#include "engine/net/poller.h"
#include "engine/net/qttimers.h"
#include "engine/net/wakeup.h"

#include <QCoreApplication>

#include <atomic>
#include <bit>
#include <cerrno>

namespace gatehouse::net {

namespace {

thread_local EventDispatcher *currentDispatcher = nullptr;

// Tags of epoll events: bit 0 is set for notifiers, this is the wake-up, all else are watchers.
constexpr quint64 wakeupTag = 2;

// Deferred work that defers again gets this many rounds; the rest waits for the next callback.
constexpr int deferredRounds = 16;

quint64 tagOf(FdWatcher &watcher)
{
    return std::bit_cast<quint64>(&watcher);
}

} // namespace

struct EventDispatcher::Data
{
    internal::Poller poller;
    internal::Wakeup wakeup;
    internal::Notifiers notifiers{poller};
    internal::QtTimers timers;
    TimerWheel wheel{Clock::system()};
    SteadyTime loopTime = Clock::system().now();
    internal::Link deferred;
    quint64 turns = 0;
    int depth = 0;
    std::atomic<bool> isInterrupted = false;
};

/// One call of processEvents(). What the callback around a nested one has deferred is set aside.
class EventDispatcher::Turn
{
public:
    explicit Turn(Data &data) : m_data(data), m_number(++data.turns)
    {
        ++loopTurn;
        if (data.depth++ > 0)
            m_outerDeferred.appendAllLinks(data.deferred);
    }
    ~Turn()
    {
        m_outerDeferred.appendAllLinks(m_data.deferred);
        m_data.deferred.appendAllLinks(m_outerDeferred);
        --m_data.depth;
    }
    Q_DISABLE_COPY_MOVE(Turn)

    /// A nested turn has run since. It may have taken the wake-up that was meant for this one.
    [[nodiscard]] bool wasNested() const { return m_data.turns != m_number; }

private:
    Data &m_data;
    quint64 m_number;
    internal::Link m_outerDeferred;
};

EventDispatcher::EventDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
    , d(std::make_unique<Data>())
{
    const int error = d->poller.add(d->wakeup.fd(), EPOLLIN | EPOLLET, wakeupTag);
    if (error != 0)
        qFatal("epoll refuses an eventfd: errno %d", error);
}

EventDispatcher::~EventDispatcher()
{
    if (currentDispatcher == this)
        currentDispatcher = nullptr;
    d->deferred.removeAllLinks();
}

EventDispatcher &EventDispatcher::current()
{
    // Not set by the constructor: QThread::setEventDispatcher() moves a dispatcher to its thread.
    if (!currentDispatcher) {
        currentDispatcher = qobject_cast<EventDispatcher *>(QAbstractEventDispatcher::instance());
        Q_ASSERT_X(currentDispatcher, "EventDispatcher::current", "this thread runs another loop");
    }
    return *currentDispatcher;
}

bool EventDispatcher::watch(int fd, FdWatcher &watcher, quint32 events)
{
    const int error = d->poller.add(fd, events | EPOLLET, tagOf(watcher));
    errno = error;
    return error == 0;
}

void EventDispatcher::unwatch(int fd, FdWatcher &watcher)
{
    d->poller.remove(fd);
    d->poller.forget(tagOf(watcher));
}

void EventDispatcher::defer(Deferred &deferred)
{
    if (!deferred.isDeferred())
        d->deferred.appendLink(deferred);
}

TimerWheel &EventDispatcher::wheel()
{
    return d->wheel;
}

SteadyTime EventDispatcher::loopTime() const
{
    return d->loopTime;
}

bool EventDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    const Turn turn(*d);
    d->isInterrupted.store(false, std::memory_order_relaxed);
    bool hasWorked = d->wakeup.take();
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();
    hasWorked |= runDeferred();

    // Who waits for events wants to look at what the posted ones have done: do not block then.
    bool mayBlock = flags.testFlag(QEventLoop::WaitForMoreEvents) && !hasWorked && !mustNotBlock();
    if (mayBlock && !turn.wasNested())
        Q_EMIT aboutToBlock();
    if (d->isInterrupted.load(std::memory_order_relaxed))
        return false;
    mayBlock &= !turn.wasNested(); // by a posted event or by who was told of the wait
    hasWorked |= wait(flags, mayBlock);
    if (!flags.testFlag(QEventLoop::ExcludeSocketNotifiers))
        hasWorked |= deliverEvents();
    if (!flags.testFlag(QEventLoop::X11ExcludeTimers))
        hasWorked |= fireTimers();
    return hasWorked;
}

bool EventDispatcher::mustNotBlock() const
{
    return d->isInterrupted.load(std::memory_order_relaxed) || d->deferred.isLinked();
}

/// In milliseconds, rounded up: nothing fires early.
int EventDispatcher::timeout(QEventLoop::ProcessEventsFlags flags) const
{
    if (flags.testFlag(QEventLoop::X11ExcludeTimers))
        return -1;
    const SteadyTime next = std::min(d->wheel.nextExpiry(), d->timers.nextDue());
    if (next == SteadyTime::max())
        return -1;
    constexpr std::chrono::milliseconds longest = std::chrono::hours(1);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::system().now());
    return int(std::clamp(left, std::chrono::milliseconds(0), longest).count());
}

/// Leaves the events in the poller. True if the loop has been woken.
bool EventDispatcher::wait(QEventLoop::ProcessEventsFlags flags, bool mayBlock)
{
    const bool hasSockets = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
    const bool isReady = hasSockets && (d->poller.hasFetched() || d->notifiers.hasAlwaysReady());
    const int limit = mayBlock && !isReady && !mustNotBlock() ? timeout(flags) : 0;
    const bool sleeps = limit != 0 && d->wakeup.fallAsleep();

    if (!hasSockets) {
        // Not fetched, so an edge waits in epoll until a loop with sockets comes.
        if (sleeps)
            d->wakeup.sleep(limit);
    } else if (!d->poller.hasFetched()) {
        d->poller.fetch(sleeps ? limit : 0);
    }
    const bool isWoken = sleeps && d->wakeup.getUp();
    d->loopTime = Clock::system().now();
    return isWoken;
}

bool EventDispatcher::deliverEvents()
{
    bool hasWorked = false;
    epoll_event event;
    while (d->poller.take(event)) {
        const quint64 tag = event.data.u64;
        if (tag == wakeupTag)
            continue;
        if (tag & internal::Notifiers::tagBit)
            d->notifiers.deliver(tag, event.events);
        else
            std::bit_cast<FdWatcher *>(tag)->onFdEvents(event.events);
        runDeferred();
        hasWorked = true;
    }
    if (d->notifiers.hasAlwaysReady()) {
        d->notifiers.deliverAlwaysReady();
        runDeferred();
        hasWorked = true;
    }
    return hasWorked;
}

bool EventDispatcher::fireTimers()
{
    bool hasWorked = false;
    if (d->wheel.nextExpiry() <= d->loopTime) {
        d->wheel.advance(d->loopTime);
        runDeferred();
        hasWorked = true;
    }
    const SteadyTime now = d->loopTime;
    const quint64 pass = d->timers.beginPass();
    while (d->timers.sendNext(pass, now)) {
        runDeferred();
        hasWorked = true;
    }
    return hasWorked;
}

bool EventDispatcher::runDeferred()
{
    const bool hasWork = d->deferred.isLinked();
    for (int round = 0; round < deferredRounds && d->deferred.isLinked(); ++round) {
        internal::Link current;
        current.appendAllLinks(d->deferred);
        while (current.isLinked()) {
            Deferred &deferred = static_cast<Deferred &>(current.nextLink());
            deferred.removeLink();
            deferred.onDeferred(); // may destroy it
        }
    }
    return hasWork;
}

void EventDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    d->notifiers.add(*notifier);
}

void EventDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    d->notifiers.remove(*notifier);
}

void EventDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                                    QObject *object)
{
    const std::chrono::milliseconds duration(interval);
    d->timers.add(timerId, duration, timerType, object, Clock::system().now());
}

bool EventDispatcher::unregisterTimer(int timerId)
{
    return d->timers.remove(timerId);
}

bool EventDispatcher::unregisterTimers(QObject *object)
{
    return d->timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo> EventDispatcher::registeredTimers(QObject *object) const
{
    return d->timers.ofObject(object);
}

int EventDispatcher::remainingTime(int timerId)
{
    return d->timers.remaining(timerId, Clock::system().now());
}

void EventDispatcher::wakeUp()
{
    d->wakeup.wake();
}

void EventDispatcher::interrupt()
{
    d->isInterrupted.store(true, std::memory_order_relaxed);
    wakeUp();
}

} // namespace gatehouse::net
