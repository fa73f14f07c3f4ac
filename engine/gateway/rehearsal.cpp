// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/rehearsal.h"

#include "engine/config/loader.h"
#include "engine/gateway/chains.h"
#include "engine/gateway/routehandler.h"
#include "engine/http/requestparser.h"
#include "engine/observe/facts.h"
#include "engine/state/memorystore.h"

#include <algorithm>

namespace gatehouse::gateway {

namespace {

/// Kinds that decide by the request alone and never wait.
constexpr std::string_view rehearsed[] = {"ip_filter", "rate_limit", "redirect", "respond",
                                          "rewrite"};
constexpr qint64 storeEntries = 100'000;
/// Steady times are after the epoch, as limits expect; what matters is their distance.
constexpr std::chrono::hours firstMoment{24};

bool isRehearsed(const std::string &kind)
{
    return std::ranges::find(rehearsed, kind) != std::end(rehearsed);
}

SteadyTime steady(qint64 nanoseconds)
{
    return SteadyTime(firstMoment) + std::chrono::nanoseconds(nanoseconds);
}

int statusFor(routing::Router::Kind kind)
{
    switch (kind) {
    case routing::Router::Kind::MethodNotAllowed:
        return 405;
    case routing::Router::Kind::BadParameter:
        return 400;
    default:
        return 404;
    }
}

/// What is not rehearsed, as text that can be compared.
std::map<std::string, std::string> unknownsOf(const std::vector<config::MiddlewareConfig> &entries)
{
    std::map<std::string, std::string> unknowns;
    for (const config::MiddlewareConfig &entry : entries) {
        if (!isRehearsed(entry.use))
            unknowns[entry.use] += config::toYaml(entry.settings);
    }
    return unknowns;
}

} // namespace

struct Rehearsal::Running
{
    qint64 end;
    std::unique_ptr<Exchange> exchange;
};

Rehearsal::Rehearsal(std::shared_ptr<const Snapshot> snapshot)
    : m_snapshot(std::move(snapshot))
    , m_services(std::make_shared<middleware::Services>())
{
    m_services->limits = std::make_shared<limits::Book>();
    m_services->store = std::make_shared<state::MemoryStore>(storeEntries);
    m_services->background = std::make_shared<BackgroundJobs>();
}

Rehearsal::~Rehearsal() = default;

Result<std::unique_ptr<Rehearsal>> Rehearsal::prepare(std::shared_ptr<const Snapshot> snapshot)
{
    std::unique_ptr<Rehearsal> rehearsal(new Rehearsal(std::move(snapshot)));
    const config::Config &config = *rehearsal->m_snapshot->config;
    Result<Links> global = rehearsal->make(config.pipeline, {});
    if (!global)
        return std::unexpected(global.error());
    rehearsal->m_global = std::move(*global);
    for (const config::RouteConfig &route : config.routes) {
        Result<Links> links = rehearsal->make(route.middleware, route.id);
        if (!links)
            return std::unexpected(links.error());
        rehearsal->m_routes.push_back(std::move(*links));
    }
    return rehearsal;
}

Result<Rehearsal::Links> Rehearsal::make(const std::vector<config::MiddlewareConfig> &entries,
                                         const std::string &route)
{
    Links links;
    for (const config::MiddlewareConfig &entry : entries) {
        if (!isRehearsed(entry.use))
            continue;
        const std::string id = (route.empty() ? "pipeline" : route) + '/'
            + (entry.name.empty() ? entry.use : entry.name) + '-' + std::to_string(links.size());
        Result<std::unique_ptr<const Middleware>> made =
            makeMiddleware(entry, *m_snapshot, route, id, *m_services);
        if (!made)
            return std::unexpected(made.error().at(QString::fromStdString(entry.path)));
        links.push_back({entry.use, std::move(*made)});
    }
    return links;
}

/// Places that running requests hold come back when these end.
void Rehearsal::finishUntil(qint64 now)
{
    while (!m_running.empty() && m_running.front().end <= now) {
        m_running.front().exchange->finish(steady(m_running.front().end));
        m_running.pop_front();
    }
}

Outcome Rehearsal::decide(const PastRequest &request)
{
    finishUntil(request.start);
    auto owned = std::make_unique<Exchange>();
    Exchange &exchange = *owned;
    Outcome outcome;
    const std::string_view head = exchange.arena().copy(request.head);
    if (!parseRequestHead(head, HeadLimits(), exchange.request())) {
        outcome.status = 400;
        outcome.by = "adapter.convert";
        return outcome;
    }
    exchange.setStartTime(steady(request.start));
    exchange.trace().start(exchange.startTime());
    exchange.setClientAddress(exchange.arena().copy(request.client));
    exchange.setPeer({exchange.clientAddress(), 0, false, "http", "rehearsal"});
    if (!request.subject.empty()) {
        const std::string_view subject = exchange.arena().copy(request.subject);
        exchange.setIdentity(
            exchange.arena().make<Identity>(Identity{"rehearsal", subject, {}, {}, {}, {}}));
    }
    if (!isAnswered(m_global, exchange, outcome))
        route(exchange, outcome);
    const qint64 end = request.start + request.duration;
    const auto place = std::ranges::upper_bound(m_running, end, {}, &Running::end);
    m_running.insert(place, Running{end, std::move(owned)});
    return outcome;
}

bool Rehearsal::isAnswered(const Links &links, Exchange &exchange, Outcome &outcome) const
{
    for (const Link &link : links) {
        const Hooks *const hooks = link.middleware->asHooks();
        if (!hooks)
            continue;
        const std::optional<Response> answer = hooks->onRequest(exchange);
        exchange.trace().mark(link.name, exchange.startTime());
        if (!answer)
            continue;
        outcome.status = answer->status();
        outcome.by = link.name;
        std::string detail;
        exchange.trace().stages().back().describe(detail);
        outcome.limit = observe::factIn(detail, "rule");
        return true;
    }
    return false;
}

void Rehearsal::route(Exchange &exchange, Outcome &outcome) const
{
    const Request &request = exchange.request();
    const int own = ownStatus(request, m_snapshot->config->isDevelopment());
    if (own != 0) {
        outcome.status = own;
        outcome.by = "gateway";
        return;
    }
    routing::Params params;
    const FieldLookup lookup{request.headers()};
    const routing::Router::Match match =
        m_snapshot->router.match(viewOf(request, lookup), exchange.arena(), params);
    if (match.kind != routing::Router::Kind::Found) {
        outcome.status = statusFor(match.kind);
        outcome.by = "route.match";
        return;
    }
    const auto index = std::size_t(match.route);
    const config::RouteConfig &route = m_snapshot->config->routes[index];
    outcome.route = route.id;
    exchange.setRoute(route.id, match.route);
    std::vector<PathParam> kept;
    for (const routing::Params::Param &param : params)
        kept.push_back({param.name, param.value});
    exchange.setPathParams(kept);
    if (!isAnswered(m_routes[index], exchange, outcome)) {
        outcome.service = route.service;
        outcome.target = request.path();
        if (request.hasQuery())
            outcome.target.append("?").append(request.query());
    }
    exchange.setPathParams({});
}

std::string Rehearsal::unrehearsed(const Rehearsal &other, const std::string &route) const
{
    const auto of = [&route](const Rehearsal &each) {
        std::vector<config::MiddlewareConfig> entries = each.m_snapshot->config->pipeline;
        const auto &routes = each.m_snapshot->config->routes;
        const auto found = std::ranges::find(routes, route, &config::RouteConfig::id);
        if (found != routes.end())
            entries.insert(entries.end(), found->middleware.begin(), found->middleware.end());
        return unknownsOf(entries);
    };
    const std::map<std::string, std::string> mine = of(*this);
    std::map<std::string, std::string> theirs = of(other);
    std::string kinds;
    const auto add = [&kinds](const std::string &kind) {
        kinds.append(kinds.empty() ? "" : ", ").append(kind);
    };
    for (const auto &[kind, settings] : mine) {
        const auto found = theirs.find(kind);
        if (found == theirs.end() || found->second != settings)
            add(kind);
        if (found != theirs.end())
            theirs.erase(found);
    }
    for (const auto &[kind, settings] : theirs)
        add(kind);
    return kinds;
}

} // namespace gatehouse::gateway
