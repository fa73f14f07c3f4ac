// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/upstream/connection.h"

#include <map>
#include <memory>
#include <vector>

namespace gatehouse::upstream {

/// The idle connections of one service on one worker, by instance; the one used last is used next.
/// Outlives the connections it has lent.
class Pool
{
public:
    explicit Pool(const config::ServiceConfig::Pool &settings) : m_settings(settings) {}

    /// nullptr if there is none.
    [[nodiscard]] std::unique_ptr<Connection> take(Instance &instance);
    /// Keeps \a connection for the next request, within pool.max_idle and max_idle_per_instance.
    void put(std::unique_ptr<Connection> connection);
    /// Destroys an idle connection. For Connection.
    void drop(Connection &connection);

private:
    using Idle = std::vector<std::unique_ptr<Connection>>;

    config::ServiceConfig::Pool m_settings;
    std::map<Instance *, Idle> m_idle;
    int m_count = 0;
};

} // namespace gatehouse::upstream
