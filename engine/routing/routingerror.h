// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <expected>
#include <string>

namespace gatehouse::routing {

/// What is wrong with a pattern or condition, for a config::Finding.
struct RoutingError
{
    std::string message;
    std::string suggestion = {}; ///< what to do; may be empty
};

template<typename T>
using Expected = std::expected<T, RoutingError>;

} // namespace gatehouse::routing
