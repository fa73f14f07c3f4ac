// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/frontend/requestbody.h"
#include "engine/http/middleware.h"

#include <memory>
#include <optional>

namespace gatehouse::frontend {

class ServerConnection;

/// One request of a connection while it is being answered: exchange, body, root task and the
/// generation of the configuration it began with. Pooled, with its arena, so that a request costs
/// no allocation once a worker is warm, and an idle connection holds none of this.
class ServerExchange final : private net::Deferred
{
public:
    /// From the calling thread's pool.
    static std::unique_ptr<ServerExchange> take();
    /// Back into the pool, reset.
    static void recycle(std::unique_ptr<ServerExchange> exchange);

    /// Lends the connection's stream and input to a request body.
    void bind(ServerConnection &connection, net::Stream &stream, net::InputBuffer &input);
    void run(Task<void> root, std::shared_ptr<const Handler> handler);
    /// Ends the root task, wherever it waits. From the event loop only.
    void cancel() { m_root = {}; }
    /// Calls ServerConnection::exchangeEnded() from the event loop. The root's last line.
    void reportEnd() { net::EventDispatcher::current().defer(*this); }

    Exchange &exchange() { return m_exchange; }
    RequestBody &body() { return *m_body; }
    [[nodiscard]] const Handler &handler() const { return *m_handler; }
    Framing framing;
    bool keepsAlive = false; ///< decided when the answer's head was written

private:
    void onDeferred() override;

    ServerConnection *m_connection = nullptr;
    Exchange m_exchange;
    std::optional<RequestBody> m_body;
    std::shared_ptr<const Handler> m_handler;
    Task<void> m_root; // last: ends before what it uses
};

} // namespace gatehouse::frontend
