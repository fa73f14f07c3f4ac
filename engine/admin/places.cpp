// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/places.h"

#include "engine/gateway/chains.h"

#include <algorithm>

namespace gatehouse::admin {

namespace {

const config::RouteConfig *find(const gateway::Snapshot *snapshot, std::string_view id)
{
    if (!snapshot)
        return nullptr;
    const auto found = std::ranges::find(snapshot->config->routes, id, &config::RouteConfig::id);
    return found == snapshot->config->routes.end() ? nullptr : &*found;
}

config::Mark markIn(const std::vector<config::MiddlewareConfig> &entries, std::string_view stage)
{
    for (const config::MiddlewareConfig &entry : entries) {
        if (gateway::stageName(entry) == stage)
            return entry.mark;
    }
    return {};
}

} // namespace

Places::Places(std::shared_ptr<const gateway::Snapshot> snapshot, std::string_view route)
    : m_snapshot(std::move(snapshot))
    , m_route(find(m_snapshot.get(), route))
{
}

config::Mark Places::of(std::string_view stage) const
{
    if (!m_snapshot)
        return {};
    if (stage == "route.match")
        return m_route ? m_route->mark : config::Mark();
    if (m_route && (stage.starts_with("upstream.") || stage.starts_with("balance."))) {
        const auto service = std::ranges::find(m_snapshot->config->services, m_route->service,
                                               &config::ServiceConfig::id);
        return service == m_snapshot->config->services.end() ? config::Mark() : service->mark;
    }
    if (m_route) {
        if (const config::Mark own = markIn(m_route->middleware, stage); own.line > 0)
            return own;
    }
    return markIn(m_snapshot->config->pipeline, stage);
}

config::Mark Places::ofRoute(std::string_view route) const
{
    const config::RouteConfig *const found = find(m_snapshot.get(), route);
    return found ? found->mark : config::Mark();
}

} // namespace gatehouse::admin
