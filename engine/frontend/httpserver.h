// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/frontend/serverconnection.h"
#include "engine/frontend/servercontext.h"
#include "engine/net/listener.h"

namespace gatehouse::frontend {

/// One listener on one worker: accepts connections, bounds their number, and owns them.
/// Lives on its worker's thread; stats() may be read from any.
class HttpServer final : public net::Listener::Acceptor
{
public:
    /// Takes the listening socket \a fd over.
    HttpServer(int fd, std::shared_ptr<const ServerSettings> settings);
    ~HttpServer() override;

    [[nodiscard]] const std::shared_ptr<const ServerSettings> &settings() const
    {
        return m_settings;
    }
    /// For the requests that begin from now on; the socket and its connections stay.
    void setSettings(std::shared_ptr<const ServerSettings> settings)
    {
        m_settings = std::move(settings);
    }

    /// Stops accepting and closes connections as they become idle.
    void drain();
    /// Ends every connection.
    void abortAll();
    [[nodiscard]] bool isEmpty() const { return !m_first; }

    ServerStats &stats() { return m_stats; }
    /// How the log names a setting of this listener: "listeners[web].timeouts.header".
    [[nodiscard]] std::string settingKey(std::string_view setting) const;

    /// Destroys \a connection. For ServerConnection.
    void remove(ServerConnection &connection);

private:
    void onAccepted(int fd, const net::Address &peer) override;
    void refuse(int fd);

    std::shared_ptr<const ServerSettings> m_settings;
    std::shared_ptr<std::atomic<qint64>> m_openConnections; // all workers'
    ServerStats m_stats;
    ServerConnection *m_first = nullptr;
    std::unique_ptr<net::Listener> m_listener;
};

} // namespace gatehouse::frontend
