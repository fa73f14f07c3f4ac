// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/task.h"

#include <QTimer>

#include <chrono>

namespace gatehouse::net {

/// `co_await Pause(time)`: goes on after \a time, from the event loop. Destroying the frame that
/// waits ends the wait. A timer object for each: for delays that are wanted, not for deadlines.
class [[nodiscard]] Pause final
{
public:
    explicit Pause(std::chrono::milliseconds time) : m_time(time) {}
    Q_DISABLE_COPY_MOVE(Pause)

    [[nodiscard]] bool await_ready() const { return m_time.count() <= 0; }
    void await_suspend(std::coroutine_handle<> self)
    {
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        // Queued, because going on may destroy the timer, which would still be in its signal.
        QObject::connect(
            &m_timer, &QTimer::timeout, &m_receiver, [self] { self.resume(); },
            Qt::QueuedConnection);
        m_timer.start(m_time);
    }
    void await_resume() const {}

private:
    std::chrono::milliseconds m_time;
    QObject m_receiver;
    QTimer m_timer;
};

} // namespace gatehouse::net
