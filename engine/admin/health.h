// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

struct Health
{
    bool isServing = false; ///< healthy or degraded
    QJsonObject
        report; ///< {status, timestamp, checks: {name: {status, error?}}, version, service_id}
};

/// "healthy"; "degraded" while some instance of a service is out; "unhealthy" once all of one are.
[[nodiscard]] Health healthOf(const gateway::Gateway &gateway);
[[nodiscard]] QJsonObject readyReport(bool isReady);
[[nodiscard]] QJsonObject liveReport();

} // namespace gatehouse::admin
