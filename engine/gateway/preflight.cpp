// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/preflight.h"

#include "engine/gateway/routehandler.h"

#include <algorithm>

namespace gatehouse::gateway {

namespace {

bool isCors(const config::MiddlewareConfig &entry)
{
    return entry.use == "cors";
}

bool isObserver(const config::MiddlewareConfig &entry)
{
    constexpr std::string_view kinds[] = {"recovery", "request_id", "access_log",
                                          "timing",   "headers",    "security_headers"};
    return std::ranges::find(kinds, entry.use) != std::end(kinds);
}

const config::MiddlewareConfig *findCors(const std::vector<config::MiddlewareConfig> &entries)
{
    const auto found = std::ranges::find_if(entries, isCors);
    return found == entries.end() ? nullptr : &*found;
}

/// The request that the preflight announces.
routing::Router::Match matchAnnounced(const Snapshot &snapshot, Exchange &exchange)
{
    const Request &request = exchange.request();
    const FieldLookup lookup{request.headers()};
    routing::RequestView view = viewOf(request, lookup);
    view.method = request.headers().value("Access-Control-Request-Method");
    routing::Params params;
    return snapshot.router.match(view, exchange.arena(), params);
}

} // namespace

Result<std::unique_ptr<const Preflights>> Preflights::build(const Snapshot &snapshot)
{
    std::unique_ptr<Preflights> preflights(new Preflights(snapshot));
    const config::MiddlewareConfig *const global = findCors(snapshot.config->pipeline);
    for (const config::RouteConfig &route : snapshot.config->routes) {
        const config::MiddlewareConfig *const own = findCors(route.middleware);
        const config::MiddlewareConfig *const entry = own ? own : global;
        if (!entry)
            continue;
        Result<middleware::CorsPolicy> policy =
            middleware::CorsPolicy::fromSettings(entry->settings);
        if (!policy)
            return std::unexpected(policy.error().at(QString::fromStdString(entry->path)));
        preflights->m_policies.emplace(route.id, std::move(*policy));
    }
    return preflights;
}

const config::RouteConfig *Preflights::routeOf(Exchange &exchange) const
{
    const Request &request = exchange.request();
    if (m_policies.empty() || exchange.refusal() || !middleware::CorsPolicy::isPreflight(request)
        || ownStatus(request, m_snapshot.config->isDevelopment()) != 0)
        return nullptr;
    const routing::Router::Match match = matchAnnounced(m_snapshot, exchange);
    if (match.kind != routing::Router::Kind::Found)
        return nullptr;
    const config::RouteConfig &route =
        m_snapshot.config->routes[static_cast<std::size_t>(match.route)];
    return m_policies.contains(route.id) ? &route : nullptr;
}

Response Preflights::answer(Exchange &exchange, const std::string &routeId) const
{
    const auto policy = m_policies.find(routeId);
    policy->second.explain(exchange, middleware::CorsPolicy::originOf(exchange.request()));
    return policy->second.preflight(exchange);
}

bool Preflights::claim(Exchange &exchange) const
{
    const config::RouteConfig *const route = routeOf(exchange);
    if (!route)
        return false;
    const auto index = static_cast<std::size_t>(route - m_snapshot.config->routes.data());
    exchange.setRoute(route->id, m_snapshot.metricsRows[index]);
    exchange.trace().mark("route.match", Verdict::Passed, "preflight=true");
    return true;
}

Task<Response> Preflights::handle(Exchange &exchange) const
{
    Response response = answer(exchange, std::string(exchange.routeId()));
    exchange.trace().mark("cors.preflight", Verdict::Answered);
    co_return response;
}

std::vector<config::MiddlewareConfig>
observersOf(const std::vector<config::MiddlewareConfig> &pipeline)
{
    std::vector<config::MiddlewareConfig> observers;
    std::ranges::copy_if(pipeline, std::back_inserter(observers), isObserver);
    return observers;
}

std::vector<config::MiddlewareConfig> corsFirst(std::vector<config::MiddlewareConfig> entries)
{
    std::ranges::stable_partition(entries, isCors);
    return entries;
}

} // namespace gatehouse::gateway
