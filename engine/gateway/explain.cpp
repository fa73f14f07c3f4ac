// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/explain.h"

#include "engine/gateway/chains.h"
#include "engine/gateway/preflight.h"
#include "engine/gateway/routehandler.h"
#include "engine/http/requestparser.h"

namespace gatehouse::gateway {

namespace {

/// The head that a client would send, so that the codec reads it as it reads every other.
std::string headOf(const Question &question)
{
    std::string url = question.url;
    const std::size_t fragment = url.find('#');
    url = url.substr(0, fragment); // stays with the client (RFC 9110, section 4.2.5)
    std::string head = question.method + ' ' + url + " HTTP/1.1\r\n";
    const bool isAbsolute = url.find("://") != std::string::npos;
    bool hasHost = false;
    for (const std::string &line : question.headers) {
        hasHost |=
            line.size() > 5 && equalsIgnoringCase(std::string_view(line).substr(0, 5), "host:");
        head += line + "\r\n";
    }
    if (!hasHost)
        head += isAbsolute ? "Host: of-the-url\r\n" : "Host: localhost\r\n";
    return head + "\r\n";
}

using Middlewares = std::vector<std::unique_ptr<const Middleware>>;

/// Runs what rewrites the request, and nothing else: explaining must not log, limit or answer.
/// Gives what has run, because the request may hold texts of theirs.
Result<Middlewares> applyRewrites(const Snapshot &snapshot, const config::RouteConfig &route,
                                  Exchange &exchange)
{
    Middlewares run;
    for (const config::MiddlewareConfig &entry : route.middleware) {
        if (entry.use != "rewrite")
            continue;
        Result<std::unique_ptr<const Middleware>> made =
            makeMiddleware(entry, snapshot, route.id, {}, {}); // rewrite needs no services
        if (!made)
            return std::unexpected(made.error());
        // An answer here is a refused path, which shows as it is.
        if (const Hooks *hooks = (*made)->asHooks())
            (void)hooks->onRequest(exchange);
        run.push_back(std::move(*made));
    }
    return run;
}

int statusFor(const routing::Router::Match &match)
{
    switch (match.kind) {
    case routing::Router::Kind::Found:
        return 0;
    case routing::Router::Kind::MethodNotAllowed:
        return 405;
    case routing::Router::Kind::BadParameter:
        return 400;
    case routing::Router::Kind::NotFound:
        break;
    }
    return 404;
}

std::string targetOf(const Request &request)
{
    std::string target(request.path());
    if (request.hasQuery())
        target.append("?").append(request.query());
    return target;
}

PreflightAnswer answerOf(const Preflights &preflights, const config::RouteConfig &route,
                         Exchange &exchange)
{
    const Headers &asked = exchange.request().headers();
    const Response response = preflights.answer(exchange, route.id);
    PreflightAnswer answer;
    answer.origin = asked.value("Origin");
    answer.method = asked.value("Access-Control-Request-Method");
    answer.status = response.status();
    for (const Field &field : response.headers().fields())
        answer.fields.emplace_back(field.name, field.value);
    answer.isAllowed = !response.headers().value("Access-Control-Allow-Origin").empty();
    return answer;
}

/// What the router says. The winner's parameters are in \a exchange then, which refers to
/// \a pathParams.
void matchRoute(const Snapshot &snapshot, Exchange &exchange, std::vector<PathParam> &pathParams,
                Explanation &result)
{
    const Request &request = exchange.request();
    routing::Params params;
    const FieldLookup lookup{request.headers()};
    const routing::Router::Match match =
        snapshot.router.match(viewOf(request, lookup), exchange.arena(), params, &result.trace);
    result.status = statusFor(match);
    if (result.status == 405)
        result.allow = snapshot.router.allow(match);
    if (result.status != 0)
        return;
    const config::RouteConfig &route =
        snapshot.config->routes[static_cast<std::size_t>(match.route)];
    if (isTraceRefused(request, route)) {
        result.status = 405;
        result.allow = everyMethod;
        return;
    }
    result.route = &route;
    exchange.setRoute(route.id, 0);
    for (const routing::Params::Param &param : params) {
        result.params.emplace_back(param.name, param.value);
        pathParams.push_back({param.name, param.value});
    }
    exchange.setPathParams(pathParams);
}

/// What the winner's chain makes of it.
Result<void> followChain(const Snapshot &snapshot, Exchange &exchange, Explanation &result)
{
    result.chain = chainOf(snapshot, *result.route);
    result.notes = orderNotes(result.chain);
    const Result<Middlewares> rewritten = applyRewrites(snapshot, *result.route, exchange);
    if (!rewritten)
        return std::unexpected(rewritten.error());
    result.sentTarget = targetOf(exchange.request());
    result.sentHost = exchange.request().authority();
    return {};
}

} // namespace

Result<Explanation> explain(const Snapshot &snapshot, const Question &question)
{
    Exchange exchange;
    Request &request = exchange.request();
    const std::string head = headOf(question);
    const Result<Framing> framing = parseRequestHead(head, {}, request);
    if (!framing)
        return std::unexpected(framing.error());

    Explanation result;
    result.status = ownStatus(request, snapshot.config->isDevelopment());
    result.isOwn = result.status != 0;
    result.chain = pipelineOf(*snapshot.config); // routing is its innermost element
    if (result.isOwn)
        return result;
    const Result<std::unique_ptr<const Preflights>> preflights = Preflights::build(snapshot);
    if (!preflights)
        return std::unexpected(preflights.error());
    if (const config::RouteConfig *const route = (*preflights)->routeOf(exchange)) {
        result.route = route;
        result.chain = preflightChainOf(snapshot);
        result.preflight = answerOf(**preflights, *route, exchange);
        return result;
    }
    std::vector<PathParam> pathParams;
    matchRoute(snapshot, exchange, pathParams, result);
    if (!result.route)
        return result;
    if (const Result<void> followed = followChain(snapshot, exchange, result); !followed)
        return std::unexpected(followed.error());
    return result;
}

} // namespace gatehouse::gateway
