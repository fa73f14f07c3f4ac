// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/limits/rule.h"

#include <atomic>
#include <chrono>

namespace gatehouse::limits {

/// How far a limit's time is from the real one.
struct ClockState
{
    Nanoseconds ahead{0}; ///< below zero after it has stood still
    bool isFrozen = false;

    [[nodiscard]] bool isReal() const { return ahead.count() == 0 && !isFrozen; }
    friend bool operator==(const ClockState &, const ClockState &) = default;
};

/// The time of one limit in this process: it can be moved ahead and held, and never steps back. 0
/// is no time. Read by all threads, changed by one.
class RuleClock
{
public:
    explicit RuleClock(SteadyTime begin) : m_begin(begin) {}

    [[nodiscard]] Nanoseconds at(SteadyTime now) const
    {
        const qint64 held = m_held.load(std::memory_order_acquire);
        return held != 0 ? Nanoseconds(held)
                         : real(now) + Nanoseconds(m_ahead.load(std::memory_order_relaxed));
    }
    /// Also while it is held. In all it goes no further than mostAhead: states count in 34 years.
    static constexpr std::chrono::years mostAhead{30};
    void advance(Nanoseconds time);
    void freeze(SteadyTime now);
    /// Goes on from where it was held.
    void run(SteadyTime now);
    /// Runs, and counts as real from now on. What the time that passed has done stays done.
    void makeReal(SteadyTime now);
    [[nodiscard]] ClockState state(SteadyTime now) const;

private:
    /// One second ahead of the beginning, because 0 is no time.
    [[nodiscard]] Nanoseconds real(SteadyTime now) const
    {
        return now - m_begin + std::chrono::seconds(1);
    }

    SteadyTime m_begin;
    std::atomic<qint64> m_ahead = 0; ///< ns
    std::atomic<qint64> m_held = 0;  ///< ns; 0: it runs
    std::atomic<qint64> m_zero = 0;  ///< of m_ahead that counts as real
};

} // namespace gatehouse::limits
