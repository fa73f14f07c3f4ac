// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/loader.h"
#include "engine/gateway/snapshot.h"

namespace gatehouse::gateway {

/// A middleware of a chain, as people are told of it.
struct Stage
{
    config::MiddlewareConfig entry; ///< with its secrets: mask settings before they are shown
    std::string name;               ///< under `middleware:` in the configuration, else the kind
    std::string stage;              ///< in trace and metrics: "middleware.team_key"
    std::string reason;             ///< for its place in the default order; empty for foreign kinds
    bool isOfRoute = false;         ///< else of the global pipeline
};

/// The global pipeline of \a config in the order in which it runs.
[[nodiscard]] std::vector<Stage> pipelineOf(const config::Config &config);
/// The middlewares of \a route in the order in which they run.
[[nodiscard]] std::vector<Stage> middlewareOf(const config::RouteConfig &route);
/// What a request for \a route passes, outermost first: both.
[[nodiscard]] std::vector<Stage> chainOf(const Snapshot &snapshot,
                                         const config::RouteConfig &route);
/// What a browser's preflight passes before it is answered.
[[nodiscard]] std::vector<Stage> preflightChainOf(const Snapshot &snapshot);

/// Where \a chain differs from the default order in a way that matters, a line each.
[[nodiscard]] std::vector<std::string> orderNotes(const std::vector<Stage> &chain);

/// The reason for each entry of the pipelines in \a effective (config::Loaded), for config::toYaml.
[[nodiscard]] config::Comments reasonsIn(const config::Node &effective);

} // namespace gatehouse::gateway
