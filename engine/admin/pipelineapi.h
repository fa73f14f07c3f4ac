// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/answer.h"

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// The middlewares of the snapshot in force, of the pipeline and of each route, in the order in
/// which they run, with the reasons for it; secrets masked.
[[nodiscard]] Answer showPipeline(const gateway::Gateway &gateway);

} // namespace gatehouse::admin
