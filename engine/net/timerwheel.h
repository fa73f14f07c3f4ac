// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/net/timer.h"

#include <array>

namespace gatehouse::net {

/// All coarse deadlines of one worker, hashed by their tick. One level of slots is enough: a timer
/// further away than a round is passed over once per round, which is cheaper than levels for the
/// seconds and minutes that connections wait. Never leaves its thread.
class TimerWheel
{
public:
    /// 2^26 ns, so that a tick is a shift.
    static constexpr std::chrono::nanoseconds tick{1 << 26};

    explicit TimerWheel(const Clock &clock);
    ~TimerWheel(); ///< disarms all
    Q_DISABLE_COPY_MOVE(TimerWheel)

    /// Call advance() at this time; SteadyTime::max() if there is no timer. May be earlier than any
    /// timer is due, never later than one tick after.
    [[nodiscard]] SteadyTime nextExpiry() const;
    /// Fires what is due. A timer that fires may arm, disarm and destroy any timer, and may run a
    /// nested event loop. What it arms for the past fires in the next call.
    void advance(SteadyTime now);

private:
    friend class Timer;
    static constexpr qint64 slotCount = 1024; // a round of 69 s
    static constexpr qint64 slotMask = slotCount - 1;
    static constexpr qint64 never = std::numeric_limits<qint64>::max();

    void place(Timer &timer);
    void collect(qint64 tick);
    [[nodiscard]] qint64 firstUsedTick();

    qint64 m_tick;                                ///< all slots up to this one have been looked at
    qint64 m_next = never;                        ///< no timer is slotted for an earlier tick
    internal::Link m_due;                         ///< taken from their slots, not fired yet
    std::array<quint64, slotCount / 64> m_used{}; ///< a clear bit: the slot is empty
    std::array<internal::Link, slotCount> m_slots;
};

} // namespace gatehouse::net
