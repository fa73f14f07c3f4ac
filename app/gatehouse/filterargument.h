// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/expression.h"

#include <string>

namespace gatehouse::app {

/// Reads a filter from the command line. Prints what is wrong, with a mark under the place and the
/// remedy, to standard error.
[[nodiscard]] std::optional<filter::Expression> filterArgument(const std::string &text);

} // namespace gatehouse::app
