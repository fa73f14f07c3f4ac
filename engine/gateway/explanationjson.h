// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/explain.h"

#include <QJsonObject>
#include <QString>

#include <utility>
#include <vector>

namespace gatehouse::gateway {

/// Who answers for the route; nullptr if its chain does.
[[nodiscard]] const config::ServiceConfig *serviceOf(const Snapshot &snapshot,
                                                     const config::RouteConfig &route);
/// Name and value of each deadline that is in force for the winner.
[[nodiscard]] std::vector<std::pair<QString, QString>>
timeoutsOf(const Explanation &explanation, const config::ServiceConfig *service);

/// {file, line, column}.
[[nodiscard]] QJsonObject toJson(const config::Mark &mark);
/// What `gatehouse explain --format json` prints and POST /admin/v1/explain answers. \a snapshot is
/// the one that was asked.
[[nodiscard]] QJsonObject toJson(const Snapshot &snapshot, const Explanation &explanation);

} // namespace gatehouse::gateway
