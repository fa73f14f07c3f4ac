// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/adminserver.h"

#include "engine/admin/exposition.h"
#include "engine/admin/health.h"
#include "engine/admin/livefeed.h"
#include "engine/admin/operations.h"
#include "engine/gateway/gateway.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QHttpServer>
#include <QJsonDocument>
#include <QUrlQuery>
#include <QWebSocket>

namespace gatehouse::admin {

namespace {

using StatusCode = QHttpServerResponder::StatusCode;

constexpr const char *feedPath = "/admin/v1/live";

QHttpServerResponse json(const QJsonObject &object, StatusCode status)
{
    return {"application/json", QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n',
            status};
}

/// Compares digests, so that the time it takes says nothing about the token.
bool isSameSecret(const QByteArray &a, const QByteArray &b)
{
    const auto digest = [](const QByteArray &text) {
        return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    };
    return digest(a) == digest(b);
}

QHttpServerRequest::Method methodOf(client::Verb verb)
{
    switch (verb) {
    case client::Verb::Get:
        return QHttpServerRequest::Method::Get;
    case client::Verb::Post:
        return QHttpServerRequest::Method::Post;
    case client::Verb::Delete:
        break;
    }
    return QHttpServerRequest::Method::Delete;
}

/// Bytes that somebody else has made are shown as what they are by nobody.
QHttpServerResponse responseOf(const Answer &answer)
{
    QHttpServerResponse response = answer.bytes
        ? QHttpServerResponse(answer.bytes->type, answer.bytes->content,
                              static_cast<StatusCode>(answer.status))
        : json(answer.body, static_cast<StatusCode>(answer.status));
    response.setHeader(QByteArray("X-Content-Type-Options"), QByteArray("nosniff"));
    // A new key must be in no cache.
    response.setHeader(QByteArray("Cache-Control"), QByteArray("no-store"));
    return response;
}

QHttpServerResponse forbidden()
{
    return json(
        {{"code", "unauthorized"}, {"detail", "send the admin token: Authorization: Bearer ..."}},
        StatusCode::Unauthorized);
}

} // namespace

AdminServer::AdminServer(gateway::Gateway &gateway)
    : m_gateway(gateway)
    , m_server(std::make_unique<QHttpServer>())
    , m_feed(std::make_unique<LiveFeed>(gateway))
{
    connect(m_server.get(), &QHttpServer::newWebSocketConnection, this,
            &AdminServer::acceptListener);
    addRoutes();
    addOperations();
}

AdminServer::~AdminServer() = default;

/// A local caller needs no token. Anybody else does, and the browser of a local caller is kept out
/// by the Host check: a page that rebinds its name to 127.0.0.1 still sends its own name.
bool AdminServer::isAllowed(const Caller &caller) const
{
    if (!m_token.isEmpty() && caller.authorization.startsWith("Bearer ")
        && isSameSecret(caller.authorization.sliced(7), m_token))
        return true;
    if (m_isTokenNeeded || !caller.address.isLoopback() || !caller.origin.isEmpty())
        return false;
    QByteArray host = caller.host;
    const qsizetype colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']'))
        host.truncate(colon);
    return host == "localhost" || host == "[::1]"
        || QHostAddress(QString::fromLatin1(host)).isLoopback();
}

bool AdminServer::isAllowed(const QHttpServerRequest &request) const
{
    return isAllowed({request.value("authorization"), request.value("host"),
                      request.value("origin"), request.remoteAddress()});
}

