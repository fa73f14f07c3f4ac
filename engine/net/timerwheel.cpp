// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/timerwheel.h"

#include <bit>

namespace gatehouse::net {

namespace {

constexpr int tickShift = std::countr_zero(quint64(TimerWheel::tick.count()));

qint64 nanoseconds(SteadyTime time)
{
    return std::chrono::nanoseconds(time.time_since_epoch()).count();
}

qint64 tickBefore(SteadyTime time)
{
    return nanoseconds(time) >> tickShift;
}

/// The first tick that is not before \a time: a timer that fires then is never early.
qint64 tickAfter(SteadyTime time)
{
    const qint64 rest = nanoseconds(time) & (TimerWheel::tick.count() - 1);
    return tickBefore(time) + (rest != 0);
}

} // namespace

TimerWheel::TimerWheel(const Clock &clock) : m_tick(tickBefore(clock.now())) {}

TimerWheel::~TimerWheel()
{
    m_due.removeAllLinks();
    for (internal::Link &slot : m_slots)
        slot.removeAllLinks();
}

SteadyTime TimerWheel::nextExpiry() const
{
    // A due timer waits only while a nested loop runs inside another's onTimeout().
    if (m_due.isLinked())
        return SteadyTime(std::chrono::nanoseconds(m_tick << tickShift));
    constexpr qint64 last = never >> tickShift;
    return m_next > last ? SteadyTime::max()
                         : SteadyTime(std::chrono::nanoseconds(m_next << tickShift));
}

void TimerWheel::advance(SteadyTime now)
{
    const qint64 tick = tickBefore(now);
    if (tick >= m_next)
        collect(tick);
    while (m_due.isLinked()) {
        Timer &timer = static_cast<Timer &>(m_due.nextLink());
        timer.disarm();
        if (tickAfter(timer.m_deadline) > m_tick)
            place(timer); // armed again, by one that fired before it
        else
            timer.onTimeout(); // may destroy it: touch nothing of it after
    }
}

void TimerWheel::place(Timer &timer)
{
    const qint64 tick = std::max(tickAfter(timer.m_deadline), m_tick + 1);
    const qint64 slot = tick & slotMask;
    timer.m_slotted = timer.m_deadline;
    m_slots[slot].appendLink(timer);
    m_used[slot / 64] |= quint64(1) << (slot % 64);
    m_next = std::min(m_next, tick);
}

/// Moves what is due at \a tick to m_due, in the order of the slots.
void TimerWheel::collect(qint64 tick)
{
    const qint64 from = std::max(m_next, tick - slotCount + 1);
    m_tick = tick;
    for (qint64 t = from; t <= tick; ++t) {
        internal::Link passed;
        passed.appendAllLinks(m_slots[t & slotMask]);
        while (passed.isLinked()) {
            Timer &timer = static_cast<Timer &>(passed.nextLink());
            timer.disarm();
            if (tickAfter(timer.m_deadline) > tick)
                place(timer); // moved away, or a later round
            else
                m_due.appendLink(timer);
        }
    }
    m_next = firstUsedTick();
}

qint64 TimerWheel::firstUsedTick()
{
    for (qint64 distance = 1; distance <= slotCount;) {
        const qint64 slot = (m_tick + distance) & slotMask;
        const int ahead = std::countr_zero(m_used[slot / 64] >> (slot % 64));
        const qint64 found = slot + ahead;
        if (ahead == 64) {
            distance += 64 - slot % 64; // nothing in the rest of this word
        } else if (m_slots[found].isLinked()) {
            return m_tick + distance + ahead;
        } else {
            m_used[found / 64] &= ~(quint64(1) << (found % 64)); // emptied by disarm()
            distance += ahead + 1;
        }
    }
    return never;
}

} // namespace gatehouse::net
