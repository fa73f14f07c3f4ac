// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "engine/filter/strings.h"

#include <QString>

#include <span>
#include <utility>
#include <vector>

namespace gatehouse::ui {

/// Many exchanges in a few numbers. Times in nanoseconds; open exchanges have none.
struct SelectionSummary
{
    using Counts = std::vector<std::pair<QString, qint64>>; ///< the most frequent first

    qint64 count = 0;
    qint64 open = 0;
    qint64 bytes = 0;
    qint64 p50 = -1;
    qint64 p95 = -1;
    qint64 p99 = -1;
    qint64 slowest = -1;
    Counts statuses;
    Counts routes;
    Counts decisions;
};

/// Percentiles are exact (nearest rank); routes are at most the ten most frequent.
[[nodiscard]] SelectionSummary summaryOf(std::span<const filter::HotRecord *const> records,
                                         const filter::Strings &strings);

} // namespace gatehouse::ui
