// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace gatehouse::ui {

/// One piece of work at a time on a thread of its own, for the owner of the object: a new start(),
/// cancel() or the end of the owner stops the work under way, and its late results are dropped.
/// GUI thread, but for Desk.
class Job : public QObject
{
    Q_OBJECT

public:
    /// What the work sees. Its thread.
    class Desk
    {
    public:
        /// To be asked at least every 10 ms: whoever ends the job waits for the answer.
        [[nodiscard]] bool isCancelled() const { return m_cancelled.load(); }
        /// Calls \a news on the GUI thread, unless the job has ended by then.
        void post(std::function<void()> news);

    private:
        friend class Job;
        Desk(Job *job, quint64 number) : m_job(job), m_number(number) {}
        Job *m_job;
        quint64 m_number;
        std::atomic<bool> m_cancelled = false;
    };
    using Work = std::function<void(Desk &desk)>;

    explicit Job(QObject *parent = nullptr);
    ~Job() override;

    void start(Work work);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_thread != nullptr; }

Q_SIGNALS:
    /// After the last post() of work that was not cancelled.
    void finished();

private:
    void deliver(quint64 number, const std::function<void()> &news);

    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<QThread> m_thread;
    quint64 m_number = 0;
};

} // namespace gatehouse::ui
