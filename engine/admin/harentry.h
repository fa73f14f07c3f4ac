// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/observe/recorder.h"

#include <QJsonObject>

namespace gatehouse::admin {

/// A recorded exchange as an entry of a HAR file (HTTP Archive 1.2). A body that was cut says so.
[[nodiscard]] Result<QJsonObject> harEntry(observe::Recorder &recorder, quint64 seq,
                                           bool isRevealed);

} // namespace gatehouse::admin
