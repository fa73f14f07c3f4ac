// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"

#include <QAbstractEventDispatcher>

#include <set>
#include <unordered_map>

namespace gatehouse::net::internal {

/// The QTimers of one thread. Rescheduling allocates nothing. A timer is not entered again while
/// its event is being handled, also not by a nested loop: that tick is dropped, as in Qt's own
/// dispatchers.
class QtTimers
{
public:
    using Milliseconds = std::chrono::milliseconds;

    void add(int id, Milliseconds interval, Qt::TimerType type, QObject *object, SteadyTime now);
    bool remove(int id);
    bool removeAll(const QObject *object);
    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> ofObject(const QObject *object) const;
    /// In milliseconds; 0 if it is due, -1 if there is no such timer.
    [[nodiscard]] int remaining(int id, SteadyTime now) const;

    /// SteadyTime::max() if nothing is to be waited for.
    [[nodiscard]] SteadyTime nextDue() const;
    /// A pass sends each timer that is due at its beginning at most once, so that zero timers leave
    /// room for the rest of the loop.
    [[nodiscard]] quint64 beginPass() { return ++m_pass; }
    /// Sends the next event of \a pass. False: nothing is left.
    bool sendNext(quint64 pass, SteadyTime now);

private:
    struct Entry
    {
        int id = 0;
        Milliseconds interval{};
        Qt::TimerType type = Qt::CoarseTimer;
        QObject *object = nullptr;
        SteadyTime ideal;              ///< on the grid of its interval
        SteadyTime due;                ///< ideal, moved within what its type allows
        quint64 order = 0;             ///< first come, first served among equals
        quint64 pass = 0;              ///< the last pass that looked at it
        Entry **activeGuard = nullptr; ///< set while its event is being sent; cleared by remove()
    };
    struct ByDue
    {
        bool operator()(const Entry *a, const Entry *b) const
        {
            return a->due != b->due ? a->due < b->due : a->order < b->order;
        }
    };

    void reschedule(Entry &entry, SteadyTime now);
    void forget(Entry &entry);

    std::unordered_map<int, Entry> m_entries;
    std::set<Entry *, ByDue> m_queue;
    quint64 m_pass = 0;
    quint64 m_order = 0;
};

} // namespace gatehouse::net::internal
