// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/admin/operations.h"

namespace gatehouse::admin {

/// ?seq, after, limit. The frames of a stream, also of one that is under way; none for an answer
/// that is no stream.
[[nodiscard]] Answer listFrames(gateway::Gateway &gateway, const Call &call);

} // namespace gatehouse::admin
