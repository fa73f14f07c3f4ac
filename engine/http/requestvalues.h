// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

namespace gatehouse {

/// The value of the first cookie \a name in the Cookie fields (RFC 6265, section 4.2), without
/// quotes around it; empty if there is none.
[[nodiscard]] std::string_view cookieValue(const Headers &headers, std::string_view name);

/// The value of the first parameter \a name of a query, still percent-encoded; empty if there is
/// none.
[[nodiscard]] std::string_view queryValue(std::string_view query, std::string_view name);

} // namespace gatehouse
