// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gatehouse::crypto {

/// Equality in a time that says nothing about where the texts differ.
[[nodiscard]] bool isSameSecret(std::string_view a, std::string_view b);

} // namespace gatehouse::crypto
