// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::observe {

using Fact = std::pair<std::string_view, std::string_view>;

/// The names and values of "rule=orders/rate_limit key=192.0.2.7 after=2" (StageFacts::describe). A
/// value reaches to the next " name=", so that it may hold blanks. Views into \a detail.
[[nodiscard]] std::vector<Fact> factsIn(std::string_view detail);
/// One value; empty if it is not there.
[[nodiscard]] std::string_view factIn(std::string_view detail, std::string_view name);

} // namespace gatehouse::observe
