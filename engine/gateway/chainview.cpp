// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/chainview.h"

#include "engine/gateway/chains.h"
#include "engine/gateway/preflight.h"
#include "engine/middleware/order.h"

namespace gatehouse::gateway {

namespace {

std::vector<Stage> stagesOf(std::vector<config::MiddlewareConfig> entries, bool isOfRoute)
{
    std::vector<Stage> stages;
    for (config::MiddlewareConfig &entry : entries) {
        std::string name = entry.name.empty() ? entry.use : entry.name;
        std::string stage = stageName(entry);
        std::string reason(middleware::order::reasonFor(entry.use));
        stages.push_back(
            {std::move(entry), std::move(name), std::move(stage), std::move(reason), isOfRoute});
    }
    return stages;
}

void addReasons(const config::Node *list, const std::string &path, config::Comments &comments)
{
    for (std::size_t i = 0; list && i < list->items().size(); ++i) {
        const std::string_view reason =
            middleware::order::reasonFor(list->items()[i].textOf("use"));
        if (!reason.empty())
            comments.emplace(path + '[' + std::to_string(i) + "].use", reason);
    }
}

} // namespace

std::vector<Stage> pipelineOf(const config::Config &config)
{
    return stagesOf(corsFirst(config.pipeline), false);
}

std::vector<Stage> middlewareOf(const config::RouteConfig &route)
{
    return stagesOf(corsFirst(route.middleware), true);
}

std::vector<Stage> chainOf(const Snapshot &snapshot, const config::RouteConfig &route)
{
    std::vector<Stage> chain = pipelineOf(*snapshot.config);
    for (Stage &stage : middlewareOf(route))
        chain.push_back(std::move(stage));
    return chain;
}

std::vector<Stage> preflightChainOf(const Snapshot &snapshot)
{
    return stagesOf(observersOf(snapshot.config->pipeline), false);
}

std::vector<std::string> orderNotes(const std::vector<Stage> &chain)
{
    std::vector<middleware::order::Placed> placed;
    for (const Stage &stage : chain)
        placed.push_back({stage.entry.use, stage.name});
    return middleware::order::notesOn(placed);
}

config::Comments reasonsIn(const config::Node &effective)
{
    config::Comments comments;
    addReasons(effective.find("pipeline"), "pipeline", comments);
    const config::Node *const routes = effective.find("routes");
    for (std::size_t i = 0; routes && i < routes->items().size(); ++i)
        addReasons(routes->items()[i].find("middleware"),
                   "routes[" + std::to_string(i) + "].middleware", comments);
    return comments;
}

} // namespace gatehouse::gateway
