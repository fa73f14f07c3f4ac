// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/locallimit.h"

#include <QMutex>

namespace gatehouse::limits {

/// What a limit has decided so far.
struct Tally
{
    quint64 allowed = 0;
    quint64 denied = 0;
    quint64 wouldDeny = 0; ///< in a dry run
    quint64 exempt = 0;
    quint64 errors = 0; ///< the store could not answer
};

/// The counters of one worker: it alone writes, so that workers share no cache line.
struct alignas(64) Counts
{
    std::atomic<quint64> allowed = 0;
    std::atomic<quint64> denied = 0;
    std::atomic<quint64> wouldDeny = 0;
    std::atomic<quint64> exempt = 0;
    std::atomic<quint64> errors = 0;

    /// By the writer.
    static void add(std::atomic<quint64> &to)
    {
        to.store(to.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
};

/// One limit that is in force, as all its workers and those who look at it see it.
class OpenLimit
{
public:
    OpenLimit(std::string name, const Rule &rule, std::string keyText, bool isShared,
              qint64 maxKeys);

    [[nodiscard]] const std::string &name() const { return m_name; }
    [[nodiscard]] const Rule &rule() const { return m_rule; }
    /// What it counts by: "client_ip".
    [[nodiscard]] const std::string &keyText() const { return m_keyText; }
    /// nullptr if its keys are in Redis.
    [[nodiscard]] LocalLimit *local() const { return m_local.get(); }

    /// What its keys can be taken back to.
    [[nodiscard]] Befores &befores() { return m_befores; }
    /// How far its time is from the real one.
    [[nodiscard]] ClockState clock() const;
    /// What the keys in Redis were moved by, in all.
    [[nodiscard]] Nanoseconds movedInRedis() const { return Nanoseconds(m_moved.load()); }
    /// Redis: the keys were moved by \a time.
    void noteMoved(Nanoseconds time) { m_moved.fetch_add(time.count()); }
    /// The time it has now counts as the real one; it runs.
    void makeClockReal();

    /// Counters for one more worker.
    [[nodiscard]] std::shared_ptr<Counts> counts();
    [[nodiscard]] Tally tally() const;

private:
    void foldFinished();

    std::string m_name;
    Rule m_rule;
    std::string m_keyText;
    std::unique_ptr<LocalLimit> m_local;
    Befores m_befores;
    std::atomic<qint64> m_moved = 0;     ///< ns
    std::atomic<qint64> m_realMoved = 0; ///< of m_moved that counts as real
    mutable QMutex m_mutex;
    std::vector<std::shared_ptr<Counts>> m_counts;
    Tally m_past; ///< of workers' chains that are gone
};

/// All limits of a gateway by name. A limit is there as long as a chain uses it, so a reload that
/// changes nothing about it keeps what it has counted. Thread-safe.
class Book
{
public:
    /// The limit of that name and those numbers, made if there is none.
    std::shared_ptr<OpenLimit> open(const std::string &name, const Rule &rule,
                                    const std::string &keyText, bool isShared, qint64 maxKeys);
    /// By name.
    [[nodiscard]] std::vector<std::shared_ptr<OpenLimit>> all() const;
    /// nullptr if there is none.
    [[nodiscard]] std::shared_ptr<OpenLimit> find(const std::string &name) const;

private:
    mutable QMutex m_mutex;
    std::vector<std::weak_ptr<OpenLimit>> m_limits; ///< newest last
};

} // namespace gatehouse::limits
