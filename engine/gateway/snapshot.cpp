// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/snapshot.h"

#include "engine/gateway/chains.h"

#include <algorithm>

namespace gatehouse::gateway {

namespace {

config::Finding finding(const config::Mark &mark, const std::string &path, const char *rule,
                        std::string message, std::string suggestion)
{
    return {config::Severity::Error, mark, path, rule, std::move(message), std::move(suggestion)};
}

void checkMiddleware(const config::MiddlewareConfig &entry, const Snapshot &snapshot,
                     const std::string &routeId, config::Findings &findings)
{
    const Result<std::unique_ptr<const Middleware>> made = makeMiddleware(entry, snapshot, routeId);
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
