// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/timerwheel.h"

#include <QAbstractEventDispatcher>

#include <memory>

namespace gatehouse::net {

/// Gets the events of one file descriptor, straight from the loop: no signal, no allocation.
class FdWatcher
{
public:
    virtual ~FdWatcher();
    /// \a events are EPOLL* bits. May destroy this watcher, and any other.
    virtual void onFdEvents(quint32 events) = 0;
};

/// Work put off to the end of the current callback: what must not happen inside a resumed frame
/// (destroying it, say). Intrusive: deferring costs no allocation. Deferring twice is once.
class Deferred
{
public:
    Deferred() = default;
    virtual ~Deferred(); ///< takes it off the list
    Deferred(const Deferred &) = delete;
    Deferred &operator=(const Deferred &) = delete;

protected:
    virtual void onDeferred() = 0;

private:
    friend class EventDispatcher;
    Deferred *m_next = nullptr;
    Deferred **m_link = nullptr;
};

/// Qt's event loop on epoll, with descriptors, timers and deferred work of our own beside
/// QSocketNotifier and QTimer. One for each worker thread: QThread::setEventDispatcher(), or
/// QCoreApplication::setEventDispatcher() before the application is made.
class EventDispatcher final : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EventDispatcher(QObject *parent = nullptr);
    ~EventDispatcher() override;

    /// The dispatcher of the calling thread; it must be one of ours.
    static EventDispatcher &current();

    /// Watches \a fd edge-triggered for \a events (EPOLLIN | EPOLLOUT | EPOLLRDHUP ...). One watcher
    /// per descriptor; false with errno if epoll refuses it.
    bool watch(int fd, FdWatcher &watcher, quint32 events);
    /// No event arrives afterwards, not even one already fetched. Before the descriptor is closed.
    void unwatch(int fd, FdWatcher &watcher);

    /// Calls onDeferred() once the current fd, timer or posted-event callback has returned.
    void defer(Deferred &deferred);

    TimerWheel &wheel();
    /// The time at which the loop last woke up: cheap, and good enough for deadlines.
    [[nodiscard]] SteadyTime loopTime() const;

    // QAbstractEventDispatcher
    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;
    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    [[nodiscard]] QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;
    void wakeUp() override;
    void interrupt() override;

private:
    struct Data;
    std::unique_ptr<Data> d;
};

} // namespace gatehouse::net
