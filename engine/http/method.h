// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gatehouse {

/// The methods of RFC 9110, section 9, and PATCH (RFC 5789). Other stands for every further token;
/// its text is in the request.
enum class Method { Get, Head, Post, Put, Delete, Connect, Options, Trace, Patch, Other };

/// Method names are case-sensitive (RFC 9110, section 9.1): "get" is Other.
[[nodiscard]] Method methodFrom(std::string_view text);
/// Empty for Other.
[[nodiscard]] std::string_view methodName(Method method);
/// Whether a repeated request has the effect of one (RFC 9110, section 9.2.2).
[[nodiscard]] bool isIdempotent(Method method);

} // namespace gatehouse
