// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace gatehouse::crypto {

using Sha256 = std::array<quint8, 32>;

/// FIPS 180-4. Thread-safe.
[[nodiscard]] Sha256 sha256(std::string_view text);

/// Lower-case hexadecimal.
[[nodiscard]] std::string hex(std::span<const quint8> bytes);

} // namespace gatehouse::crypto
