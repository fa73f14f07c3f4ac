// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/explain.h"

#include <QString>

#include <utility>
#include <vector>

namespace gatehouse::app {

// What both forms of `gatehouse explain` print.

/// Who answers for the route; nullptr if its chain does.
[[nodiscard]] const config::ServiceConfig *serviceOf(const gateway::Snapshot &snapshot,
                                                     const config::RouteConfig &route);
/// Name and value of each deadline that is in force for the winner.
[[nodiscard]] std::vector<std::pair<QString, QString>>
timeoutsOf(const gateway::Explanation &explanation, const config::ServiceConfig *service);

/// \a snapshot is the one that was asked.
void printText(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation);
void printJson(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation);

} // namespace gatehouse::app
