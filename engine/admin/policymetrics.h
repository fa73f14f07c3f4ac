// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

class Families;

/// What limits have decided, and how the state backend is.
void addPolicies(Families &families, const gateway::Gateway &gateway);

} // namespace gatehouse::admin
