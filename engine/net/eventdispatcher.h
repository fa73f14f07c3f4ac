// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/deferred.h"
#include "engine/net/fdwatcher.h"
#include "engine/net/timerwheel.h"

#include <QAbstractEventDispatcher>

#include <memory>

namespace gatehouse::net {

/// Qt's event loop on epoll, with descriptors, timers and deferred work of our own beside
/// QSocketNotifier and QTimer. One for each worker thread: QThread::setEventDispatcher(), or
/// QCoreApplication::setEventDispatcher() before the application is made.
///
/// A turn is: posted events, then one epoll_wait for at most 256 events, which are delivered in
/// order, then the timer wheel, then QTimers. Nothing is allocated for a turn or an event.
/// Nested loops may run inside every callback; the inner loop delivers what the outer has left.
class EventDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EventDispatcher(QObject *parent = nullptr);
    ~EventDispatcher() override;

    /// The dispatcher of the calling thread; it must be one of ours.
    static EventDispatcher &current();

    /// Watches \a fd edge-triggered for \a events (EPOLLIN | EPOLLOUT | EPOLLRDHUP ...). One
    /// watcher per descriptor; false with errno if epoll refuses it. \a watcher is not owned.
    bool watch(int fd, FdWatcher &watcher, quint32 events);
    /// No event arrives afterwards, not even one already fetched. Before the descriptor is closed.
    void unwatch(int fd, FdWatcher &watcher);

    /// Calls onDeferred() once the current fd, timer or posted-event callback has returned; a
    /// nested loop leaves it alone, because the frame that deferred is still on the stack. Outside
    /// of the loop: at the beginning of the next turn. \a deferred is not owned.
    void defer(Deferred &deferred);

    TimerWheel &wheel();
    /// The time at which the loop last woke up: cheap, and good enough for deadlines.
    [[nodiscard]] SteadyTime loopTime() const;

    // QAbstractEventDispatcher
    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Data;
    class Turn;

    [[nodiscard]] bool mustNotBlock() const;
    [[nodiscard]] int timeout(QEventLoop::ProcessEventsFlags flags) const;
    bool wait(QEventLoop::ProcessEventsFlags flags, bool mayBlock);
    bool deliverEvents();
    bool fireTimers();
    bool runDeferred();

    std::unique_ptr<Data> d;
};

} // namespace gatehouse::net
