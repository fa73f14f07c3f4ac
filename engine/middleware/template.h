// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <string>
#include <vector>

namespace gatehouse::middleware {

/// Text with placeholders that a request fills: "/v1/users/{id}". Known names: path parameters of
/// the route, and method, path, query, host, scheme, client_ip, request_id, route. "{{" is a brace.
/// Parsed once; never throws.
class Template
{
public:
    /// InvalidConfig for an unbalanced brace or an empty name.
    static Result<Template> parse(std::string_view text);

    /// The filled text, in the exchange's arena. A name that the request does not have is empty.
    /// Path parameters are percent-encoded again, so that a decoded "/" or "?" stays data.
    [[nodiscard]] std::string_view expand(Exchange &exchange) const;
    /// Has no placeholder: expand() gives the same text always.
    [[nodiscard]] bool isConstant() const { return m_parts.size() < 2; }

private:
    struct Part
    {
        std::string literal; ///< stands before the placeholder
        std::string name;    ///< empty in the last part
    };
    std::vector<Part> m_parts;
};

/// \a text with everything percent-encoded that may not stand in a path segment.
[[nodiscard]] std::string_view percentEncoded(std::string_view text, Arena &arena);

} // namespace gatehouse::middleware
