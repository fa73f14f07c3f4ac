// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/state/circuitbreaker.h"

#include <QtGlobal>

#include <string>

namespace gatehouse {
class Error;
}

namespace gatehouse::state {

/// What all workers together know of a backend: its breaker, whether it answers, and what it has
/// cost. Says once when it goes and once when it is back. Thread-safe.
class BackendHealth
{
public:
    /// \a place is how the log calls it.
    BackendHealth(std::string place, int failures, std::chrono::nanoseconds pause,
                  bool isAllowedOnError);

    bool admit(SteadyTime now) { return m_breaker.admit(now); }
    /// A command that was sent at \a asked has its answer. One from before it went is no sign that
    /// it is back: workers hear of it one after the other.
    void succeeded(SteadyTime asked, SteadyTime now);
    /// The backend has failed once: a connection lost or not made, an answer that says so. However
    /// many commands that has cost, it is one failure for the breaker. \a asked is when the first
    /// of them was sent: a failure from before it came back does not count.
    void failed(const Error &error, SteadyTime asked, SteadyTime now);
    /// One command has got no answer.
    void countError() { m_errors.fetch_add(1, std::memory_order_relaxed); }

    [[nodiscard]] bool isAway() const { return m_awaySince.load(std::memory_order_relaxed) != 0; }
    [[nodiscard]] quint64 errors() const { return m_errors.load(std::memory_order_relaxed); }
    [[nodiscard]] CircuitBreaker::State breaker(SteadyTime now) const
    {
        return m_breaker.state(now);
    }
    [[nodiscard]] const std::string &place() const { return m_place; }

private:
    std::string m_place;
    CircuitBreaker m_breaker;
    bool m_isAllowedOnError;
    std::atomic<SteadyTime::rep> m_awaySince = 0; ///< 0: it answers
    std::atomic<SteadyTime::rep> m_backSince = 0; ///< when it was last found to be back
    std::atomic<quint64> m_errors = 0;
};

} // namespace gatehouse::state
