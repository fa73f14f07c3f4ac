// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/route.h"

namespace gatehouse::routing::internal {

/// Appends an error for each route that could match the same request as an earlier one with nothing
/// to decide between them, and a warning for each that can never win.
void findConflicts(const std::vector<Route> &routes, const MethodSet &methods,
                   config::Findings &findings);

} // namespace gatehouse::routing::internal
