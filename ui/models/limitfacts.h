// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"

#include <utility>
#include <vector>

namespace gatehouse::ui {

/// How a key of a limit stands, as names and values: what its picture shows.
[[nodiscard]] std::vector<std::pair<QString, QString>> limitFacts(const LimitInfo &limit,
                                                                  const LimitKeyInfo &key);

} // namespace gatehouse::ui
