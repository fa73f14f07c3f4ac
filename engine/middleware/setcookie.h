// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace gatehouse::middleware {

/// One Set-Cookie line, taken apart (RFC 6265, section 5.2). Views into the line.
struct SetCookie
{
    /// Never fails: whatever is not known goes into others.
    explicit SetCookie(std::string_view line);

    [[nodiscard]] std::string_view name() const;

    std::string_view pair; ///< "name=value"
    std::string_view domain;
    std::string_view path;
    std::string_view sameSite;
    bool hasDomain = false;
    bool hasPath = false;
    bool hasSameSite = false;
    bool isSecure = false;
    bool isHttpOnly = false;
    std::vector<std::string_view> others; ///< Expires, Max-Age, and what is not known here

private:
    void note(std::string_view attribute);
};

} // namespace gatehouse::middleware
