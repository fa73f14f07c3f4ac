// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficscan.h"

#include "engine/filter/tree.h"
#include "engine/filter/writer.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

using filter::Node;
using filter::Verdict;

QStringList conjuncts(const Node &tree)
{
    QStringList parts;
    if (tree.type == Node::Type::And) {
        for (const Node &child : tree.children)
            parts << writeTree(child);
    } else {
        parts << writeTree(tree);
    }
    return parts;
}

} // namespace

TrafficMatcher::TrafficMatcher(filter::Expression expression) : m_expression(std::move(expression))
{
}

Verdict TrafficMatcher::test(const filter::HotRecord &record,
                             const std::shared_ptr<filter::Strings> &strings)
{
    if (strings.get() != m_lastStrings) {
        // Pools that nobody else holds are gone; so is what was known of them.
        std::erase_if(m_predicates, [](const auto &entry) { return entry.first.use_count() <= 2; });
        std::unique_ptr<filter::Predicate> &predicate = m_predicates[strings];
        if (!predicate)
            predicate = std::make_unique<filter::Predicate>(m_expression, strings, m_time);
        m_last = predicate.get();
        m_lastStrings = strings.get();
    }
    return m_last->test(record);
}

void TrafficMatcher::setTime(filter::TimeBase time)
{
    m_time = time;
    for (const auto &[strings, predicate] : m_predicates)
        predicate->setTime(time);
}

std::optional<filter::Problem> TrafficMatcher::problem() const
{
    for (const auto &[strings, predicate] : m_predicates) {
        if (std::optional<filter::Problem> problem = predicate->problem())
            return problem;
    }
    return std::nullopt;
}

ScanResult scan(const TrafficSnapshot &snapshot, const std::vector<RowId> *among,
                TrafficMatcher &matcher, const std::function<bool()> &isCancelled)
{
    ScanResult result;
    std::size_t next = 0;
    for (const TrafficSnapshot::Part &part : snapshot.parts) {
        const RowId end = part.first + part.count;
        const auto look = [&](RowId id) {
            if (part.segment->gone[id - part.first])
                return;
            const Verdict verdict =
                matcher.test(part.segment->records[id - part.first], part.segment->strings);
            if (verdict == Verdict::Yes)
                result.accepted.push_back(id);
            else if (verdict == Verdict::Unknown)
                result.unknown.push_back(id);
        };
        RowId id = part.first;
        while (among ? next < among->size() && (*among)[next] >= part.first && (*among)[next] < end
                     : id < end) {
            look(among ? (*among)[next++] : id++);
            if ((among ? next : id) % 1024 == 0 && isCancelled())
                return result;
        }
    }
    result.problem = matcher.problem();
    return result;
}

bool isRefinement(const filter::Expression &before, const filter::Expression &next)
{
    if (before.isEmpty())
        return false; // everything: nothing is spared
    const QStringList more = conjuncts(next.tree());
    return std::ranges::all_of(conjuncts(before.tree()),
                               [&](const QString &part) { return more.contains(part); });
}

} // namespace gatehouse::ui
