// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/finding.h"
#include "engine/config/node.h"

namespace gatehouse::config::internal {

// Rules between values. They look only at what has the right shape: what has not was reported by
// the schema, and each rule still finds everything else.

/// Names and addresses of listeners, ids of routes: each only once. Names of services and
/// middlewares: made of the right characters.
void checkNames(const Node &root, Findings &findings);
/// Routes name services that exist, or have a middleware that can answer. Not to be asked while a
/// file is missing that may define them.
void checkServices(const Node &root, Findings &findings);
/// Services that no route and no setting of a middleware names.
void reportUnusedServices(const Node &root, Findings &findings);

} // namespace gatehouse::config::internal
