// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/headers.h"

namespace gatehouse {

/// Takes what stands before \a separator off \a list, as it is.
[[nodiscard]] std::string_view takePart(std::string_view &list, char separator);

/// "name=value" of a query or a Cookie field.
struct NamedValue
{
    explicit NamedValue(std::string_view pair);
    std::string_view name;
    std::string_view value; ///< of a cookie: with its quotes
};

/// The value of the first cookie \a name in the Cookie fields that has one (RFC 6265, section 4.2),
/// without quotes around it; empty if there is none.
[[nodiscard]] std::string_view cookieValue(const Headers &headers, std::string_view name);

/// The value of the first parameter \a name of a query that has one, still percent-encoded; empty
/// if there is none.
[[nodiscard]] std::string_view queryValue(std::string_view query, std::string_view name);

} // namespace gatehouse
