// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// {text, last}: decides the last recorded exchanges under the configuration in force and under
/// \a text, both from the same beginning, and lists where they differ.
[[nodiscard]] Answer dryRun(gateway::Gateway &gateway, const QJsonObject &body);

} // namespace gatehouse::admin
