// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/message.h"

namespace gatehouse {

/// Reads a request target in its four forms (RFC 9112, section 3.2) into \a request: path (dot
/// segments removed), query, and in absolute form the authority, which then wins over Host.
/// BadRequest, Misdirected (an https URL) or MethodNotAllowed (CONNECT).
Result<void> parseRequestTarget(std::string_view target, Request &request);

/// Whether \a authority is host[:port] as RFC 3986, section 3.2, writes it, without user.
[[nodiscard]] bool isValidAuthority(std::string_view authority);

/// \a path without "." and ".." segments, also percent-encoded ones (RFC 3986, section 5.2.4).
/// BadRequest if it climbs above the root. \a path begins with "/".
Result<std::string_view> withoutDotSegments(std::string_view path, Arena &arena);

} // namespace gatehouse
