// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/delegates/waterfallpainter.h"

#include "ui/settings/theme.h"

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

using filter::Span;

void WaterfallPainter::barsOf(const filter::HotRecord &record, std::vector<WaterfallBar> &bars)
{
    bars.clear();
    const auto count = std::min<std::size_t>(record.spanCount, record.spans.size());
    for (std::size_t i = 0; i < count; ++i) {
        const Span &span = record.spans[i];
        bars.push_back(
            {qint64(span.start) * 1000, qint64(span.length) * 1000, span.family, span.bits, false});
    }
    std::ranges::sort(bars, {}, &WaterfallBar::start);
}

void WaterfallPainter::paintBar(QPainter &painter, const QRectF &rect, const WaterfallBar &bar)
{
    const QColor color = Theme::current().stage(bar.family);
    if (bar.isQueueing) {
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
    } else if (bar.bits & Span::Waiting) {
        painter.fillRect(rect, Theme::current().color(Token::Base)); // hides what is behind
        QColor pale = color;
        pale.setAlphaF(0.30F);
        painter.fillRect(rect, pale);
        painter.fillRect(rect, QBrush(color, Qt::BDiagPattern));
    } else {
        painter.fillRect(rect, color);
    }
    if (bar.bits & Span::Failed) {
        const double cap = std::min(3.0, rect.width());
        painter.fillRect(QRectF(rect.right() - cap, rect.top() - 1, cap, rect.height() + 2),
                         Theme::current().color(Token::Error));
    }
}

void WaterfallPainter::paint(QPainter &painter, const QRectF &area,
                             std::span<const WaterfallBar> bars, const TimeAxis &axis, qint64 base)
{
    double last = -1; // right edge of what was drawn, in pixels
    for (const WaterfallBar &bar : bars) {
        const double from = std::max(axis.toX(base + bar.start, area.width()), 0.0);
        const double to =
            std::min(axis.toX(base + bar.start + bar.length, area.width()), area.width());
        if (to < 0 || from > area.width() || to < from)
            continue;
        const double left = std::max(std::floor(from), last);
        const double right = std::max(std::ceil(to), left + 1);
        const bool isNewPixel = right > last + 0.5;
        if (!isNewPixel)
            continue;
        const double gap = right - left > 2 ? 1 : 0;
        const bool isResponse = bar.bits & Span::ResponsePhase;
        const double height = isResponse ? area.height() / 2 : area.height();
        paintBar(painter,
                 QRectF(area.left() + left, area.bottom() - height, right - left - gap, height),
                 bar);
        last = right;
    }
}

int WaterfallPainter::barAt(double x, double width, std::span<const WaterfallBar> bars,
                            const TimeAxis &axis, qint64 base)
{
    const qint64 slack = axis.span() / std::max<qint64>(1, qint64(width)) * 2;
    const qint64 time = axis.toTime(x, width) - base;
    const auto after = std::ranges::upper_bound(bars, time + slack, {}, &WaterfallBar::start);
    for (auto bar = after; bar != bars.begin();) {
        --bar;
        if (time <= bar->start + bar->length + slack)
            return int(bar - bars.begin());
    }
    return -1;
}

} // namespace gatehouse::ui
