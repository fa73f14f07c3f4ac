// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/qttimers.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <bit>

namespace gatehouse::net::internal {

namespace {

using namespace std::chrono_literals;

/// Qt's promise is 5 % for coarse timers and whole seconds for very coarse ones. Moving them to
/// common grid points lets one wake-up serve several.
SteadyTime aligned(SteadyTime ideal, QtTimers::Milliseconds interval, Qt::TimerType type)
{
    if (type == Qt::VeryCoarseTimer)
        return std::chrono::round<std::chrono::seconds>(ideal);
    const auto slack = quint64(interval.count()) / 20;
    if (type == Qt::PreciseTimer || slack < 2)
        return ideal;
    const QtTimers::Milliseconds grid(std::bit_floor(slack));
    const auto rest = ideal.time_since_epoch() % grid;
    return rest == 0ns ? ideal : ideal + (grid - rest);
}

} // namespace

void QtTimers::add(int id, Milliseconds interval, Qt::TimerType type, QObject *object,
                   SteadyTime now)
{
    if (type == Qt::VeryCoarseTimer && interval > 0ms)
        interval = std::max(1s, std::chrono::round<std::chrono::seconds>(interval));
    // What is started inside a pass waits for the next one.
    const Entry entry{.id = id,
                      .interval = interval,
                      .type = type,
                      .object = object,
                      .ideal = now + interval,
                      .due = aligned(now + interval, interval, type),
                      .order = ++m_order,
                      .pass = m_pass};
    const auto [it, isNew] = m_entries.try_emplace(id, entry);
    Q_ASSERT(isNew);
    m_queue.insert(&it->second);
}

bool QtTimers::remove(int id)
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return false;
    forget(it->second);
    m_entries.erase(it);
    return true;
}

bool QtTimers::removeAll(const QObject *object)
{
    bool hasRemoved = false;
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        const bool isMeant = it->second.object == object;
        if (isMeant)
            forget(it->second);
        it = isMeant ? m_entries.erase(it) : std::next(it);
        hasRemoved |= isMeant;
    }
    return hasRemoved;
}

void QtTimers::forget(Entry &entry)
{
    if (entry.activeGuard)
        *entry.activeGuard = nullptr;
    m_queue.erase(&entry);
}

QList<QAbstractEventDispatcher::TimerInfo> QtTimers::ofObject(const QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> list;
    for (const Entry *entry : m_queue) {
        if (entry->object == object)
            list.emplace_back(entry->id, int(entry->interval.count()), entry->type);
    }
    return list;
}

int QtTimers::remaining(int id, SteadyTime now) const
{
    const auto it = m_entries.find(id);
    if (it == m_entries.end())
        return -1;
    const auto left = std::chrono::ceil<Milliseconds>(it->second.due - now);
    return std::max(0, int(left.count()));
}

SteadyTime QtTimers::nextDue() const
{
    for (const Entry *entry : m_queue) {
        if (!entry->activeGuard)
            return entry->due;
    }
    return SteadyTime::max();
}

bool QtTimers::sendNext(quint64 pass, SteadyTime now)
{
    while (!m_queue.empty()) {
        Entry *entry = *m_queue.begin();
        // What a pass has handled is due again at its end at the earliest, behind all others.
        if (entry->due > now || entry->pass >= pass)
            return false;
        entry->pass = pass;
        reschedule(*entry, now);
        if (entry->activeGuard)
            continue;

        entry->activeGuard = &entry;
        QTimerEvent event(entry->id);
        QCoreApplication::sendEvent(entry->object, &event);
        if (entry)
            entry->activeGuard = nullptr;
        return true;
    }
    return false;
}

/// Ticks that were missed are dropped: a slow slot does not make a burst.
void QtTimers::reschedule(Entry &entry, SteadyTime now)
{
    auto node = m_queue.extract(&entry);
    entry.ideal += entry.interval;
    if (entry.ideal < now)
        entry.ideal = now + entry.interval;
    entry.due = std::max(now, aligned(entry.ideal, entry.interval, entry.type));
    entry.order = ++m_order;
    m_queue.insert(std::move(node));
}

} // namespace gatehouse::net::internal
