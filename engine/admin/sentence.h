// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/rawexchange.h"

#include <QString>

namespace gatehouse::admin {

/// What happened to an exchange, in one line for people: "429: limit orders/rate_limit denied key
/// 192.0.2.7: 0 of 5 left, the next passes in 12.4 s".
[[nodiscard]] QString sentenceFor(const observe::RawExchange &raw);
/// What one stage did.
[[nodiscard]] QString sentenceFor(const observe::RawExchange::Stage &stage,
                                  const observe::RawExchange &raw);

} // namespace gatehouse::admin
