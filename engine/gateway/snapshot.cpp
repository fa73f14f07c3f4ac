// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/snapshot.h"

#include "engine/gateway/chains.h"
#include "engine/net/bufferpool.h"
#include "engine/state/memorystore.h"

#include <algorithm>

namespace gatehouse::gateway {

namespace {

config::Finding finding(const config::Mark &mark, const std::string &path, const char *rule,
                        std::string message, std::string suggestion)
{
    return {config::Severity::Error, mark, path, rule, std::move(message), std::move(suggestion)};
}

/// Stands for a service while a configuration is only checked.
class CheckedService final : public Handler
{
public:
    Task<Response> handle(Exchange &exchange) const override
    {
        co_return Response(exchange.arena(), 503);
    }
};

middleware::Services servicesForCheck(const config::Config &config)
{
    middleware::Services services;
    services.store = std::make_shared<state::MemoryStore>();
    services.limits = std::make_shared<limits::Book>();
    services.isAllowedOnError = config.state.isAllowedOnError;
    services.handlerOf = [&config](const std::string &name) -> std::unique_ptr<const Handler> {
        const auto &all = config.services;
        if (std::ranges::find(all, name, &config::ServiceConfig::id) == all.end())
            return nullptr;
        return std::make_unique<CheckedService>();
    };
    return services;
}

void checkMiddleware(const config::MiddlewareConfig &entry, const Snapshot &snapshot,
                     const std::string &routeId, config::Findings &findings)
{
    const Result<std::unique_ptr<const Middleware>> made =
        makeMiddleware(entry, snapshot, routeId, entry.use, servicesForCheck(*snapshot.config));
    if (made)
        return;
    const Error &error = made.error();
    const std::string path =
        error.path().isEmpty() ? entry.path : entry.path + '.' + error.path().toStdString();
    std::string message = error.message().toStdString();
    if (!error.cause().isEmpty())
        message += " (" + error.cause().toStdString() + ")";
    findings.push_back(finding(entry.mark, path, "middleware", std::move(message), {}));
}

bool answersItself(const config::RouteConfig &route, const middleware::Factories &factories)
{
    return std::ranges::any_of(
        route.middleware, [&factories](const config::MiddlewareConfig &entry) {
            const middleware::MiddlewareFactory *factory = factories.find(entry.use);
            return factory && factory->answers();
        });
}

void checkRoute(const config::RouteConfig &route, const Snapshot &snapshot,
                config::Findings &findings)
{
    for (const config::MiddlewareConfig &entry : route.middleware)
        checkMiddleware(entry, snapshot, route.id, findings);
    if (route.service.empty() && !answersItself(route, *snapshot.factories)) {
        findings.push_back(
            finding(route.mark, route.keyPath, "no-answer", "nothing answers this route",
                    "name a service, or a middleware that answers: respond, redirect, echo"));
    }
}

/// Whoever reaches a public admin address without a token would own the gateway.
void checkAdmin(const config::AdminConfig &admin, config::Findings &findings)
{
    const Result<net::Address> address = net::Address::parse(admin.address);
    if (!address || address->isLoopback() || !admin.token.empty())
        return;
    findings.push_back(finding(admin.mark, "admin.address", "public-admin",
                               "is a public address without a token",
                               "set admin.token, or use a loopback address"));
}

void checkState(const config::StateConfig &state, config::Findings &findings)
{
    if (state.backend != "redis")
        return;
    const Result<state::RedisSettings> settings = state::RedisSettings::parse(state);
    if (!settings) {
        findings.push_back(finding(state.mark, "state.url", "url",
                                   settings.error().message().toStdString(),
                                   "write url: redis://127.0.0.1:6379/0"));
    }
}

void checkListener(const config::ListenerConfig &listener, std::size_t index,
                   config::Findings &findings)
{
    if (listener.limits.headerBytes <= qint64(net::Block::bytes))
        return; // the default is one byte more than fits
    config::Finding capped = finding(
        listener.mark, "listeners[" + std::to_string(index) + "].limits.header_bytes", "range",
        "is more than a head may have; 65535 bytes are in force", "lower it to 65535");
    capped.severity = config::Severity::Warning;
    findings.push_back(capped);
}

std::string folderOf(const std::string &file)
{
    const std::size_t slash = file.rfind('/');
    return slash == std::string::npos ? std::string() : file.substr(0, slash);
}

} // namespace

std::shared_ptr<const Snapshot> compile(std::shared_ptr<const config::Config> config,
                                        std::shared_ptr<const middleware::Factories> factories,
                                        const std::string &file, quint64 generation,
                                        config::Findings &findings)
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->generation = generation;
    snapshot->config = std::move(config);
    snapshot->factories = std::move(factories);
    snapshot->folder = folderOf(file);
    for (const std::string &range : snapshot->config->trustedProxies) {
        if (const Result<net::AddressRange> parsed = net::AddressRange::parse(range))
            snapshot->trustedProxies.push_back(*parsed);
    }
    checkAdmin(snapshot->config->admin, findings);
    checkState(snapshot->config->state, findings);
    for (std::size_t i = 0; i < snapshot->config->listeners.size(); ++i)
        checkListener(snapshot->config->listeners[i], i, findings);
    snapshot->router = routing::Router::compile(snapshot->config->routes, findings);
    for (const config::MiddlewareConfig &entry : snapshot->config->pipeline)
        checkMiddleware(entry, *snapshot, {}, findings);
    for (const config::RouteConfig &route : snapshot->config->routes)
        checkRoute(route, *snapshot, findings);
    if (config::hasErrors(findings))
        return nullptr;
    return snapshot;
}

} // namespace gatehouse::gateway
