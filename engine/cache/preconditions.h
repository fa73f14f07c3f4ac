// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

namespace gatehouse::cache {

/// Whether a stored answer is what the client already has: 304 then (RFC 9110, section 13.2.2:
/// If-None-Match, and only without it If-Modified-Since).
[[nodiscard]] bool isNotModified(const Headers &request, const Headers &stored);

/// Makes \a request ask the upstream whether \a stored is still good (RFC 9111, section 4.3.1), in
/// the place of the client's own preconditions. False if it has nothing to ask with. Texts are
/// those of \a stored.
bool askToValidate(Headers &request, const Headers &stored);

} // namespace gatehouse::cache
