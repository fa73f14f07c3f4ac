// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/frontend/httpserver.h"

#include "engine/core/log.h"

#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::frontend {

Q_LOGGING_CATEGORY(lcServer, "gatehouse.frontend.server", QtInfoMsg)

HttpServer::HttpServer(int fd, std::shared_ptr<const ServerSettings> settings)
    : m_settings(std::move(settings))
    , m_openConnections(m_settings->openConnections)
    , m_listener(std::make_unique<net::Listener>(fd, *this))
{
}

HttpServer::~HttpServer()
{
    m_listener.reset();
    abortAll();
}

std::string HttpServer::settingKey(std::string_view setting) const
{
    return std::string("listeners[").append(m_settings->listener.name).append("].").append(setting);
}

void HttpServer::onAccepted(int fd, const net::Address &peer)
{
    if (m_openConnections->fetch_add(1, std::memory_order_relaxed)
        >= m_settings->listener.limits.connections) {
        m_openConnections->fetch_sub(1, std::memory_order_relaxed);
        refuse(fd);
        return;
    }
    m_stats.accepted.fetch_add(1, std::memory_order_relaxed);
    auto connection = std::make_unique<ServerConnection>(*this, peer);
    if (!connection->open(fd)) {
        m_openConnections->fetch_sub(1, std::memory_order_relaxed);
        return;
    }
    ServerConnection *const added = connection.release(); // the list owns it from here
    added->next = m_first;
    if (m_first)
        m_first->previous = added;
    m_first = added;
    m_stats.connections.fetch_add(1, std::memory_order_relaxed);
}

void HttpServer::refuse(int fd)
{
    constexpr std::string_view body =
        R"({"type":"about:blank","title":"Service Unavailable","status":503,)"
        R"("detail":"too many connections","code":"unavailable"})";
    const std::string answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\n"
        "Retry-After: 1\r\nConnection: close\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    (void)::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL); // closing says it as well
    // Unread bytes would turn the close into a reset, which may overtake the answer.
    char unread[4096];
    ::shutdown(fd, SHUT_WR);
    while (::recv(fd, unread, sizeof unread, MSG_DONTWAIT) > 0) {}
    ::close(fd);
    if (m_stats.refused.fetch_add(1, std::memory_order_relaxed) == 0)
        LogLine(lcServer(), QtWarningMsg, "connections refused")
            .field("limit", settingKey("limits.connections"));
}

void HttpServer::remove(ServerConnection &connection)
{
    if (connection.previous)
        connection.previous->next = connection.next;
    else
        m_first = connection.next;
    if (connection.next)
        connection.next->previous = connection.previous;
    m_stats.connections.fetch_sub(1, std::memory_order_relaxed);
    m_openConnections->fetch_sub(1, std::memory_order_relaxed);
    delete &connection;
}

void HttpServer::drain()
{
    m_listener.reset();
    for (ServerConnection *connection = m_first; connection;) {
        ServerConnection *const next = connection->next;
        connection->drain(); // may remove itself
        connection = next;
    }
}

void HttpServer::abortAll()
{
    while (m_first)
        m_first->abort();
}

} // namespace gatehouse::frontend
