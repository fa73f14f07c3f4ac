// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <chrono>

namespace gatehouse {

/// Reads "250ms", "10s", "5m", "1h" or "7d"; "0" is zero. InvalidConfig for anything else, also
/// below zero and above 10 years.
Result<std::chrono::milliseconds> parseDuration(QStringView text);
/// Reads "512", "64KiB", "10MiB", "1GiB" (powers of 1024) or "64KB", "10MB" (powers of 1000), in
/// bytes. InvalidConfig for anything else.
Result<qint64> parseSize(QStringView text);

/// The shortest spelling that parseDuration() reads back: "90s", "250ms", "1h".
[[nodiscard]] QString formatDuration(std::chrono::milliseconds duration);
/// The shortest spelling that parseSize() reads back: "64KiB", "1000".
[[nodiscard]] QString formatSize(qint64 bytes);

} // namespace gatehouse
