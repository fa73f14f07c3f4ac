// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/requestview.h"
#include "engine/routing/router.h"

#include <string>
#include <vector>

namespace gatehouse::routing {

/// A route that a request did not take, and the first predicate that decided so.
struct NearMiss
{
    enum class Reason {
        Path,          ///< a literal differs, or there are too few or too many segments
        ParameterType, ///< a typed parameter refuses its value
        Host,
        Method,
        Header,
        Query,
        LessSpecific,  ///< it matches too, but a more specific route won
        LowerPriority, ///< it matches too, but priority decided
    };

    int route = -1; ///< index into the routes of Router::compile()
    std::string id;
    std::string pattern;
    Reason reason = Reason::Path;
    std::string detail = {}; ///< `header x-api-version: expected "2", got "1"`
    int nearness = 0;        ///< the higher the nearer; comparable within one request
};

/// Given to Router::match(), records why the losing routes lost, the nearest first.
class Tracer
{
public:
    explicit Tracer(int limit = 10) : m_limit(limit) {}

    [[nodiscard]] const Router::Match &match() const { return m_match; }
    /// Id and pattern of the route that was found; empty otherwise.
    [[nodiscard]] const std::string &winner() const { return m_winner; }
    [[nodiscard]] const std::vector<NearMiss> &nearMisses() const { return m_misses; }
    /// How many more there are behind the limit.
    [[nodiscard]] int others() const { return m_others; }
    /// What `gatehouse explain` prints, one line per route.
    [[nodiscard]] std::string text() const;

    /// For Router::match(). Replaces what was recorded before.
    void record(const Router::Match &match, std::string winner, std::vector<NearMiss> misses);

private:
    int m_limit;
    Router::Match m_match;
    std::string m_winner;
    std::vector<NearMiss> m_misses;
    int m_others = 0;
};

} // namespace gatehouse::routing
