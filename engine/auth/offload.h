// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/task.h"

#include <QMutex>
#include <QObject>

#include <functional>
#include <memory>

namespace gatehouse::auth {

/// Awaits work that would hold a worker up (a password hash), done by one of two threads. At most
/// 64 wait for them; over it the work is not done. If the awaiting task goes first, the work is
/// finished and its result dropped: it must own what it touches.
class Offload
{
public:
    static constexpr int mostWaiting = 64;

    explicit Offload(std::function<void()> work);
    ~Offload();
    Q_DISABLE_COPY_MOVE(Offload)

    bool await_ready() const { return false; }
    bool await_suspend(std::coroutine_handle<> self);
    /// Whether the work was done.
    [[nodiscard]] bool await_resume() const { return m_isTaken; }

private:
    struct Shared
    {
        QMutex mutex;
        QObject *receiver = nullptr;
        std::function<void()> resume;
    };

    std::function<void()> m_work;
    std::shared_ptr<Shared> m_shared;
    QObject m_receiver;
    bool m_isTaken = false;
};

} // namespace gatehouse::auth
