// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/schema.h"

namespace gatehouse::config::internal {

/// A sentence if \a text breaks the rule, nothing if it is fine.
using Broken = std::optional<std::string>;

/// "host:port", "[v6]:port" or "unix:/path"; port 0 lets the system choose.
[[nodiscard]] Broken checkListenAddress(std::string_view text);
/// "http://host:port", "http://host" or "http://unix:/path".
[[nodiscard]] Broken checkInstanceUrl(std::string_view text);
/// "redis://user:password@host:port/database" or "unix:/path?db=0".
[[nodiscard]] Broken checkStateUrl(std::string_view text);
/// "10.0.0.0/8", "::1".
[[nodiscard]] Broken checkNetwork(std::string_view text);
/// "api.local" or "*.example.com".
[[nodiscard]] Broken checkHost(std::string_view text);
/// A token of RFC 9110, section 5.6.2, in capitals.
[[nodiscard]] Broken checkMethod(std::string_view text);
/// A field name: a token of RFC 9110, section 5.6.2.
[[nodiscard]] bool isToken(std::string_view text);
/// "/users/{id}"; the rest of the pattern is for the router to judge.
[[nodiscard]] Broken checkPath(std::string_view text);
/// The value of a condition: "~" begins a regular expression.
[[nodiscard]] Broken checkCondition(std::string_view text);
/// What ids of routes and services and names of listeners are made of.
[[nodiscard]] Broken checkName(std::string_view text);

/// \a url with its port: "http://host" becomes "http://host:80".
[[nodiscard]] std::string withPort(const std::string &url);

/// Schema::text() under one of the rules above.
[[nodiscard]] Schema checkedText(std::string rule, Broken (*check)(std::string_view));

} // namespace gatehouse::config::internal
