// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <QJsonObject>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// Everything about a recorded exchange, as client::ExchangeDetail reads it: what happened in a
/// sentence, the stages with the lines of the configuration that they come from, the routes that
/// lost, the four heads and who changed what. Near misses are found again from the head that was
/// kept and the revision that served it. Secrets are masked unless \a isRevealed.
[[nodiscard]] Result<QJsonObject> exchangeJson(gateway::Gateway &gateway, quint64 seq,
                                               bool isRevealed);

} // namespace gatehouse::admin
