// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/workthread.h"

#include <QSemaphore>
#include <QTimer>

#include <atomic>

namespace gatehouse::observe {

namespace {

/// Between who asks and the thread, which may come to it after the other has given up.
struct Asked
{
    enum class State { Waiting, Begun, GivenUp };

    bool turn(State to)
    {
        State expected = State::Waiting;
        return state.compare_exchange_strong(expected, to);
    }

    std::atomic<State> state = State::Waiting;
    QSemaphore isDone;
    Result<void> result;
};

} // namespace

WorkThread::WorkThread(const QString &name) : m_context(std::make_unique<QObject>())
{
    m_thread.setObjectName(name);
    m_context->moveToThread(&m_thread);
    m_thread.start();
}

WorkThread::~WorkThread()
{
    end([] {});
}

Result<void> WorkThread::run(Work work) const
{
    const auto asked = std::make_shared<Asked>();
    post([asked, work = std::move(work)] {
        if (!asked->turn(Asked::State::Begun))
            return;
        asked->result = work();
        asked->isDone.release();
    });
    const bool isInTime = asked->isDone.tryAcquire(1, std::chrono::milliseconds(patience).count());
    if (!isInTime && asked->turn(Asked::State::GivenUp))
        return fail(ErrorCode::Timeout, "the recorder does not answer: is its disk too slow?");
    if (!isInTime)
        asked->isDone.acquire();
    return asked->result;
}

void WorkThread::post(std::function<void()> work) const
{
    QMetaObject::invokeMethod(m_context.get(), std::move(work), Qt::QueuedConnection);
}

void WorkThread::repeat(std::chrono::milliseconds interval, std::function<void()> work)
{
    post([this, interval, work = std::move(work)] {
        m_timer = std::make_unique<QTimer>();
        QObject::connect(m_timer.get(), &QTimer::timeout, m_context.get(), work);
        m_timer->start(interval);
    });
}

void WorkThread::end(const std::function<void()> &last)
{
    if (!m_thread.isRunning())
        return;
    QMetaObject::invokeMethod(
        m_context.get(),
        [this, &last] {
            last();
            m_timer.reset();
        },
        Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

} // namespace gatehouse::observe
