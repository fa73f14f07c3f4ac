// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/locallimit.h"

namespace gatehouse::limits {

LocalLimit::LocalLimit(const Rule &rule, qint64 maxKeys, SteadyTime begin)
    : m_rule(rule)
    , m_begin(begin)
    , m_table(maxKeys)
{
}

template<typename Change>
void LocalLimit::update(std::string_view key, Nanoseconds now, Change change)
{
    const auto life = [this, now](State state) { return lifetime(m_rule, state, now); };
    m_table.update(key, life, change);
}

Decision LocalLimit::decide(std::string_view key, qint64 cost, SteadyTime now)
{
    const Nanoseconds time = at(now);
    Decision decision;
    update(key, time, [&](State state) { return step(m_rule, state, time, cost, decision); });
    return decision;
}

void LocalLimit::release(std::string_view key, qint64 cost, SteadyTime now)
{
    update(key, at(now), [cost](State state) { return limits::release(state, cost); });
}

Decision LocalLimit::look(std::string_view key, SteadyTime now) const
{
    Decision decision;
    (void)step(m_rule, m_table.find(key), at(now), 0, decision);
    return decision;
}

void LocalLimit::reset(std::string_view key, SteadyTime now)
{
    update(key, at(now), [](State) { return State(0); });
}

void LocalLimit::fill(std::string_view key, SteadyTime now)
{
    const Nanoseconds time = at(now);
    update(key, time, [&](State state) {
        Decision decision;
        (void)step(m_rule, state, time, 0, decision);
        const bool hasPenalty = m_rule.penalty.count() > 0;
        const qint64 rest = decision.remaining + (hasPenalty ? 1 : 0);
        return rest == 0 ? state : step(m_rule, state, time, rest, decision);
    });
}

std::vector<std::string> LocalLimit::keys(std::size_t most, SteadyTime now) const
{
    std::vector<std::string> found;
    const Nanoseconds time = at(now);
    m_table.forEach([&](std::string_view key, State state) {
        if (found.size() < most && lifetime(m_rule, state, time).count() > 0)
            found.emplace_back(key);
    });
    return found;
}

} // namespace gatehouse::limits
