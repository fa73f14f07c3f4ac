// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/http/headers.h"

namespace gatehouse {

/// Takes one field line off \a lines (without its CRLF) and appends it to \a headers.
/// Values keep no surrounding blanks. Errors have \a code and name the rule of RFC 9112, section 5.
/// In an answer (\a code UpstreamProtocol) blanks before the colon are removed, as section 5.1
/// tells a proxy; in a request they are an error.
Result<void> parseFieldLine(std::string_view &lines, Headers &headers, ErrorCode code);

} // namespace gatehouse
