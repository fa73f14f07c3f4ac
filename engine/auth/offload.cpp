// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/offload.h"

#include "engine/crypto/threadend.h"

#include <QThreadPool>

#include <atomic>

namespace gatehouse::auth {

namespace {

std::atomic<int> waiting = 0;

/// Ends with the program, and its threads with it.
QThreadPool &pool()
{
    static QThreadPool pool;
    static const bool isReady = [] {
        pool.setMaxThreadCount(2);
        return true;
    }();
    Q_UNUSED(isReady)
    return pool;
}

} // namespace

Offload::Offload(std::function<void()> work)
    : m_work(std::move(work))
    , m_shared(std::make_shared<Shared>())
{
}

Offload::~Offload()
{
    const QMutexLocker lock(&m_shared->mutex);
    m_shared->receiver = nullptr;
}

bool Offload::await_suspend(std::coroutine_handle<> self)
{
    if (waiting.fetch_add(1) >= mostWaiting) {
        waiting.fetch_sub(1);
        return false;
    }
    m_isTaken = true;
    m_shared->receiver = &m_receiver;
    m_shared->resume = [self] { self.resume(); };
    const auto run = [shared = m_shared, work = std::move(m_work)] {
        work();
        crypto::releaseThread();
        waiting.fetch_sub(1);
        const QMutexLocker lock(&shared->mutex);
        if (shared->receiver)
            QMetaObject::invokeMethod(shared->receiver, shared->resume, Qt::QueuedConnection);
    };
    pool().start(run);
    return true;
}

} // namespace gatehouse::auth
