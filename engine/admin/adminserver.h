// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/core/result.h"

#include <QHostAddress>
#include <QObject>

#include <memory>

class QHttpServer;
class QHttpServerRequest;

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

class LiveFeed;

/// The admin address: /metrics (Prometheus), /healthz, /readyz and /livez, and their older names
/// /health, /ready and /live; the operations below /admin/v1. Runs on the control thread; a slow
/// scrape delays no request.
class AdminServer final : public QObject
{
    Q_OBJECT

public:
    /// \a gateway is not owned and outlives the server.
    explicit AdminServer(gateway::Gateway &gateway);
    ~AdminServer() override;

    /// Nothing happens without an address. Unavailable if it cannot be had, InvalidConfig for a
    /// public address without a token: whoever reaches it would own the gateway.
    Result<void> listen(const config::AdminConfig &config);
    /// "127.0.0.1:9180", with the port it really has; empty if it does not listen.
    [[nodiscard]] const std::string &address() const { return m_address; }
    /// From now on everybody needs \a token, also on loopback: for an engine that a workbench has
    /// started, which other users of the machine could reach otherwise.
    void requireToken(const QByteArray &token);

private:
    void addRoutes();
    void addOperations();
    /// What is known of who calls.
    struct Caller
    {
        QByteArray authorization;
        QByteArray host;
        QByteArray origin;
        QHostAddress address;
    };
    [[nodiscard]] bool isAllowed(const Caller &caller) const;
    [[nodiscard]] bool isAllowed(const QHttpServerRequest &request) const;
    void acceptListener();

    gateway::Gateway &m_gateway;
    std::unique_ptr<QHttpServer> m_server;
    std::unique_ptr<LiveFeed> m_feed;
    std::string m_address;
    QByteArray m_token;
    bool m_isTokenNeeded = false; ///< also on loopback
};

} // namespace gatehouse::admin
