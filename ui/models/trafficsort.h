// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/trafficcolumn.h"

#include <QtGlobal>

#include <functional>
#include <vector>

namespace gatehouse::ui {

/// \a ids in the order of a column; equal ones stay in the order of arrival. Absent values come
/// first. Any thread; \a isCancelled is asked now and then, the result is incomplete then.
[[nodiscard]] std::vector<RowId> sortedBy(Column column, Qt::SortOrder order,
                                          const TrafficSnapshot &snapshot, std::vector<RowId> ids,
                                          const std::function<bool()> &isCancelled);
[[nodiscard]] bool canSortBy(Column column);

} // namespace gatehouse::ui
