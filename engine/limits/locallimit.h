// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/limits/limittable.h"

namespace gatehouse::limits {

/// One rule whose keys live in this process. Thread-safe; a decision is lock-free for a key that
/// is known.
class LocalLimit
{
public:
    LocalLimit(const Rule &rule, qint64 maxKeys, SteadyTime begin = Clock::system().now());

    [[nodiscard]] const Rule &rule() const { return m_rule; }

    /// Decides about a request of \a cost at \a now and counts it.
    Decision decide(std::string_view key, qint64 cost, SteadyTime now);
    /// Concurrency: the request is over.
    void release(std::string_view key, qint64 cost, SteadyTime now);

    // For people who look, and for tests of a configuration.
    [[nodiscard]] Decision look(std::string_view key, SteadyTime now) const;
    void reset(std::string_view key, SteadyTime now);
    /// Takes all that is left; a penalty begins where the rule has one.
    void fill(std::string_view key, SteadyTime now);
    /// Lets \a time pass for this rule alone.
    void advance(Nanoseconds time) { m_ahead.fetch_add(time.count(), std::memory_order_relaxed); }
    /// Keys that still matter, at most \a most, in no order.
    [[nodiscard]] std::vector<std::string> keys(std::size_t most, SteadyTime now) const;
    [[nodiscard]] const LimitTable &table() const { return m_table; }

private:
    [[nodiscard]] Nanoseconds at(SteadyTime now) const
    {
        // One second ahead of the beginning, because 0 is no time.
        return now - m_begin + std::chrono::seconds(1)
            + Nanoseconds(m_ahead.load(std::memory_order_relaxed));
    }
    template<typename Change>
    void update(std::string_view key, Nanoseconds now, Change change);

    Rule m_rule;
    SteadyTime m_begin;
    std::atomic<qint64> m_ahead = 0; ///< ns
    LimitTable m_table;
};

} // namespace gatehouse::limits
