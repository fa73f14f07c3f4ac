// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/strings.h"

#include <string>

namespace gatehouse::app {

/// A record as one line for a terminal: time, status, method, path, decision, route, duration.
[[nodiscard]] std::string lineOf(const filter::HotRecord &record, const filter::Strings &strings);
/// The same as one JSON object.
[[nodiscard]] std::string jsonOf(const filter::HotRecord &record, const filter::Strings &strings);

} // namespace gatehouse::app
