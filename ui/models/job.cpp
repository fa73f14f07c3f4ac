// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/job.h"

namespace gatehouse::ui {

void Job::Desk::post(std::function<void()> news)
{
    // The job waits for this thread before it goes, so it is there.
    QMetaObject::invokeMethod(
        m_job,
        [job = m_job, number = m_number, news = std::move(news)] { job->deliver(number, news); },
        Qt::QueuedConnection);
}

Job::Job(QObject *parent) : QObject(parent) {}

Job::~Job()
{
    cancel();
}

void Job::start(Work work)
{
    cancel();
    m_desk.reset(new Desk(this, m_number));
    Desk *const desk = m_desk.get();
    m_thread.reset(QThread::create([this, desk, work = std::move(work)] {
        work(*desk);
        desk->post([this] {
            m_thread->wait(); // it has nothing left to do
            m_thread.reset();
            Q_EMIT finished();
        });
    }));
    m_thread->start();
}

void Job::cancel()
{
    ++m_number;
    if (!m_thread)
        return;
    m_desk->m_cancelled = true;
    m_thread->wait();
    m_thread.reset();
}

void Job::deliver(quint64 number, const std::function<void()> &news)
{
    if (number == m_number)
        news();
}

} // namespace gatehouse::ui
