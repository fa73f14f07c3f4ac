// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/route.h"

#include <algorithm>

namespace gatehouse::routing::internal {

namespace {

using SegmentKind = Pattern::Segment::Kind;

bool isMethodToken(std::string_view method)
{
    // RFC 9110, section 9.1 says token; every registered method is of these.
    const auto isFine = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return !method.empty() && std::ranges::all_of(method, isFine);
}

std::string upper(std::string_view text)
{
    std::string result(text);
    for (char &c : result)
        c = c >= 'a' && c <= 'z' ? char(c & ~0x20) : c;
    return result;
}

} // namespace

Verdict compare(const Route &a, const HostPattern &aHost, const Route &b, const HostPattern &bHost)
{
    const auto [x, y] = std::ranges::mismatch(a.shape, b.shape);
    if (x != a.shape.end() && y != b.shape.end())
        return {Criterion::Path, *x < *y, std::size_t(x - a.shape.begin())};
    if (isMoreSpecific(aHost, bHost) || isMoreSpecific(bHost, aHost))
        return {Criterion::Host, isMoreSpecific(aHost, bHost)};
    if (a.conditions.size() != b.conditions.size())
        return {Criterion::Conditions, a.conditions.size() > b.conditions.size()};
    if (a.namesMethods() != b.namesMethods())
        return {Criterion::Methods, a.namesMethods()};
    if (a.priority != b.priority)
        return {Criterion::Priority, a.priority > b.priority};
    return {Criterion::Nothing, a.index < b.index};
}

std::vector<Route> RouteReader::read(std::span<const config::RouteConfig> configs)
{
    std::vector<Route> routes;
    routes.reserve(configs.size());
    for (std::size_t i = 0; i < configs.size(); ++i) {
        if (std::optional<Route> route = readOne(configs[i], int(i)))
            routes.push_back(*std::move(route));
    }
    return routes;
}

std::optional<Route> RouteReader::readOne(const config::RouteConfig &config, int index)
{
    Route route;
    route.index = index;
    route.id = config.id;
    route.keyPath = config.keyPath;
    route.mark = config.mark;
    route.pathMark = config.pathMark;
    route.priority = config.priority;

    bool isFine = true;
    Expected<Pattern> pattern = Pattern::parse(config.path);
    if (pattern) {
        route.pattern = *std::move(pattern);
        readShape(route);
    } else {
        refuse(config, config.pathMark, "path", "pattern", pattern.error());
        isFine = false;
    }
    for (const std::string &text : config.hosts) {
        const Expected<HostPattern> host = HostPattern::parse(text);
        if (host)
            route.hosts.push_back(*host);
        else
            refuse(config, config.mark, "host", "host", host.error());
        isFine &= host.has_value();
    }
    if (config.hosts.empty())
        route.hosts.emplace_back();
    isFine &= readMethods(config, route);
    isFine &= readConditions(config, route);
    return isFine ? std::optional(std::move(route)) : std::nullopt;
}

bool RouteReader::readMethods(const config::RouteConfig &config, Route &route)
{
    if (config.methods.empty())
        return true;
    route.methods = 0;
    bool isFine = true;
    for (const std::string &method : config.methods) {
        const MethodSet::Mask bit = isMethodToken(method) ? m_methods.add(method) : 0;
        route.methods |= bit;
        if (bit != 0)
            continue;
        isFine = false;
        const std::string suggestion = isMethodToken(upper(method)) ? "write " + upper(method) : "";
        refuse(config, config.mark, "methods", "method",
               {"\"" + method + "\" is no method that can be matched", suggestion});
    }
    return isFine;
}

bool RouteReader::readConditions(const config::RouteConfig &config, Route &route)
{
    bool isFine = true;
    const auto read = [&](Condition::Where where, const config::ConditionConfig &from) {
        Expected<Condition> condition = Condition::parse(where, from.name, from.value);
        if (condition) {
            route.conditions.push_back(*std::move(condition));
            return;
        }
        const std::string key = where == Condition::Where::Header ? "headers." : "query.";
        refuse(config, from.mark, key + from.name, "condition", condition.error());
        isFine = false;
    };
    for (const config::ConditionConfig &header : config.headers)
        read(Condition::Where::Header, header);
    for (const config::ConditionConfig &parameter : config.query)
        read(Condition::Where::Query, parameter);
    return isFine;
}

void RouteReader::readShape(Route &route)
{
    for (const Pattern::Segment &segment : route.pattern.segments()) {
        const ParameterType &type = segment.type;
        if (segment.kind == SegmentKind::Literal) {
            route.shape.push_back(literalRank);
        } else if (segment.kind == SegmentKind::Tail) {
            route.shape.push_back(tailRank);
        } else if (type.kind() == ParameterType::Kind::Any) {
            route.shape.push_back(parameterRank);
        } else if (type.kind() == ParameterType::Kind::Regex) {
            const int next = regexRank + int(m_regexes.size());
            route.shape.push_back(m_regexes.try_emplace(type.text(), next).first->second);
        } else {
            route.shape.push_back(int(type.kind()) + 1);
        }
    }
}

void RouteReader::refuse(const config::RouteConfig &config, const config::Mark &mark,
                         std::string_view key, std::string_view rule, RoutingError error)
{
    m_findings.push_back({.severity = config::Severity::Error,
                          .mark = mark,
                          .path = config.keyPath + ".match." + std::string(key),
                          .rule = std::string(rule),
                          .message = std::move(error.message),
                          .suggestion = std::move(error.suggestion)});
}

} // namespace gatehouse::routing::internal
