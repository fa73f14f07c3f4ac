// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/ruleclock.h"

namespace gatehouse::limits {

void RuleClock::advance(Nanoseconds time)
{
    const bool isHeld = m_held.load(std::memory_order_relaxed) != 0;
    std::atomic<qint64> &clock = isHeld ? m_held : m_ahead;
    const qint64 most = std::chrono::duration_cast<Nanoseconds>(mostAhead).count();
    const qint64 old = clock.load(std::memory_order_relaxed);
    clock.store(std::max(old, std::min(most, old + time.count())), std::memory_order_relaxed);
}

void RuleClock::freeze(SteadyTime now)
{
    m_held.store(at(now).count(), std::memory_order_relaxed);
}

void RuleClock::run(SteadyTime now)
{
    const qint64 held = m_held.load(std::memory_order_relaxed);
    if (held == 0)
        return;
    // First how far it is, then that it runs: who reads between the two reads what was held.
    m_ahead.store(held - real(now).count(), std::memory_order_relaxed);
    m_held.store(0, std::memory_order_release);
}

void RuleClock::makeReal(SteadyTime now)
{
    run(now);
    m_zero.store(m_ahead.load(std::memory_order_relaxed), std::memory_order_relaxed);
}

ClockState RuleClock::state(SteadyTime now) const
{
    const qint64 zero = m_zero.load(std::memory_order_relaxed);
    return {at(now) - real(now) - Nanoseconds(zero), m_held.load(std::memory_order_relaxed) != 0};
}

} // namespace gatehouse::limits
