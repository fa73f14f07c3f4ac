// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/pool.h"

#include <algorithm>

namespace gatehouse::upstream {

std::unique_ptr<Connection> Pool::take(Instance &instance)
{
    Idle &idle = m_idle[&instance];
    if (idle.empty())
        return nullptr;
    std::unique_ptr<Connection> connection = std::move(idle.back());
    idle.pop_back();
    --m_count;
    instance.stats.idle.fetch_sub(1, std::memory_order_relaxed);
    connection->setBusy();
    return connection;
}

void Pool::put(std::unique_ptr<Connection> connection)
{
    Instance &instance = connection->instance();
    Idle &idle = m_idle[&instance];
    if (m_count >= m_settings.maxIdle || int(idle.size()) >= m_settings.maxIdlePerInstance)
        return; // closes it
    connection->setIdle(m_settings.idleTimeout);
    idle.push_back(std::move(connection));
    ++m_count;
    instance.stats.idle.fetch_add(1, std::memory_order_relaxed);
}

void Pool::drop(Connection &connection)
{
    Instance &instance = connection.instance();
    Idle &idle = m_idle[&instance];
    const auto isThis = [&connection](const auto &other) { return other.get() == &connection; };
    const auto it = std::ranges::find_if(idle, isThis);
    if (it == idle.end())
        return;
    const std::unique_ptr<Connection> dropped = std::move(*it);
    idle.erase(it);
    --m_count;
    instance.stats.idle.fetch_sub(1, std::memory_order_relaxed);
}

} // namespace gatehouse::upstream
