// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// The routes in the order of the file, with their place in it and what the record says of them.
[[nodiscard]] Answer listRoutes(gateway::Gateway &gateway);
/// Counts and percentiles over what is recorded, as a whole, by route and by stage.
[[nodiscard]] Answer showSummary(gateway::Gateway &gateway);

} // namespace gatehouse::admin
