// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/observe/recorder.h"

#include <QJsonObject>

namespace gatehouse::admin {

/// A recorded exchange as an entry of a HAR file (HTTP Archive 1.2). A body that was cut says so.
/// \a room is how many bytes of bodies may still go into the file; what was taken is subtracted.
[[nodiscard]] Result<QJsonObject> harEntry(observe::Recorder &recorder, quint64 seq,
                                           bool isRevealed, qint64 &room);

} // namespace gatehouse::admin
