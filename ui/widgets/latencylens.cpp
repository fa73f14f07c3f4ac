// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/latencylens.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gatehouse::ui {

namespace {

qint64 nextEdge(qint64 edge)
{
    qint64 digit = edge;
    while (digit >= 10)
        digit /= 10;
    return digit == 2 ? edge / 2 * 5 : edge * 2;
}

QStringList rangeRow(qint64 edge, qint64 count, qint64 whole)
{
    return {LatencyLens::tr("%1 to %2")
                .arg(durationQuantity(edge).text(), durationQuantity(nextEdge(edge)).text()),
            groupedNumber(count), shareText(count, whole)};
}

} // namespace

LatencyLens::LatencyLens(QWidget *parent) : ChartWidget(parent)
{
    setAccessibleName(tr("Latency"));
    setMinimumHeight(type::px(72));
}

LatencyLens::~LatencyLens() = default;

QSize LatencyLens::sizeHint() const
{
    return {type::px(360), type::px(112)};
}

void LatencyLens::setHistogram(LatencyHistogram histogram)
{
    m_histogram = std::move(histogram);
    fitAxis();
    setAccessibleDescription(summary());
    invalidate();
}

/// Whole decades around what is there.
void LatencyLens::fitAxis()
{
    const std::vector<LatencyHistogram::Bucket> buckets = m_histogram.buckets();
    if (buckets.empty())
        return;
    m_low = std::floor(std::log10(std::max<double>(double(buckets.front().low), 1000)));
    m_high = std::max(std::ceil(std::log10(std::max<double>(double(buckets.back().high), 1000))),
                      m_low + 1);
}

QString LatencyLens::summary() const
{
    if (m_histogram.count() == 0)
        return tr("No exchange has ended yet");
    const auto text = [this](double share) {
        return durationQuantity(m_histogram.percentile(share)).text();
    };
    return tr("%1 exchanges, p50 %2, p95 %3, p99 %4")
        .arg(groupedNumber(qint64(m_histogram.count())), text(0.5), text(0.95), text(0.99));
}

ChartFacts LatencyLens::facts() const
{
    ChartFacts facts{{tr("Exchanges"), tr("Number"), tr("Share")}, {}};
    const auto whole = qint64(m_histogram.count());
    for (const double share : {0.5, 0.9, 0.95, 0.99, 0.999})
        facts.rows.push_back({tr("p%1: %2")
                                  .arg(share * 100)
                                  .arg(durationQuantity(m_histogram.percentile(share)).text()),
                              {},
                              {}});
    // 1, 2, 5 of each decade: few enough to be heard.
    qint64 edge = 1000;
    qint64 count = 0;
    for (const LatencyHistogram::Bucket &bucket : m_histogram.buckets()) {
        while (bucket.low >= nextEdge(edge)) {
            if (count > 0)
                facts.rows.push_back(rangeRow(edge, count, whole));
            count = 0;
            edge = nextEdge(edge);
        }
        count += qint64(bucket.count);
    }
    if (count > 0)
        facts.rows.push_back(rangeRow(edge, count, whole));
    return facts;
}

QRectF LatencyLens::plot() const
{
    return QRectF(rect()).adjusted(8, 30, -8, -18);
}

double LatencyLens::xOf(double nanoseconds) const
{
    const QRectF area = plot();
    return area.left()
        + (std::log10(std::max(nanoseconds, 1.0)) - m_low) / (m_high - m_low) * area.width();
}

double LatencyLens::valueAt(double x) const
{
    const QRectF area = plot();
    const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
    return std::pow(10, m_low + share * (m_high - m_low));
}

void LatencyLens::draw(QPainter &painter)
{
    const Theme &theme = Theme::current();
    const QRectF area = plot();
    painter.setFont(type::words(11));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRectF(8, 2, width() - 16, 16), Qt::AlignLeft | Qt::AlignVCenter, summary());
    drawAxis(painter, area);
    // Columns of three pixels: as fine as one can see.
    constexpr double column = 3;
    std::vector<double> counts(std::size_t(area.width() / column) + 1);
    for (const LatencyHistogram::Bucket &bucket : m_histogram.buckets()) {
        const double x = xOf(double(bucket.low + bucket.high) / 2) - area.left();
        const auto index = std::size_t(std::clamp(x / column, 0.0, double(counts.size() - 1)));
        counts[index] += double(bucket.count);
    }
    const double most = std::ranges::max(counts);
    for (std::size_t i = 0; i < counts.size() && most > 0; ++i) {
        if (counts[i] == 0)
            continue;
        const double height = std::max(1.0, counts[i] / most * area.height());
        painter.fillRect(
            QRectF(area.left() + double(i) * column, area.bottom() - height, column - 1, height),
            theme.stage(filter::Family::Upstream));
    }
    drawPercentiles(painter, area);
}

void LatencyLens::drawAxis(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    painter.setFont(type::data(11));
    for (double power = m_low; power <= m_high; ++power) {
        const double x = xOf(std::pow(10, power));
        painter.setPen(theme.color(Token::Line));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter.setPen(theme.color(Token::Text3));
        const double left = std::clamp(x - 40, 0.0, double(width() - 80));
        const int side = power == m_low ? Qt::AlignLeft
            : power == m_high           ? Qt::AlignRight
                                        : Qt::AlignHCenter;
        const double start = power == m_low ? x : power == m_high ? x - 80 : left;
        painter.drawText(QRectF(start, area.bottom() + 2, 80, 14), side | Qt::AlignVCenter,
                         durationQuantity(qint64(std::pow(10, power)))
                             .text()
                             .replace(QLatin1String(".00"), QLatin1String(""))
                             .replace(QLatin1String(".0"), QLatin1String("")));
    }
    painter.setPen(theme.color(Token::LineStrong));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
}

void LatencyLens::drawPercentiles(QPainter &painter, const QRectF &area) const
{
    if (m_histogram.count() == 0)
        return;
    const Theme &theme = Theme::current();
    painter.setFont(type::words(11));
    double free = 0; // labels do not cover each other
    for (const auto &[name, share] :
         {std::pair("p50", 0.5), std::pair("p95", 0.95), std::pair("p99", 0.99)}) {
        const double x = xOf(double(m_histogram.percentile(share)));
        painter.setPen(QPen(theme.color(Token::Text), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom()));
        if (x < free)
            continue;
        painter.drawText(QRectF(x - 14, area.top() - 15, 28, 13), Qt::AlignCenter,
                         QLatin1String(name));
        free = x + 30;
    }
}

void LatencyLens::rangeSelected(double from, double to)
{
    const auto text = [this](double x) {
        return QStringLiteral("%1us").arg(qint64(valueAt(x) / 1000));
    };
    Q_EMIT filterWanted(QStringLiteral("dur:%1..%2").arg(text(from), text(to)));
}

} // namespace gatehouse::ui
