// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/places.h"
#include "engine/observe/rawexchange.h"

#include <QJsonArray>
#include <QJsonObject>

namespace gatehouse::admin {

/// The four messages of an exchange: {received, sent, got, answered}, those that there were.
[[nodiscard]] QJsonObject messagesJson(const observe::RawExchange &raw, bool isRevealed);
/// Who changed what between them. What no middleware has changed is the work of every proxy: it is
/// there "by": "gateway".
[[nodiscard]] QJsonArray changesJson(const observe::RawExchange &raw, const Places &places,
                                     bool isRevealed);

} // namespace gatehouse::admin
