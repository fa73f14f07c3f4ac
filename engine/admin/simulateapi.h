// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// {limit | rule, pattern}: plays a pattern of requests of one key against a limit that begins
/// empty, on a clock of its own. rule is {algorithm, limit, window, burst, penalty}; pattern is
/// {rate, duration, burst, burst_every}: requests a second for so long, and so many at once in
/// between. Answers {points: [[seconds, is_allowed, left], ...], allowed, denied}.
[[nodiscard]] Answer simulateLimit(const gateway::Gateway &gateway, const QJsonObject &body);

} // namespace gatehouse::admin
