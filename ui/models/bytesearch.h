// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/textsource.h"

#include <functional>
#include <vector>

namespace gatehouse::ui {

/// Where \a needle stands in \a source, ascending; matches do not overlap. Letters of ASCII match
/// in either case, others only as they are. Ends after \a most, or when \a goesOn, which gets the
/// bytes read, says no. Any thread.
[[nodiscard]] std::vector<qint64> findBytes(const TextSource &source, const QByteArray &needle,
                                            std::size_t most,
                                            const std::function<bool(qint64)> &goesOn);

} // namespace gatehouse::ui
