// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"

#include <string_view>

namespace gatehouse {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (IMF-fixdate, RFC 9110, section 5.6.7). Made once a second for
/// each thread; good until the thread's next call.
[[nodiscard]] std::string_view httpDate(WallTime time);

} // namespace gatehouse
