// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/config/finding.h"
#include "engine/routing/condition.h"
#include "engine/routing/hostpattern.h"
#include "engine/routing/methodset.h"
#include "engine/routing/pattern.h"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace gatehouse::routing::internal {

/// One route of the configuration, parsed.
struct Route
{
    int index = 0; ///< in the configuration
    std::string id;
    std::string keyPath;
    config::Mark mark;
    config::Mark pathMark;
    Pattern pattern;
    std::vector<int> shape;         ///< rank of each segment: what decides between two patterns
    std::vector<HostPattern> hosts; ///< never empty
    MethodSet::Mask methods = MethodSet::all;
    std::vector<Condition> conditions;
    int priority = 0;

    [[nodiscard]] bool namesMethods() const { return methods != MethodSet::all; }
};

// The rank of a segment; lower wins. Expressions rank in the order of the file: which of two is
// narrower cannot be told.
inline constexpr int literalRank = 0;
inline constexpr int regexRank = int(ParameterType::Kind::Regex) + 1;
inline constexpr int parameterRank = 1'000'000;
inline constexpr int tailRank = 1'000'001;

/// Which criterion decides between two routes that match the same request.
enum class Criterion { Path, Host, Conditions, Methods, Priority, Nothing };

struct Verdict
{
    Criterion criterion = Criterion::Nothing;
    bool firstWins = false;
    std::size_t segment = 0; ///< of Path
};

/// The order of precedence, in one place: a and b, with the host of each that matches.
[[nodiscard]] Verdict compare(const Route &a, const HostPattern &aHost, const Route &b,
                              const HostPattern &bHost);

/// Parses routes; what is wrong becomes a finding, and the route is left out.
class RouteReader
{
public:
    RouteReader(MethodSet &methods, config::Findings &findings)
        : m_methods(methods)
        , m_findings(findings)
    {
    }
    [[nodiscard]] std::vector<Route> read(std::span<const config::RouteConfig> configs);

private:
    [[nodiscard]] std::optional<Route> readOne(const config::RouteConfig &config, int index);
    bool readMethods(const config::RouteConfig &config, Route &route);
    bool readConditions(const config::RouteConfig &config, Route &route);
    void readShape(Route &route);
    void refuse(const config::RouteConfig &config, const config::Mark &mark, std::string_view key,
                std::string_view rule, RoutingError error);

    MethodSet &m_methods;
    config::Findings &m_findings;
    std::map<std::string, int> m_regexes; ///< rank of each expression
};

} // namespace gatehouse::routing::internal
