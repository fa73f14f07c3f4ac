// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/circuitbreaker.h"

namespace gatehouse::state {

namespace {

SteadyTime::rep ticks(SteadyTime time)
{
    return time.time_since_epoch().count();
}

} // namespace

bool CircuitBreaker::admit(SteadyTime now)
{
    SteadyTime::rep next = m_nextTrial.load(std::memory_order_relaxed);
    if (next == 0)
        return true;
    // Whoever moves the time on is the trial.
    return ticks(now) >= next && m_nextTrial.compare_exchange_strong(next, ticks(now + m_pause));
}

void CircuitBreaker::succeeded()
{
    if (m_failures.load(std::memory_order_relaxed) == 0)
        return;
    m_failures.store(0, std::memory_order_relaxed);
    m_nextTrial.store(0, std::memory_order_relaxed);
}

void CircuitBreaker::failed(SteadyTime now)
{
    if (m_failures.fetch_add(1) + 1 >= m_threshold)
        m_nextTrial.store(ticks(now + m_pause), std::memory_order_relaxed);
}

CircuitBreaker::State CircuitBreaker::state(SteadyTime now) const
{
    const SteadyTime::rep next = m_nextTrial.load(std::memory_order_relaxed);
    if (next == 0)
        return State::Closed;
    return ticks(now) >= next ? State::HalfOpen : State::Open;
}

} // namespace gatehouse::state
