// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/explain.h"

namespace gatehouse::app {

/// What `gatehouse explain` prints for people. \a snapshot is the one that was asked.
void printText(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation);

} // namespace gatehouse::app
