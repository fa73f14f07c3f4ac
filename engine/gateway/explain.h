// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"
#include "engine/routing/explain.h"

namespace gatehouse::gateway {

/// A request that somebody asks about.
struct Question
{
    std::string method;
    std::string url;                  ///< absolute, or a path
    std::vector<std::string> headers; ///< "Name: value"
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
    std::string allow;  ///< for a method miss
    int status = 0;     ///< that the gateway answers itself; 0 if a route answers
    bool isOwn = false; ///< before any route: OPTIONS *, /_gateway/health, /_gateway/echo
};

/// Puts \a question through the parser, the router and the rewrites that serve real requests.
/// BadRequest if it is none that a client could send.
[[nodiscard]] Result<Explanation> explain(const Snapshot &snapshot, const Question &question);

} // namespace gatehouse::gateway
