// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// All metrics in the Prometheus text format.
[[nodiscard]] std::string exposition(const gateway::Gateway &gateway);

} // namespace gatehouse::admin
