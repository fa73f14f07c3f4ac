// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/middleware/factory.h"
#include "engine/net/addressrange.h"
#include "engine/observe/metrics.h"
#include "engine/routing/router.h"

namespace gatehouse::gateway {

/// One generation of the configuration, compiled: what all workers share. Immutable.
struct Snapshot
{
    quint64 generation = 0;
    std::shared_ptr<const config::Config> config;
    std::shared_ptr<const middleware::Factories> factories;
    std::string folder; ///< of the main file
    routing::Router router;
    std::vector<int> metricsRows; ///< by route index
    std::vector<net::AddressRange> trustedProxies;
    /// By listener: connections open on all workers. Outlives a reload.
    std::map<std::string, std::shared_ptr<std::atomic<qint64>>> openConnections;
};

/// Compiles \a config. Appends what the schema could not see: conflicting routes, middlewares whose
/// settings make no sense together, routes that nothing answers. nullptr if one is an error.
[[nodiscard]] std::shared_ptr<const Snapshot>
compile(std::shared_ptr<const config::Config> config,
        std::shared_ptr<const middleware::Factories> factories, const std::string &file,
        quint64 generation, config::Findings &findings);

} // namespace gatehouse::gateway
