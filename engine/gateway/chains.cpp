// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/chains.h"

#include "engine/gateway/preflight.h"
#include "engine/gateway/routehandler.h"
#include "engine/observe/streamframes.h"
#include "engine/upstream/proxyhandler.h"

namespace gatehouse::gateway {

namespace {

/// The end of a route without a service: a middleware before it answers every request.
class NoHandler final : public Handler
{
public:
    Task<Response> handle(Exchange &exchange) const override
    {
        co_return Response(exchange.arena(), 404);
    }
};

Result<std::vector<Chain::Link>> makeLinks(const std::vector<config::MiddlewareConfig> &entries,
                                           const Snapshot &snapshot, const std::string &routeId,
                                           const middleware::Services &shared)
{
    std::vector<Chain::Link> links;
    MiddlewareIds ids(routeId);
    for (const config::MiddlewareConfig &entry : entries) {
        Result<std::unique_ptr<const Middleware>> made =
            makeMiddleware(entry, snapshot, routeId, ids.next(entry), shared);
        if (!made)
            return std::unexpected(made.error().at(QString::fromStdString(entry.path)));
        links.push_back({stageName(entry), std::move(*made)});
    }
    return links;
}

std::unique_ptr<const Handler> terminalOf(const config::RouteConfig &route,
                                          const Services &services)
{
    const auto service = services.find(route.service);
    if (service == services.end())
        return std::make_unique<NoHandler>();
    return std::make_unique<upstream::ProxyHandler>(service->second);
}

Result<std::vector<Chain>> makeRouteChains(const Snapshot &snapshot, const Services &services,
                                           const middleware::Services &shared)
{
    std::vector<Chain> chains;
    for (const config::RouteConfig &route : snapshot.config->routes) {
        Result<std::vector<Chain::Link>> links =
            makeLinks(corsFirst(route.middleware), snapshot, route.id, shared);
        if (!links)
            return std::unexpected(links.error());
        chains.emplace_back(std::move(*links), terminalOf(route, services));
    }
    return chains;
}

/// The chain of /_gateway/echo; nullptr outside development.
Result<std::unique_ptr<const Chain>> makeEcho(const Snapshot &snapshot,
                                              const middleware::Services &shared)
{
    if (!snapshot.config->isDevelopment())
        return nullptr;
    config::MiddlewareConfig entry;
    entry.use = "echo";
    Result<std::vector<Chain::Link>> links = makeLinks({entry}, snapshot, {}, shared);
    if (!links)
        return std::unexpected(links.error());
    return std::make_unique<Chain>(std::move(*links), std::make_unique<NoHandler>());
}

} // namespace

std::string MiddlewareIds::next(const config::MiddlewareConfig &entry)
{
    const std::string &name = entry.name.empty() ? entry.use : entry.name;
    const int number = ++m_counts[name];
    const std::string id = m_owner + '/' + name;
    return number == 1 ? id : id + '-' + std::to_string(number);
}

std::string stageName(const config::MiddlewareConfig &entry)
{
    return "middleware." + (entry.name.empty() ? entry.use : entry.name);
}

Result<std::unique_ptr<const Middleware>> makeMiddleware(const config::MiddlewareConfig &entry,
                                                         const Snapshot &snapshot,
                                                         const std::string &routeId,
                                                         const std::string &id,
                                                         const middleware::Services &services)
{
    const middleware::MiddlewareFactory *factory = snapshot.factories->find(entry.use);
    if (!factory)
        return fail(ErrorCode::InvalidConfig, "there is no such middleware");
    const middleware::BuildContext context{snapshot.folder,
                                           snapshot.config->isDevelopment(),
                                           routeId,
                                           snapshot.config->environment,
                                           id,
                                           stageName(entry),
                                           &services};
    return factory->create(entry.settings, context);
}

Pipeline::Pipeline(std::shared_ptr<const Snapshot> snapshot, const Observers &observers)
    : m_snapshot(std::move(snapshot))
    , m_observers(observers)
{
}

Result<std::shared_ptr<const Pipeline>> Pipeline::build(std::shared_ptr<const Snapshot> snapshot,
                                                        const Services &services,
                                                        middleware::Services shared,
                                                        const Observers &observers)
{
    shared.handlerOf = [&services](const std::string &name) -> std::unique_ptr<const Handler> {
        const auto found = services.find(name);
        if (found == services.end())
            return nullptr;
        return std::make_unique<upstream::ProxyHandler>(found->second);
    };
    Result<std::vector<Chain>> routes = makeRouteChains(*snapshot, services, shared);
    if (!routes)
        return std::unexpected(routes.error());
    Result<std::vector<Chain::Link>> links =
        makeLinks(corsFirst(snapshot->config->pipeline), *snapshot, {}, shared);
    if (!links)
        return std::unexpected(links.error());
    std::shared_ptr<Pipeline> pipeline(new Pipeline(snapshot, observers));
    if (const Result<void> made = pipeline->addPreflights(shared); !made)
        return std::unexpected(made.error());
    Result<std::unique_ptr<const Chain>> echo = makeEcho(*snapshot, shared);
    if (!echo)
        return std::unexpected(echo.error());
    auto handler =
        std::make_unique<RouteHandler>(*pipeline->m_snapshot, std::move(*routes), std::move(*echo));
    pipeline->m_global = std::make_unique<Chain>(std::move(*links), std::move(handler));
    return pipeline;
}

Result<void> Pipeline::addPreflights(const middleware::Services &shared)
{
    Result<std::unique_ptr<const Preflights>> preflights = Preflights::build(*m_snapshot);
    if (!preflights)
        return std::unexpected(preflights.error());
    Result<std::vector<Chain::Link>> links =
        makeLinks(observersOf(m_snapshot->config->pipeline), *m_snapshot, {}, shared);
    if (!links)
        return std::unexpected(links.error());
    m_preflights = preflights->get();
    m_preflightChain = std::make_unique<Chain>(std::move(*links), std::move(*preflights));
    return {};
}

Task<Response> Pipeline::handle(Exchange &exchange) const
{
    exchange.onFinished(&Pipeline::record, this);
    const Exchange::Watch watch = m_observers.tap.watch();
    if (watch == Exchange::Watch::None)
        return run(exchange);
    exchange.setWatch(watch);
    m_observers.open.add(exchange, quint32(m_snapshot->generation));
    exchange.onAnswering(&Pipeline::noteAnswer, this);
    return watch == Exchange::Watch::Bodies ? runKeepingBodies(exchange) : run(exchange);
}

Task<Response> Pipeline::run(Exchange &exchange) const
{
    if (m_preflights->claim(exchange))
        return m_preflightChain->run(exchange);
    return m_global->run(exchange);
}

Task<Response> Pipeline::runKeepingBodies(Exchange &exchange) const
{
    observe::CapturedBodies &bodies = m_observers.tap.keepBodies(exchange);
    Request &request = exchange.request();
    if (request.body()) // in the arena, and without anything to destroy
        request.setBody(makeBody<observe::BodyTap>(exchange.arena(), *request.body(), bodies,
                                                   observe::Side::Request)
                            .release());
    Response response = co_await run(exchange);
    if (response.body())
        response.setBody(makeBody<observe::BodyTap>(exchange.arena(), response.takeBody(), bodies,
                                                    observe::Side::Response));
    co_return response;
}

void Pipeline::noteAnswer(const void *context, Exchange &exchange, const Response &response)
{
    const auto *const self = static_cast<const Pipeline *>(context);
    const bool isStream = response.body()
        && observe::streamKindOf(exchange.contentType()) != observe::StreamKind::None;
    self->m_observers.open.answering(exchange, isStream);
}

/// Runs after all other hooks: it was registered first.
void Pipeline::record(const void *context, Exchange &exchange)
{
    const auto *const self = static_cast<const Pipeline *>(context);
    self->m_observers.metrics.record(exchange);
    if (exchange.watch() != Exchange::Watch::None)
        self->m_observers.open.end(exchange);
}

} // namespace gatehouse::gateway
