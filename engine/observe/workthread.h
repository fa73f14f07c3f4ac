// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QThread>

#include <chrono>
#include <functional>
#include <memory>

class QTimer;

namespace gatehouse::observe {

/// A thread that does what others ask of it, one after the other, and something of its own every
/// now and then. What is asked may refer to the asker's memory: it runs before run() returns, or
/// never.
///
/// Functions may be called from any other thread.
class WorkThread
{
public:
    using Work = std::function<Result<void>()>;
    static constexpr std::chrono::seconds patience{10};

    explicit WorkThread(const QString &name);
    ~WorkThread();
    Q_DISABLE_COPY_MOVE(WorkThread)

    /// Waits until \a work is done. Timeout if it could not even begin in time: then it never will.
    Result<void> run(Work work) const;
    /// Later, without waiting.
    void post(std::function<void()> work) const;
    /// From now on, with \a interval between. Replaces what was done so before.
    void repeat(std::chrono::milliseconds interval, std::function<void()> work);
    /// Does \a last and ends, however long that takes. Nothing may be asked from now on.
    void end(const std::function<void()> &last);

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_context; ///< lives on the thread
    std::unique_ptr<QTimer> m_timer;    ///< likewise
};

} // namespace gatehouse::observe
