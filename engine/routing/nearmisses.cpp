// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/nearmisses.h"

#include <algorithm>
#include <numeric>

namespace gatehouse::routing::internal {

namespace {

using Reason = NearMiss::Reason;
using Segment = Pattern::Segment;

// What a segment adds to the nearness of a path, of 1000 for all. A parameter takes anything, so it
// says less than a literal; a typing mistake in a literal says nearly as much as the right one.
constexpr double literalWeight = 1.0;
constexpr double similarWeight = 0.8;
constexpr double parameterWeight = 0.6;
constexpr double misfitWeight = 0.5;

// A whole path is nearer than any part, and each further stage nearer than the one before.
int nearnessOf(Reason reason)
{
    return 1'000 + 1'000 * int(reason);
}

std::string quoted(std::string_view text)
{
    return "\"" + std::string(text) + "\"";
}

/// 1 for equal texts, 0 for those with nothing in common (edit distance).
double similarity(std::string_view a, std::string_view b)
{
    constexpr std::size_t longest = 64;
    if (a.empty() || b.empty() || a.size() > longest || b.size() > longest)
        return 0;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t replaced = diagonal + (a[i - 1] != b[k - 1]);
            diagonal = std::exchange(row[k], std::min({row[k] + 1, row[k - 1] + 1, replaced}));
        }
    }
    return 1.0 - double(row.back()) / double(std::max(a.size(), b.size()));
}

double weightOf(const Segment &segment, std::string_view text)
{
    if (segment.kind == Segment::Kind::Literal) {
        if (segment.text == text)
            return literalWeight;
        const double likeness = similarity(segment.text, text);
        return likeness >= 0.5 ? likeness * similarWeight : 0;
    }
    return segment.type.accepts(text) ? parameterWeight : text.empty() ? 0 : misfitWeight;
}

std::string shown(const Segment &segment)
{
    if (segment.kind == Segment::Kind::Literal)
        return quoted(segment.text);
    if (segment.kind == Segment::Kind::Tail)
        return "{*" + (segment.text == "*" ? std::string() : segment.text) + "}";
    return "{" + segment.text + (segment.type.text().empty() ? "" : ":" + segment.type.text())
        + "}";
}

} // namespace

NearMiss NearMisses::of(const Route &route, const Route *winner) const
{
    NearMiss miss{.route = route.index, .id = route.id, .pattern = route.pattern.text()};
    if (!m_path.isValid())
        miss.detail = "path: no \"/\" at its beginning, or a \"%\" without two hexadecimal digits";
    if (!m_path.isValid() || !checkPath(route, miss))
        return miss;
    if (checkHost(route, miss) && checkMethod(route, miss) && checkConditions(route, miss)
        && winner)
        explainDefeat(route, *winner, miss);
    miss.nearness = nearnessOf(miss.reason);
    return miss;
}

bool NearMisses::checkPath(const Route &route, NearMiss &miss) const
{
    const auto &segments = route.pattern.segments();
    const bool hasTail = route.pattern.hasTail();
    const int wanted = int(segments.size()) - (hasTail ? 1 : 0);
    double weight = 0;
    for (int i = 0; i < wanted; ++i) {
        const Segment &segment = segments[std::size_t(i)];
        const std::string place = "path segment " + std::to_string(i + 1) + ": ";
        const bool isThere = i < m_path.count();
        const std::string_view text = isThere ? m_path.text(i) : std::string_view();
        const bool isLiteral = segment.kind == Segment::Kind::Literal;
        weight += isThere ? weightOf(segment, text) : 0;
        if (!miss.detail.empty()
            || (isThere && (isLiteral ? segment.text == text : segment.type.accepts(text))))
            continue;
        if (isThere && !isLiteral && !text.empty())
            miss.reason = Reason::ParameterType;
        miss.detail =
            place + "expected " + shown(segment) + ", got " + (isThere ? quoted(text) : "nothing");
    }
    if (miss.detail.empty() && hasTail && m_path.count() <= wanted)
        miss.detail = "path: nothing is left for " + shown(segments.back());
    else if (miss.detail.empty() && !hasTail && m_path.count() > wanted)
        miss.detail = "path: longer than the pattern";
    const int length = std::max({wanted, hasTail ? 0 : m_path.count(), 1});
    miss.nearness = int(weight / length * 999);
    return miss.detail.empty();
}

