// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/service.h"

#include <algorithm>

namespace gatehouse::upstream {

Service::Service(const config::ServiceConfig &config, net::Resolver &resolver)
    : m_config(config)
    , m_resolver(resolver)
    , m_balancer(makeBalancer(config.balancer))
    , m_pool(config.pool)
{
    if (!m_balancer)
        m_balancer = makeBalancer("round_robin");
    for (const config::InstanceConfig &instance : config.instances)
        m_instances.push_back(std::make_unique<Instance>(instance, config.health));
}

Service::~Service() = default;

Task<Result<net::Address>> Service::addressOf(Instance &instance)
{
    if (instance.address())
        co_return *instance.address();
    const Result<std::vector<net::Address>> addresses =
        co_await m_resolver.resolve(instance.host(), instance.port());
    if (!addresses)
        co_return std::unexpected(addresses.error());
    co_return addresses->front();
}

Task<Result<std::unique_ptr<Connection>>> Service::connect(Instance &instance, SteadyTime deadline)
{
    const SteadyTime began = Clock::system().now();
    const SteadyTime until = std::min(deadline, began + m_config.timeouts.connect);
    const QString name = QString::fromStdString(instance.url());
    const Result<net::Address> address = co_await addressOf(instance);
    if (!address) {
        instance.noteConnectFailed(began);
        const Error error(ErrorCode::UpstreamConnect, "the instance's name does not resolve");
        co_return std::unexpected(error.causedBy(address.error().message()).with("instance", name));
    }
    auto connection = std::make_unique<Connection>(m_pool, instance);
    const Result<void> connected = co_await connection->connect(*address, until);
    instance.stats.connects.fetch_add(1, std::memory_order_relaxed);
    if (!connected) {
        instance.noteConnectFailed(Clock::system().now());
        co_return std::unexpected(connected.error().with("instance", name));
    }
    instance.noteConnected();
    co_return connection;
}

} // namespace gatehouse::upstream
