// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gatehouse {

/// Whether \a path is \a prefix or lies below it, whole segments only: /api of /api/x, not of
/// /apis. A prefix that ends in "/" covers all that begins with it.
[[nodiscard]] bool isBelowPath(std::string_view path, std::string_view prefix);

/// Whether a server behind us might take \a path for another one: encoded dots, slashes and percent
/// signs, empty segments, backslashes, and dot segments with a parameter ("..;x"), which some cut
/// off first. Such a path gets no exception from a policy.
[[nodiscard]] bool isAmbiguousPath(std::string_view path);

} // namespace gatehouse
