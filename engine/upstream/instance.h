// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/core/clock.h"
#include "engine/net/address.h"

#include <atomic>
#include <memory>
#include <optional>

namespace gatehouse::upstream {

/// What one worker knows of one instance: counters, read by anyone, and its health as this worker
/// sees it. Written by its worker only.
struct InstanceStats
{
    std::atomic<quint64> requests = 0; ///< attempts sent to it
    std::atomic<quint64> failures = 0; ///< of those, without a whole answer head
    std::atomic<quint64> connects = 0; ///< connections opened
    std::atomic<quint64> reused = 0;   ///< requests over a pooled connection
    std::atomic<qint64> active = 0;    ///< requests under way
    std::atomic<qint64> idle = 0;      ///< pooled connections
    std::atomic<bool> isEjected = false;
};

/// One place where a service runs, as one worker sees it.
class Instance
{
public:
    Instance(const config::InstanceConfig &config, const config::ServiceConfig::Health &health);

    /// "http://127.0.0.1:9001", as configured.
    [[nodiscard]] const std::string &url() const { return m_url; }
    /// What Host says to it: "127.0.0.1:9001".
    [[nodiscard]] const std::string &authority() const { return m_authority; }
    [[nodiscard]] int weight() const { return m_weight; }
    /// The address, if it needs no resolving.
    [[nodiscard]] const std::optional<net::Address> &address() const { return m_address; }
    [[nodiscard]] const std::string &host() const { return m_host; }
    [[nodiscard]] quint16 port() const { return m_port; }

    /// Passive health: false for a while after several failed connects in a row.
    [[nodiscard]] bool isAvailable(SteadyTime now) const { return now >= m_ejectedUntil; }
    void noteConnected();
    void noteConnectFailed(SteadyTime now);

    InstanceStats stats;
    /// Current weight of smooth round robin; belongs to the balancer.
    int currentWeight = 0;

private:
    void eject(SteadyTime now);

    std::string m_url;
    std::string m_authority;
    std::string m_host;
    quint16 m_port = 80;
    int m_weight;
    std::optional<net::Address> m_address;
    config::ServiceConfig::Health m_health;
    int m_failedConnects = 0;
    SteadyTime m_ejectedUntil;
};

} // namespace gatehouse::upstream
