// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/exchangedetail.h"

namespace gatehouse::ui {

/// A line of the Timing table. Microseconds.
struct TimingRow
{
    QString stage; ///< empty: time that no stage accounts for
    filter::Family family = filter::Family::Plugin;
    qint64 begin = 0;
    qint64 end = 0;
    qint64 self = 0; ///< without the stages that ran inside
    qint64 wait = 0; ///< the part of it that was waiting
    QString verdict;
    int level = 0; ///< how deep inside others

    [[nodiscard]] bool isUnaccounted() const { return stage.isEmpty(); }
};

/// The steps with their own times, in the order in which they began. A step inside another one
/// takes its time from it. The rest of the duration, if it is more than 1 %, is a row of its own,
/// so that self times add up to the duration.
[[nodiscard]] std::vector<TimingRow> timingRows(const client::ExchangeDetail &detail);

} // namespace gatehouse::ui
