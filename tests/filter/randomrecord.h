// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "engine/filter/strings.h"

#include <random>

namespace gatehouse::test {

using Random = std::mt19937_64;

/// Below \a end.
[[nodiscard]] quint64 below(Random &random, quint64 end);

/// A record as a busy gateway makes it: few hosts and routes, often absent values, some errors.
/// Starts lie around 2026-11-20T12:00Z, a millisecond apart.
[[nodiscard]] filter::HotRecord randomRecord(Random &random, filter::Strings &strings, quint64 seq);

} // namespace gatehouse::test
