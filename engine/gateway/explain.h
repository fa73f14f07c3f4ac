// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/chainview.h"
#include "engine/routing/explain.h"

#include <optional>

namespace gatehouse::gateway {

/// A request that somebody asks about.
struct Question
{
    std::string method;
    std::string url;                  ///< absolute, or a path
    std::vector<std::string> headers; ///< "Name: value"
};

/// What a browser's preflight gets, without any route's chain.
struct PreflightAnswer
{
    std::string origin; ///< that asks
    std::string method; ///< that it asks for
    int status = 0;
    std::vector<std::pair<std::string, std::string>> fields;
    bool isAllowed = false; ///< whether the browser will send the request
};

/// What the gateway would do with it, and why.
struct Explanation
{
    routing::Tracer trace; ///< the match, and each route that came near
    const config::RouteConfig *route =
        nullptr; ///< the winner, in the snapshot; nullptr if there is none
    std::vector<std::pair<std::string, std::string>> params;
    std::string sentTarget; ///< what the upstream is asked for, after every rewrite
    std::string sentHost;
    std::string allow;        ///< for a method miss
    int status = 0;           ///< that the gateway answers itself; 0 if a route answers
    std::vector<Stage> chain; ///< that it would pass, outermost first; also without a route
    /// Where the order of the chain differs from the default order in a way that matters.
    std::vector<std::string> notes;
    /// If the question is a preflight that a policy covers; `route` is the announced request's.
    std::optional<PreflightAnswer> preflight;
    bool isOwn = false; ///< before any route: OPTIONS *, /_gateway/health, /_gateway/echo
};

/// Puts \a question through the parser, the router, the policy for preflights and the rewrites that
/// serve real requests. Nothing else runs: no limit counts, nobody is asked.
/// BadRequest if it is none that a client could send.
[[nodiscard]] Result<Explanation> explain(const Snapshot &snapshot, const Question &question);

} // namespace gatehouse::gateway
