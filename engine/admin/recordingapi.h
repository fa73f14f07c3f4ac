// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"
#include "engine/observe/recording.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

[[nodiscard]] QJsonObject toJson(const observe::RecordingSettings &settings,
                                 const observe::RecordingStatus &status);
[[nodiscard]] Answer showRecording(const gateway::Gateway &gateway);
/// {level, body_cap, memory_budget, disk_budget, rules}: what is not there stays as it is.
[[nodiscard]] Answer setRecording(gateway::Gateway &gateway, const QJsonObject &body);
/// {file}: a path on the engine's machine.
[[nodiscard]] Answer saveCapture(gateway::Gateway &gateway, const QJsonObject &body);

} // namespace gatehouse::admin
