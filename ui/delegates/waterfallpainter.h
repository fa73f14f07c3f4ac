// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"
#include "ui/delegates/timeaxis.h"

#include <QPainter>

#include <span>
#include <vector>

namespace gatehouse::ui {

/// A stage as a bar. Times in nanoseconds after the exchange began.
struct WaterfallBar
{
    qint64 start = 0;
    qint64 length = 0;
    filter::Family family = filter::Family::Plugin;
    quint8 bits = 0; ///< of filter::Span
    bool isQueueing = false;
};

/// Draws stages, small in the list and large in the Timing tab. Shape says as much as colour:
/// solid is own time, hatched at 45 degrees is waiting, the lower half is the way back, an outline
/// is queueing, a red cap at the end is a failure. Bars never overlap by more than a pixel gap.
class WaterfallPainter
{
public:
    /// The bars of a record, ascending by start, in \a bars, which is emptied first.
    static void barsOf(const filter::HotRecord &record, std::vector<WaterfallBar> &bars);
    /// \a base: when the exchange began on \a axis; 0 if it is aligned.
    static void paint(QPainter &painter, const QRectF &area, std::span<const WaterfallBar> bars,
                      const TimeAxis &axis, qint64 base);
    /// The bar under \a x pixels from the left of \a area, or -1. \a bars ascend by start.
    [[nodiscard]] static int barAt(double x, double width, std::span<const WaterfallBar> bars,
                                   const TimeAxis &axis, qint64 base);

private:
    static void paintBar(QPainter &painter, const QRectF &rect, const WaterfallBar &bar);
};

} // namespace gatehouse::ui
