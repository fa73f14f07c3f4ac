// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"

#include <optional>
#include <string_view>

namespace gatehouse {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (IMF-fixdate, RFC 9110, section 5.6.7). Made once a second for
/// each thread; good until the thread's next call.
[[nodiscard]] std::string_view httpDate(WallTime time);

/// Reads IMF-fixdate and the two obsolete forms (RFC 9110, section 5.6.7); nullopt for anything
/// else. The name of the day is not compared with the date.
[[nodiscard]] std::optional<WallTime> parseHttpDate(std::string_view text);

} // namespace gatehouse
