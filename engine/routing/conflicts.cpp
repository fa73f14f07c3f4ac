// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/conflicts.h"

#include <algorithm>
#include <unordered_map>

namespace gatehouse::routing::internal {

namespace {

/// What two routes must have in common to be rivals: the shape of the path, and the host pattern.
std::string rivalryKey(const Route &route, const HostPattern &host)
{
    std::string key = host.text();
    for (std::size_t i = 0; i < route.shape.size(); ++i) {
        key += '/';
        if (route.shape[i] == literalRank)
            key += "=" + route.pattern.segments()[i].text;
        else
            key += std::to_string(route.shape[i]);
        key += '\0'; // a decoded literal may hold a "/"
    }
    return key;
}

bool excludeEachOther(const Route &a, const Route &b)
{
    for (const Condition &condition : a.conditions) {
        for (const Condition &other : b.conditions) {
            if (condition.excludes(other))
                return true;
        }
    }
    return false;
}

bool isSubset(const std::vector<Condition> &some, const std::vector<Condition> &all)
{
    return std::ranges::all_of(some, [&](const Condition &condition) {
        return std::ranges::find(all, condition) != all.end();
    });
}

class Rivals
{
public:
    Rivals(const std::vector<Route> &routes, const MethodSet &methods, config::Findings &findings)
        : m_routes(routes)
        , m_methods(methods)
        , m_findings(findings)
    {
        for (std::size_t i = 0; i < routes.size(); ++i) {
            for (const HostPattern &host : routes[i].hosts) {
                std::vector<std::size_t> &group = m_groups[rivalryKey(routes[i], host)];
                if (group.empty() || group.back() != i) // the same host may be listed twice
                    group.push_back(i);
            }
        }
    }

    void check(std::size_t i)
    {
        if (const Route *earlier = tieOf(i))
            report(m_routes[i], *earlier);
        else if (const Route *winner = shadowOf(i))
            warn(m_routes[i], *winner);
    }

private:
    const std::vector<std::size_t> &rivals(const Route &route, const HostPattern &host) const
    {
        return m_groups.at(rivalryKey(route, host));
    }

    /// The first earlier route that nothing decides against.
    const Route *tieOf(std::size_t i) const
    {
        const Route &route = m_routes[i];
        for (const HostPattern &host : route.hosts) {
            for (const std::size_t k : rivals(route, host)) {
                const Route &other = m_routes[k];
                if (k >= i)
                    break;
                if (compare(other, host, route, host).criterion == Criterion::Nothing
                    && (other.methods & route.methods) && !excludeEachOther(other, route))
                    return &other;
            }
        }
        return nullptr;
    }

    /// A route that wins wherever \a i matches, alone or with others; nullptr if none does.
    const Route *shadowOf(std::size_t i) const
    {
        const Route &route = m_routes[i];
        const Route *winner = nullptr;
        for (const HostPattern &host : route.hosts) {
            MethodSet::Mask left = route.methods;
            for (const std::size_t k : rivals(route, host)) {
                const Route &other = m_routes[k];
                if (k == i || !(other.methods & left)
                    || !isSubset(other.conditions, route.conditions)
                    || !compare(other, host, route, host).firstWins)
                    continue;
                left &= ~other.methods;
                winner = &other;
            }
            if (left != 0)
                return nullptr;
        }
        return winner;
    }

    void report(const Route &route, const Route &earlier)
    {
        const MethodSet::Mask both = route.methods & earlier.methods;
        const std::string methods = both == MethodSet::all ? "any method" : m_methods.text(both);
        add(route, config::Severity::Error, "conflict",
            "\"" + route.pattern.text() + "\" matches the same requests (" + methods
                + ") as route \"" + earlier.id + "\"" + placeOf(earlier)
                + ", and nothing decides between them",
            "give one of them a higher priority, or another host, method or condition");
    }

    void warn(const Route &route, const Route &winner)
    {
        add(route, config::Severity::Warning, "unreachable",
            "unreachable: route \"" + winner.id + "\"" + placeOf(winner)
                + " always wins over it by its priority",
            "remove it, or raise its priority");
    }

    static std::string placeOf(const Route &route)
    {
        return route.pathMark.line > 0 ? " in line " + std::to_string(route.pathMark.line) : "";
    }

    void add(const Route &route, config::Severity severity, std::string rule, std::string message,
             std::string suggestion)
    {
        m_findings.push_back({.severity = severity,
                              .mark = route.pathMark,
                              .path = route.keyPath + ".match.path",
                              .rule = std::move(rule),
                              .message = std::move(message),
                              .suggestion = std::move(suggestion)});
    }

    const std::vector<Route> &m_routes;
    const MethodSet &m_methods;
    config::Findings &m_findings;
    std::unordered_map<std::string, std::vector<std::size_t>> m_groups;
};

} // namespace

void findConflicts(const std::vector<Route> &routes, const MethodSet &methods,
                   config::Findings &findings)
{
    Rivals rivals(routes, methods, findings);
    for (std::size_t i = 0; i < routes.size(); ++i)
        rivals.check(i);
}

} // namespace gatehouse::routing::internal
