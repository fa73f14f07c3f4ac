// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"

#include <atomic>

namespace gatehouse::state {

/// Spares a backend that keeps failing: after some failures in a row it is left alone for a pause,
/// then one trial decides (Nygard, "Release It!", chapter "Circuit Breaker"). Shared by all
/// workers; thread-safe and lock-free.
class CircuitBreaker
{
public:
    enum class State { Closed, Open, HalfOpen };

    CircuitBreaker(int failures, std::chrono::nanoseconds pause)
        : m_threshold(failures)
        , m_pause(pause)
    {
    }

    /// Whether the backend may be asked now. Who gets true says afterwards how it went.
    bool admit(SteadyTime now);
    void succeeded();
    void failed(SteadyTime now);

    [[nodiscard]] State state(SteadyTime now) const;

private:
    /// When the next trial may begin; 0 while closed. Who takes a trial moves it on by a pause, so
    /// that a trial whose end nobody reports is given to another.
    std::atomic<SteadyTime::rep> m_nextTrial = 0;
    std::atomic<int> m_failures = 0;
    int m_threshold;
    std::chrono::nanoseconds m_pause;
};

} // namespace gatehouse::state
