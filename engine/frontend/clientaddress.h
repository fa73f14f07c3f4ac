// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/frontend/servercontext.h"

namespace gatehouse::frontend {

/// The client that a trusted peer forwards for: the rightmost address of X-Forwarded-For that is
/// not itself a trusted proxy (whatever stands to the left of it was written by somebody we do not
/// trust), else CF-Connecting-IP, else X-Real-IP, else \a peer. A view into the headers.
[[nodiscard]] std::string_view
forwardedClient(const Headers &headers, const ServerSettings &settings, std::string_view peer);

} // namespace gatehouse::frontend
