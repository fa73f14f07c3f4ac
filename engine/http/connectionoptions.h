// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

namespace gatehouse {

/// Takes the fields out that Connection names as ones for this hop only (RFC 9110, section 7.6.1).
/// To be called when a message has come in: the list speaks of the fields that its sender has
/// written, so that it can never take away what a middleware writes later. What frames a message or
/// tells of its way stays, whoever names it.
void removeNamedByConnection(Headers &headers);

} // namespace gatehouse
