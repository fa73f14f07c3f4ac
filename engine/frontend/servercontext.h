// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/http/headscanner.h"
#include "engine/http/middleware.h"
#include "engine/net/addressrange.h"

#include <atomic>
#include <memory>

namespace gatehouse::frontend {

/// What the connections of one listener need of one generation of the configuration. Immutable; an
/// exchange keeps the one it began with.
struct ServerSettings
{
    config::ListenerConfig listener;
    HeadLimits headLimits;
    std::vector<net::AddressRange> trustedProxies;
    std::string clientIpHeader; ///< the only one that names the client; empty: the usual ones
    bool isDevelopment = false;
    std::shared_ptr<const Handler> handler;               ///< the whole pipeline
    std::shared_ptr<std::atomic<qint64>> openConnections; ///< of this listener, on all workers

    [[nodiscard]] bool isTrusted(const net::Address &peer) const;
};

/// Counters of one listener on one worker. Written by the worker, read by anyone.
struct ServerStats
{
    std::atomic<quint64> accepted = 0;
    std::atomic<quint64> refused = 0;    ///< over limits.connections
    std::atomic<quint64> malformed = 0;  ///< requests answered without the pipeline: 400, 431 ...
    std::atomic<quint64> timedOut = 0;   ///< cut for being slow
    std::atomic<qint64> connections = 0; ///< open now
    std::atomic<qint64> active = 0;      ///< exchanges running now
};

} // namespace gatehouse::frontend
