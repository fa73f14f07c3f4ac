// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/locallimit.h"

#include <set>

namespace gatehouse::limits {

namespace {

std::unexpected<Error> tooManyMarks()
{
    return fail(ErrorCode::Unavailable,
                QString("%1 keys of this limit are blocked or used up by hand already: unblock or "
                        "reset one first")
                    .arg(Marks::most));
}

} // namespace

LocalLimit::LocalLimit(const Rule &rule, qint64 maxKeys, SteadyTime begin)
    : m_rule(rule)
    , m_clock(begin)
    , m_table(maxKeys)
{
}

template<typename Change>
void LocalLimit::update(std::string_view key, Nanoseconds now, Change change)
{
    const auto life = [this, now](State state) { return lifetime(m_rule, state, now); };
    m_table.update(key, life, change);
}

Decision LocalLimit::blockedByHand(const Mark &mark, Nanoseconds now) const
{
    Decision decision;
    decision.isAllowed = false;
    decision.isBlocked = true;
    decision.isByHand = true;
    decision.retryAfter = mark.blockedUntil - now;
    decision.resetAfter = decision.retryAfter;
    return decision;
}

/// Held places count as if somebody were in them, and are nobody's to give back.
State LocalLimit::stepMarked(State state, const Mark &mark, Nanoseconds now, qint64 cost,
                             Decision &decision) const
{
    const qint64 held = mark.heldAt(now);
    if (held == 0)
        return step(m_rule, state, now, cost, decision);
    const State next = step(m_rule, state + State(held), now, cost, decision) - State(held);
    decision.resetAfter = mark.heldUntil - now;
    return next;
}

Decision LocalLimit::decide(std::string_view key, qint64 cost, SteadyTime now)
{
    const Nanoseconds time = at(now);
    const Mark mark = m_marks.find(key, time);
    if (mark.isBlockedAt(time))
        return blockedByHand(mark, time);
    Decision decision;
    update(key, time, [&](State state) { return stepMarked(state, mark, time, cost, decision); });
    return decision;
}

void LocalLimit::release(std::string_view key, qint64 cost, SteadyTime now)
{
    update(key, at(now), [cost](State state) { return limits::release(state, cost); });
}

Decision LocalLimit::look(std::string_view key, SteadyTime now) const
{
    return sight(key, now).decision;
}

Sight LocalLimit::sight(std::string_view key, SteadyTime now) const
{
    const Nanoseconds time = at(now);
    const State state = m_table.find(key);
    const Mark mark = m_marks.find(key, time);
    Sight sight;
    if (mark.isBlockedAt(time))
        sight.decision = blockedByHand(mark, time);
    else
        (void)stepMarked(state, mark, time, 0, sight.decision);
    if (m_rule.algorithm == Algorithm::SlidingWindow)
        sight.slide = slideCounts(m_rule, state, time);
    return sight;
}

LocalBefore LocalLimit::reset(std::string_view key, SteadyTime now)
{
    const Nanoseconds time = at(now);
    LocalBefore before{0, m_marks.find(key, time), true};
    update(key, time, [&before](State state) {
        before.state = state;
        return State(0);
    });
    (void)m_marks.set(key, Mark(), time);
    return before;
}

Result<LocalBefore> LocalLimit::fill(std::string_view key, SteadyTime now)
{
    const Nanoseconds time = at(now);
    LocalBefore before{0, m_marks.find(key, time)};
    if (m_rule.algorithm == Algorithm::Concurrency) {
        before.state = m_table.find(key);
        Mark mark = before.mark;
        mark.held = std::max<qint64>(m_rule.limit - qint64(before.state), 0);
        mark.heldUntil = time + leaseTime;
        if (!m_marks.set(key, mark, time))
            return tooManyMarks();
        return before;
    }
    update(key, time, [&](State state) {
        before.state = state;
        Decision decision;
        (void)step(m_rule, state, time, 0, decision);
        const bool hasPenalty = m_rule.penalty.count() > 0;
        const qint64 rest = decision.remaining + (hasPenalty ? 1 : 0);
        return rest == 0 ? state : step(m_rule, state, time, rest, decision);
    });
    return before;
}

Result<LocalBefore> LocalLimit::block(std::string_view key, Nanoseconds time, SteadyTime now)
{
    const Nanoseconds begin = at(now);
    LocalBefore before{m_table.find(key), m_marks.find(key, begin)};
    Mark mark = before.mark;
    mark.blockedUntil = begin + time;
    if (!m_marks.set(key, mark, begin))
        return tooManyMarks();
    return before;
}

LocalBefore LocalLimit::unblock(std::string_view key, SteadyTime now)
{
    const Nanoseconds time = at(now);
    LocalBefore before{m_table.find(key), m_marks.find(key, time)};
    Mark mark = before.mark;
    mark.blockedUntil = Nanoseconds(0);
    (void)m_marks.set(key, mark, time); // takes nobody's place
    return before;
}

LocalBefore LocalLimit::restore(std::string_view key, const LocalBefore &before, SteadyTime now)
{
    const Nanoseconds time = at(now);
    LocalBefore replaced{0, m_marks.find(key, time)};
    Mark mark = before.mark;
    if (m_rule.algorithm != Algorithm::Concurrency) {
        update(key, time, [&](State state) {
            replaced.state = state;
            return before.state;
        });
    } else {
        // Requests still give back what they have taken, so its count is not ours to change.
        replaced.state = m_table.find(key);
        if (before.isForgotten && before.state > replaced.state) {
            mark.held = mark.heldAt(time) + qint64(before.state - replaced.state);
            mark.heldUntil = time + leaseTime;
        }
    }
    (void)m_marks.set(key, mark, time);
    return replaced;
}

std::vector<std::string> LocalLimit::keys(std::size_t most, SteadyTime now) const
{
    const Nanoseconds time = at(now);
    std::vector<std::string> found = m_marks.keys(time);
    found.resize(std::min(found.size(), most));
    const std::set<std::string, std::less<>> marked(found.begin(), found.end());
    m_table.forEach([&](std::string_view key, State state) {
        if (found.size() < most && lifetime(m_rule, state, time).count() > 0
            && !marked.contains(key))
            found.emplace_back(key);
    });
    return found;
}

} // namespace gatehouse::limits