/// The handshake is done by then; who may not listen is told so and closed.
void AdminServer::acceptListener()
{
    std::unique_ptr<QWebSocket> socket = m_server->nextPendingWebSocketConnection();
    if (!socket)
        return;
    const QNetworkRequest request = socket->request();
    const bool isLive = request.url().path() == feedPath;
    if (!isLive
        || !isAllowed({request.rawHeader("authorization"), request.rawHeader("host"),
                       socket->origin().toLatin1(), socket->peerAddress()})) {
        socket->close(QWebSocketProtocol::CloseCodePolicyViolated,
                      isLive ? QString("send the admin token: Authorization: Bearer ...")
                             : QString("the feed is at ") + feedPath);
        socket.release()->deleteLater();
        return;
    }
    const QUrlQuery query(request.url());
    constexpr quint64 mostBacklog = 1'000'000;
    m_feed->add(std::move(socket),
                std::min(query.queryItemValue("backlog").toULongLong(), mostBacklog));
}

void AdminServer::requireToken(const QByteArray &token)
{
    m_token = token;
    m_isTokenNeeded = true;
}

void AdminServer::addRoutes()
{
    m_server->route("/metrics", [this](const QHttpServerRequest &request) {
        if (!isAllowed(request))
            return forbidden();
        return QHttpServerResponse("text/plain; version=0.0.4; charset=utf-8",
                                   QByteArray::fromStdString(exposition(m_gateway)));
    });
    const auto health = [this](const QHttpServerRequest &) {
        const Health state = healthOf(m_gateway);
        return json(state.report,
                    state.isServing ? StatusCode::Ok : StatusCode::ServiceUnavailable);
    };
    const auto ready = [this](const QHttpServerRequest &) {
        const bool isReady = !m_gateway.isDraining() && healthOf(m_gateway).isServing;
        return json(readyReport(isReady),
                    isReady ? StatusCode::Ok : StatusCode::ServiceUnavailable);
    };
    // QtHttpServer 6.4 asks for a route that takes the request before it hands out the socket of a
    // handshake; one that writes nothing.
    m_server->route(
        feedPath, [](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
            if (request.value("upgrade").isEmpty())
                responder.write(
                    QJsonDocument(
                        Answer::from(Error(ErrorCode::BadRequest, "the feed is a WebSocket")).body),
                    StatusCode::BadRequest);
        });
    const auto live = [](const QHttpServerRequest &) { return json(liveReport(), StatusCode::Ok); };
    for (const char *path : {"/healthz", "/health"})
        m_server->route(path, health);
    for (const char *path : {"/readyz", "/ready"})
        m_server->route(path, ready);
    for (const char *path : {"/livez", "/live"})
        m_server->route(path, live);
}

void AdminServer::addOperations()
{
    for (const client::Operation &operation : client::operations()) {
        const auto answer = [this, op = operation.op](const QHttpServerRequest &request) {
            if (!isAllowed(request))
                return forbidden();
            return responseOf(
                perform(op, m_gateway,
                        {request.query(), request.body(), request.remoteAddress().toString()}));
        };
        m_server->route(operation.path, methodOf(operation.verb), answer);
    }
}

Result<void> AdminServer::listen(const config::AdminConfig &config)
{
    if (config.address.empty())
        return {};
    const Result<net::HostPort> place = net::Address::splitHostPort(config.address);
    const QString text = QString::fromStdString(config.address);
    if (!place)
        return std::unexpected(place.error().at("admin.address"));
    const QHostAddress host = place->host == "localhost"
        ? QHostAddress(QHostAddress::LocalHost)
        : QHostAddress(QString::fromStdString(place->host));
    if (!m_isTokenNeeded)
        m_token = QByteArray::fromStdString(config.token);
    if (!host.isLoopback() && m_token.isEmpty()) {
        const Error error(ErrorCode::InvalidConfig,
                          text + " is a public address: set admin.token, or use 127.0.0.1");
        return std::unexpected(error.at("admin.address"));
    }
    const quint16 port = m_server->listen(host, place->port);
    if (port == 0)
        return fail(ErrorCode::Unavailable, "cannot listen on " + text + " (admin.address)");
    const QString shown = host.protocol() == QAbstractSocket::IPv6Protocol
        ? '[' + host.toString() + ']'
        : host.toString();
    m_address = QString("%1:%2").arg(shown).arg(port).toStdString();
    return {};
}

} // namespace gatehouse::admin
