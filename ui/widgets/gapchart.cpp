// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/gapchart.h"

#include "ui/models/framemodel.h"
#include "ui/models/latencyhistogram.h"
#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QPainter>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr double widest = 8; ///< pixels of a bar

QString gapText(qint64 microseconds)
{
    return durationQuantity(microseconds * 1000).text();
}

} // namespace

GapChart::GapChart(const FrameModel &model, QWidget *parent) : ChartWidget(parent), m_model(model)
{
    setAccessibleName(tr("Gaps between frames"));
    setFixedHeight(type::px(72));
    const auto later = [this] {
        invalidate();
        if (isVisible())
            setAccessibleDescription(summary());
    };
    connect(&model, &QAbstractItemModel::rowsInserted, this, later);
    connect(&model, &QAbstractItemModel::modelReset, this, later);
}

GapChart::~GapChart() = default;

QSize GapChart::sizeHint() const
{
    return {type::px(400), type::px(72)};
}

QRectF GapChart::plot() const
{
    return QRectF(rect()).adjusted(12, 22, -12, -4);
}

qsizetype GapChart::firstShown() const
{
    return std::max<qsizetype>(0, qsizetype(m_model.frames().size()) - mostShown);
}

double GapChart::step() const
{
    const auto count = double(qsizetype(m_model.frames().size()) - firstShown());
    return std::min(widest, plot().width() / std::max(count, 1.0));
}

qsizetype GapChart::frameAt(double x) const
{
    const auto count = qsizetype(m_model.frames().size());
    const auto at = firstShown() + qsizetype((x - plot().left()) / step());
    return x < plot().left() || at >= count ? -1 : at;
}

QString GapChart::summary() const
{
    LatencyHistogram gaps;
    const StreamFrame *longest = nullptr;
    for (const StreamFrame &frame : m_model.frames()) {
        if (frame.gap < 0)
            continue;
        gaps.add(frame.gap * 1000);
        if (!longest || frame.gap > longest->gap)
            longest = &frame;
    }
    const QString count = tr("%1 frames").arg(groupedNumber(qint64(m_model.frames().size())));
    if (!longest)
        return count;
    return tr("%1, gap p50 %2, p99 %3, longest %4 before frame %5")
        .arg(count, durationQuantity(gaps.percentile(0.5)).text(),
             durationQuantity(gaps.percentile(0.99)).text(), gapText(longest->gap))
        .arg(longest->index);
}

ChartFacts GapChart::facts() const
{
    ChartFacts facts{{tr("Frame"), tr("Time"), tr("Gap")}, {}};
    for (auto at = std::size_t(firstShown()); at < m_model.frames().size(); ++at) {
        const StreamFrame &frame = m_model.frames()[at];
        facts.rows.push_back({QString::number(frame.index),
                              frame.at < 0 ? QString() : gapText(frame.at),
                              frame.gap < 0 ? QString() : gapText(frame.gap)});
    }
    return facts;
}

void GapChart::draw(QPainter &painter)
{
    const Theme &theme = Theme::current();
    const QRectF area = plot();
    painter.setFont(type::words(11));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRectF(12, 4, width() - 24, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(summary(), Qt::ElideRight, width() - 24));
    painter.setPen(theme.color(Token::Line));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    const double longest = double(std::max<qint64>(m_model.longestGap(), 1));
    // Of frames that share a pixel the longest gap shows: a stall must not vanish.
    std::vector<qint64> columns(std::size_t(area.width()) + 1, -1);
    const double width = std::max(1.0, step());
    for (auto at = std::size_t(firstShown()); at < m_model.frames().size(); ++at) {
        const auto column = std::size_t(double(at - std::size_t(firstShown())) * step());
        qint64 &gap = columns[std::min(column, columns.size() - 1)];
        gap = std::max(gap, m_model.frames()[at].gap);
    }
    const QColor calm = theme.stage(filter::Family::Upstream);
    const QColor stall = theme.color(Token::Warn);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] < 0)
            continue;
        const double height = std::max(1.0, double(columns[i]) / longest * area.height());
        const QRectF bar(area.left() + double(i), area.bottom() - height,
                         width > 2 ? width - 1 : width, height);
        painter.fillRect(bar, columns[i] == m_model.longestGap() ? stall : calm);
    }
}

void GapChart::clicked(const QPointF &at)
{
    if (const qsizetype found = frameAt(at.x()); found >= 0) {
        const qint64 index = m_model.frames()[std::size_t(found)].index;
        Q_EMIT framesChosen(index, index);
    }
}

void GapChart::rangeSelected(double from, double to)
{
    if (m_model.frames().empty())
        return;
    const auto last = qsizetype(m_model.frames().size()) - 1;
    const auto indexAt = [&](double x, qsizetype otherwise) {
        const qsizetype found = frameAt(x);
        return m_model.frames()[std::size_t(found < 0 ? otherwise : found)].index;
    };
    Q_EMIT framesChosen(indexAt(from, from < plot().left() ? firstShown() : last),
                        indexAt(to, last));
}

QString GapChart::tipAt(const QPointF &at) const
{
    const qsizetype found = frameAt(at.x());
    return found < 0 ? QString() : m_model.sentence(m_model.frames()[std::size_t(found)]);
}

} // namespace gatehouse::ui
