// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"

#include <string_view>

namespace gatehouse::admin {

/// Where the stages of an exchange come from in the configuration that served it.
class Places
{
public:
    /// \a snapshot may be null: nothing is known then.
    Places(std::shared_ptr<const gateway::Snapshot> snapshot, std::string_view route);

    /// Of a middleware, the route or the service; no line for what is not configured.
    [[nodiscard]] config::Mark of(std::string_view stage) const;
    [[nodiscard]] config::Mark ofRoute(std::string_view route) const;

private:
    std::shared_ptr<const gateway::Snapshot> m_snapshot;
    const config::RouteConfig *m_route = nullptr;
};

} // namespace gatehouse::admin
