// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

namespace gatehouse::crypto {

/// \a bytes unpredictable bytes as lower-case hexadecimal: nonces, tokens. Thread-safe.
[[nodiscard]] std::string randomHex(std::size_t bytes);

} // namespace gatehouse::crypto
