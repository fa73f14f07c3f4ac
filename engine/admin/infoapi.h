// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// Version, process, listeners, generation.
[[nodiscard]] Answer showInfo(const gateway::Gateway &gateway);
[[nodiscard]] Answer listServices(const gateway::Gateway &gateway);
[[nodiscard]] Answer showLogLevels();
/// {component, level}.
[[nodiscard]] Answer setLogLevels(const QJsonObject &body);

} // namespace gatehouse::admin
