// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/resolver.h"
#include "engine/upstream/balancer.h"
#include "engine/upstream/pool.h"

namespace gatehouse::upstream {

/// One service as one worker sees it: its instances, who is next, and the connections to them.
/// Outlives the exchanges that use it; an unchanged service lives on over a reload, connections
/// and health included.
class Service
{
public:
    /// \a resolver is not owned and outlives the service.
    Service(const config::ServiceConfig &config, net::Resolver &resolver);
    ~Service();
    Q_DISABLE_COPY_MOVE(Service)

    [[nodiscard]] const config::ServiceConfig &config() const { return m_config; }
    [[nodiscard]] std::span<const std::unique_ptr<Instance>> instances() const
    {
        return m_instances;
    }
    Balancer &balancer() { return *m_balancer; }
    Pool &pool() { return m_pool; }

    /// A new connection to \a instance. UpstreamConnect or Timeout, with the instance's name. Keeps
    /// the instance's health.
    Task<Result<std::unique_ptr<Connection>>> connect(Instance &instance, SteadyTime deadline);

private:
    Task<Result<std::vector<net::Address>>> addressesOf(Instance &instance);

    config::ServiceConfig m_config;
    net::Resolver &m_resolver;
    std::vector<std::unique_ptr<Instance>> m_instances;
    std::unique_ptr<Balancer> m_balancer;
    Pool m_pool;
};

} // namespace gatehouse::upstream
