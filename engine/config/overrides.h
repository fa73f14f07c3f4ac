// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/finding.h"
#include "engine/config/node.h"

#include <utility>

namespace gatehouse::config::internal {

using Overrides = std::vector<std::pair<std::string, std::string>>;

/// Puts the values of --set path=value into \a root, in their order. Values are read as YAML in
/// flow style, so lists and maps can be given too.
void applyOverrides(Node &root, const Overrides &overrides, Findings &findings);

} // namespace gatehouse::config::internal
