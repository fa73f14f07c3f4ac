// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/tree.h"

namespace gatehouse::filter {

/// A tree as people say it: "status is 400 or more and route is not health". Empty for True.
[[nodiscard]] QString readAloud(const Node &node);

} // namespace gatehouse::filter
