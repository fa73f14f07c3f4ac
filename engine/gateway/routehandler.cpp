// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/routehandler.h"

#include "engine/core/log.h"
#include "engine/http/errorresponse.h"

#include <QDateTime>

#include <algorithm>

namespace gatehouse::gateway {

namespace {

constexpr std::string_view ownPrefix = "/_gateway/";

/// Copies what was matched to where the middlewares read it.
std::span<const PathParam> keep(const routing::Params &params, Arena &arena)
{
    if (params.size() == 0)
        return {};
    const auto count = static_cast<std::size_t>(params.size());
    auto *kept =
        static_cast<PathParam *>(arena.allocate(count * sizeof(PathParam), alignof(PathParam)));
    std::size_t i = 0;
    for (const routing::Params::Param &param : params)
        ::new (&kept[i++]) PathParam{param.name, param.value};
    return {kept, count};
}

Response healthAnswer(Exchange &exchange)
{
    const std::string now =
        QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toStdString();
    const std::string json =
        R"({"status":"healthy","service":"gateway","timestamp":")" + now + "\"}\n";
    return Response::text(exchange.arena(), 200, json, "application/json");
}

Response methodNotAllowed(Exchange &exchange, std::string_view allowed)
{
    const QString rule = QString("%1 is not allowed for %2")
                             .arg(QString::fromUtf8(exchange.request().methodText()),
                                  QString::fromUtf8(exchange.request().path()));
    Response response = errorResponse(exchange, Error(ErrorCode::MethodNotAllowed, rule));
    response.headers().add(FieldName::Allow, "Allow", exchange.arena().copy(allowed));
    return response;
}

} // namespace

int ownStatus(const Request &request, bool isDevelopment)
{
    if (request.path() == "*") // RFC 9110, section 9.3.7: about the server as a whole
        return 204;
    if (request.path() == "/_gateway/health"
        || (isDevelopment && request.path() == "/_gateway/echo"))
        return 200;
    return 0;
}

bool isTraceRefused(const Request &request, const config::RouteConfig &route)
{
    return request.method() == Method::Trace
        && std::ranges::find(route.methods, "TRACE") == route.methods.end();
}

std::optional<std::string_view> FieldLookup::operator()(std::string_view name, int n) const
{
    for (const Field &field : headers.fields()) {
        if (equalsIgnoringCase(field.name, name) && n-- == 0)
            return field.value;
    }
    return std::nullopt;
}

routing::RequestView viewOf(const Request &request, const FieldLookup &lookup)
{
    return {request.methodText(), request.authority(), request.path(), request.query(),
            routing::Fields(lookup)};
}

RouteHandler::RouteHandler(const Snapshot &snapshot, std::vector<Chain> chains,
                           std::unique_ptr<const Chain> echo)
    : m_snapshot(snapshot)
    , m_chains(std::move(chains))
    , m_echo(std::move(echo))
{
}

Task<Response> RouteHandler::answer(Response response)
{
    co_return response;
}

Response RouteHandler::refused(Exchange &exchange)
{
    const Error error = *exchange.refusal();
    Response response = errorResponse(exchange, error);
    response.closeConnection();                      // where the next request begins is not known
    if (error.code() == ErrorCode::MethodNotAllowed) // RFC 9110, section 15.5.6
        response.headers().add(FieldName::Allow, "Allow", everyMethod);
    return response;
}

Task<Response> RouteHandler::handle(Exchange &exchange) const
{
    if (exchange.refusal())
        return answer(refused(exchange));
    const Request &request = exchange.request();
    if (request.path() == "*" || request.path().starts_with(ownPrefix)) {
        if (request.path() == "/_gateway/echo" && m_echo)
            return m_echo->run(exchange);
        if (std::optional<Response> own = ownAnswer(exchange))
            return answer(std::move(*own));
    }
    routing::Params params;
    const FieldLookup lookup{request.headers()};
    const routing::Router::Match match =
        m_snapshot.router.match(viewOf(request, lookup), exchange.arena(), params);
    const bool isFound = match.kind == routing::Router::Kind::Found;
    exchange.trace().mark("route.match", isFound ? Verdict::Passed : Verdict::Failed);
    if (!isFound)
        return answer(missed(exchange, match));
    const auto index = static_cast<std::size_t>(match.route);
    const config::RouteConfig &route = m_snapshot.config->routes[index];
    if (isTraceRefused(request, route))
        return answer(methodNotAllowed(exchange, everyMethod));
    exchange.setRoute(route.id, m_snapshot.metricsRows[index]);
    if (route.errors == "graphql")
        exchange.setErrorFormat(ErrorFormat::GraphQl);
    exchange.setPathParams(keep(params, exchange.arena()));
    return m_chains[index].run(exchange);
}

std::optional<Response> RouteHandler::ownAnswer(Exchange &exchange)
{
    const Request &request = exchange.request();
    if (request.path() == "*") {
        Response response(exchange.arena(), 204);
        response.headers().add(FieldName::Allow, "Allow", everyMethod);
        return response;
    }
    if (request.path() == "/_gateway/health")
        return healthAnswer(exchange);
    return std::nullopt;
}

Response RouteHandler::missed(Exchange &exchange, const routing::Router::Match &match) const
{
    const Request &request = exchange.request();
    if (match.kind == routing::Router::Kind::MethodNotAllowed)
        return methodNotAllowed(exchange, m_snapshot.router.allow(match));
    if (match.kind == routing::Router::Kind::BadParameter) {
        const QString rule =
            QString("path parameter %1 must be of type %2")
                .arg(QString::fromUtf8(match.parameter), QString::fromUtf8(match.type));
        return errorResponse(exchange, Error(ErrorCode::BadRequest, rule));
    }
    Error error(
        ErrorCode::NotFound,
        QString("no route for %1 %2")
            .arg(QString::fromUtf8(request.methodText()), QString::fromUtf8(request.path())));
    if (exchange.isDevelopment()) {
        const FieldLookup lookup{request.headers()};
        QStringList nearest;
        for (const std::string &id : m_snapshot.router.nearest(viewOf(request, lookup)))
            nearest << QString::fromStdString(id);
        if (!nearest.isEmpty())
            error = error.with("nearest", nearest.join(", "));
    }
    return errorResponse(exchange, error);
}

} // namespace gatehouse::gateway
