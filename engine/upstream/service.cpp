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

Task<Result<std::vector<net::Address>>> Service::addressesOf(Instance &instance)
{
    if (instance.address())
        co_return std::vector<net::Address>(1, *instance.address());
    Result<std::vector<net::Address>> addresses =
        co_await m_resolver.resolve(instance.host(), instance.port());
    co_return addresses;
}

Task<Result<std::unique_ptr<Connection>>> Service::connect(Instance &instance, SteadyTime deadline)
{
    const SteadyTime began = Clock::system().now();
    const SteadyTime until = std::min(deadline, began + m_config.timeouts.connect);
    const QString name = QString::fromStdString(instance.url());
    instance.stats.connects.fetch_add(1, std::memory_order_relaxed);
    const Result<std::vector<net::Address>> addresses = co_await addressesOf(instance);
    if (!addresses) {
        instance.noteConnectFailed(began);
        const Error error(ErrorCode::UpstreamConnect, "the instance's name does not resolve");
        co_return std::unexpected(
            error.causedBy(addresses.error().message()).with("instance", name));
    }
    Result<void> connected;
    // A name may have several addresses, of which not all answer: "localhost" is ::1 as well.
    for (const net::Address &address : *addresses) {
        auto connection = std::make_unique<Connection>(m_pool, instance);
        connected = co_await connection->connect(address, until);
        if (connected) {
            instance.noteConnected();
            co_return connection;
        }
    }
    instance.noteConnectFailed(Clock::system().now());
    co_return std::unexpected(connected.error().with("instance", name));
}

} // namespace gatehouse::upstream
