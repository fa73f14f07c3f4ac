// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/limits/before.h"
#include "engine/limits/limittable.h"
#include "engine/limits/ruleclock.h"

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

    // For people who look, and for tests of a configuration. What changes a key gives its state
    // before, which restore() takes.
    [[nodiscard]] Decision look(std::string_view key, SteadyTime now) const;
    [[nodiscard]] Sight sight(std::string_view key, SteadyTime now) const;
    /// Forgets what is known; a penalty and a block end.
    LocalBefore reset(std::string_view key, SteadyTime now);
    /// Takes all that is left; a penalty begins where the rule has one. Places of Concurrency come
    /// back after leaseTime. Unavailable if too many keys are marked.
    Result<LocalBefore> fill(std::string_view key, SteadyTime now);
    /// Denies the key everything for \a time of the limit's own clock, without counting.
    /// Unavailable if too many are blocked.
    Result<LocalBefore> block(std::string_view key, Nanoseconds time, SteadyTime now);
    LocalBefore unblock(std::string_view key, SteadyTime now);
    /// A window or a penalty that has ended meanwhile stays ended. Places of Concurrency that were
    /// forgotten come back for leaseTime: nobody knows any more who is in them.
    LocalBefore restore(std::string_view key, const LocalBefore &before, SteadyTime now);
    /// Lets \a time pass for this rule alone.
    void advance(Nanoseconds time) { m_clock.advance(time); }
    [[nodiscard]] RuleClock &clock() { return m_clock; }
    /// Keys that still matter, at most \a most, in no order.
    [[nodiscard]] std::vector<std::string> keys(std::size_t most, SteadyTime now) const;
    [[nodiscard]] const LimitTable &table() const { return m_table; }

private:
    [[nodiscard]] Nanoseconds at(SteadyTime now) const { return m_clock.at(now); }
    template<typename Change>
    void update(std::string_view key, Nanoseconds now, Change change);
    [[nodiscard]] Decision blockedByHand(const Mark &mark, Nanoseconds now) const;
    State stepMarked(State state, const Mark &mark, Nanoseconds now, qint64 cost,
                     Decision &decision) const;

    Rule m_rule;
    RuleClock m_clock;
    LimitTable m_table;
    Marks m_marks;
};

} // namespace gatehouse::limits