const HostPattern *NearMisses::hostOf(const Route &route) const
{
    const HostPattern *best = nullptr;
    for (const HostPattern &host : route.hosts) {
        if (host.accepts(m_host.text()) && (!best || isMoreSpecific(host, *best)))
            best = &host;
    }
    return best;
}

bool NearMisses::checkHost(const Route &route, NearMiss &miss) const
{
    if (hostOf(route))
        return true;
    std::string wanted;
    for (const HostPattern &host : route.hosts)
        wanted += (wanted.empty() ? "" : " or ") + quoted(host.text());
    miss.reason = Reason::Host;
    miss.detail = "host: expected " + wanted + ", got " + quoted(m_host.text());
    return false;
}

bool NearMisses::checkMethod(const Route &route, NearMiss &miss) const
{
    const MethodSet::Mask method = m_methods.find(m_request.method);
    const MethodSet::Mask accepted = method == MethodSet::head ? method | MethodSet::get : method;
    if (!route.namesMethods() || (route.methods & accepted))
        return true;
    miss.reason = Reason::Method;
    miss.detail = "method: expected " + m_methods.text(route.methods) + ", got "
        + std::string(m_request.method);
    return false;
}

bool NearMisses::checkConditions(const Route &route, NearMiss &miss) const
{
    for (const Condition &condition : route.conditions) {
        if (condition.holds(m_request))
            continue;
        const bool isHeader = condition.where() == Condition::Where::Header;
        const std::optional<std::string> found = condition.found(m_request);
        miss.reason = isHeader ? Reason::Header : Reason::Query;
        miss.detail = (isHeader ? "header " : "query ") + condition.name() + ": expected "
            + (condition.kind() == Condition::Kind::Present ? "any value"
                                                            : quoted(condition.value()))
            + ", got " + (found ? quoted(*found) : "none");
        return false;
    }
    return true;
}

void NearMisses::explainDefeat(const Route &route, const Route &winner, NearMiss &miss) const
{
    const HostPattern &host = *hostOf(route);
    const HostPattern &winnersHost = *hostOf(winner);
    const Verdict verdict = compare(winner, winnersHost, route, host);
    const std::string rival = "route " + quoted(winner.id);
    miss.reason = Reason::LessSpecific;
    if (!verdict.firstWins) {
        miss.detail = rival + " names HEAD";
        return;
    }
    switch (verdict.criterion) {
    case Criterion::Path:
        miss.detail = "less specific: " + shown(route.pattern.segments()[verdict.segment])
            + " in path segment " + std::to_string(verdict.segment + 1) + ", " + rival + " has "
            + shown(winner.pattern.segments()[verdict.segment]);
        break;
    case Criterion::Host:
        miss.detail = "less specific: host " + quoted(host.text()) + ", " + rival + " has "
            + quoted(winnersHost.text());
        break;
    case Criterion::Conditions:
        miss.detail = "less specific: fewer conditions than " + rival;
        break;
    case Criterion::Methods:
        miss.detail = "less specific: any method, " + rival + " names its methods";
        break;
    case Criterion::Priority:
        miss.reason = Reason::LowerPriority;
        miss.detail = "priority " + std::to_string(route.priority) + ", " + rival + " has "
            + std::to_string(winner.priority);
        break;
    case Criterion::Nothing:
        miss.detail = "later than " + rival;
        break;
    }
}

} // namespace gatehouse::routing::internal
