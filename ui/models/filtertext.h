// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace gatehouse::ui {

/// How a test joins the filter that is there.
enum class Join { Only, Not, And, Or, AndNot, OrNot };
inline constexpr int joinCount = 6;

/// The filter that comes of \a current and \a test, canonical. A current text that is not valid is
/// replaced.
[[nodiscard]] QString joinedFilter(const QString &current, Join join, const QString &test);

} // namespace gatehouse::ui
