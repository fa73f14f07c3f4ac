// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/instance.h"

#include "engine/core/log.h"

namespace gatehouse::upstream {

Q_LOGGING_CATEGORY(lcInstance, "gatehouse.upstream.instance", QtInfoMsg)

Instance::Instance(const config::InstanceConfig &config,
                   const config::ServiceConfig::Health &health)
    : m_url(config.url)
    , m_weight(config.weight)
    , m_health(health)
{
    constexpr std::string_view scheme = "http://";
    const std::string place = m_url.starts_with(scheme) ? m_url.substr(scheme.size()) : m_url;
    if (place.starts_with("unix:")) {
        m_authority = "localhost";
        const Result<net::Address> address = net::Address::parse(place);
        if (address)
            m_address = *address;
        return;
    }
    m_authority = place;
    const Result<net::HostPort> split = net::Address::splitHostPort(place);
    m_host = split ? split->host : place;
    m_port = split ? split->port : 80;
    m_address = net::Address::fromIp(m_host, m_port);
}

void Instance::noteConnected()
{
    m_failedConnects = 0;
    if (stats.isEjected.load(std::memory_order_relaxed)) {
        stats.isEjected.store(false, std::memory_order_relaxed);
        LogLine(lcInstance(), QtInfoMsg, "instance is back").field("instance", m_url);
    }
}

void Instance::noteConnectFailed(SteadyTime now)
{
    ++m_failedConnects;
    if (m_health.unhealthyAfter > 0 && m_failedConnects >= m_health.unhealthyAfter)
        eject(now);
}

void Instance::eject(SteadyTime now)
{
    m_ejectedUntil = now + m_health.ejectionTime;
    if (stats.isEjected.exchange(true, std::memory_order_relaxed))
        return;
    LogLine(lcInstance(), QtWarningMsg, "instance taken out")
        .field("instance", m_url)
        .field("failed_connects", qint64(m_failedConnects))
        .field("tried_again_after_ms", m_health.ejectionTime.count());
}

} // namespace gatehouse::upstream
