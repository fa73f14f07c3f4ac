// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/explanation.h"

#include "engine/core/units.h"

#include <algorithm>

namespace gatehouse::app {

const config::ServiceConfig *serviceOf(const gateway::Snapshot &snapshot,
                                       const config::RouteConfig &route)
{
    const auto it =
        std::ranges::find(snapshot.config->services, route.service, &config::ServiceConfig::id);
    return it == snapshot.config->services.end() ? nullptr : &*it;
}

std::vector<std::pair<QString, QString>> timeoutsOf(const gateway::Explanation &explanation,
                                                    const config::ServiceConfig *service)
{
    std::vector<std::pair<QString, QString>> timeouts;
    for (const gateway::Stage &stage : explanation.chain) {
        if (stage.entry.use == "timeout")
            timeouts.emplace_back("request",
                                  formatDuration(stage.entry.settings.durationOf("request")));
    }
    if (service) {
        timeouts.emplace_back("connect", formatDuration(service->timeouts.connect));
        timeouts.emplace_back("response_header", formatDuration(service->timeouts.responseHeader));
        timeouts.emplace_back("idle", formatDuration(service->timeouts.idle));
    }
    return timeouts;
}

} // namespace gatehouse::app
