// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/core/result.h"

#include <QObject>

#include <memory>

class QHttpServer;
class QHttpServerRequest;

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

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

private:
    void addRoutes();
    void addOperations();
    [[nodiscard]] bool isAllowed(const QHttpServerRequest &request) const;

    gateway::Gateway &m_gateway;
    std::unique_ptr<QHttpServer> m_server;
    std::string m_address;
    QByteArray m_token;
};

} // namespace gatehouse::admin
