// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timestrip.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace gatehouse::ui {

TimeStrip::TimeStrip(const TimeSeries &series, QWidget *parent)
    : ChartWidget(parent)
    , m_series(series)
{
    setAccessibleName(tr("Requests over time"));
    setMinimumHeight(type::px(56));
    connect(&series, &TimeSeries::changed, this, [this] {
        invalidate();
        if (isVisible())
            setAccessibleDescription(summary());
    });
}

TimeStrip::~TimeStrip() = default;

QSize TimeStrip::sizeHint() const
{
    return {type::px(600), type::px(72)};
}

qint64 TimeStrip::firstSecond() const
{
    return m_series.end() - shownSeconds;
}

QRectF TimeStrip::plot() const
{
    return QRectF(rect()).adjusted(8, 18, -8, -16);
}

double TimeStrip::xOf(qint64 second, const QRectF &area) const
{
    return area.left() + double(second - firstSecond()) / shownSeconds * area.width();
}

QString TimeStrip::summary() const
{
    quint64 requests = 0;
    quint64 errors = 0;
    quint64 limited = 0;
    LatencyHistogram latency;
    constexpr int recent = 10;
    for (qint64 second = m_series.end() - recent; second < m_series.end(); ++second) {
        if (const TimeSeries::Second *const at = m_series.at(second)) {
            requests += at->requests;
            errors += at->errors;
            limited += at->limited;
            latency.add(at->latency);
        }
    }
    QStringList parts{rateQuantity(double(requests) / recent).text(),
                      tr("%1 errors").arg(groupedNumber(qint64(errors))),
                      tr("%1 limited").arg(groupedNumber(qint64(limited)))};
    if (latency.count() > 0)
        parts << tr("p95 %1").arg(durationQuantity(latency.percentile(0.95)).text());
    return parts.join(QLatin1String(", "));
}

ChartFacts TimeStrip::facts() const
{
    ChartFacts facts{{tr("From"), tr("Requests"), tr("Errors"), tr("Limited"), tr("p50"), tr("p95"),
                      tr("p99"), tr("Configuration")},
                     {}};
    constexpr int rowSeconds = 10;
    const qint64 begin = std::max(firstSecond(), m_series.begin()) / rowSeconds * rowSeconds;
    for (qint64 second = begin; second < m_series.end(); second += rowSeconds) {
        const TimeSeries::Second sum = sumOf(second, second + rowSeconds);
        QStringList revisions;
        for (const TimeSeries::Mark &mark : m_series.marks()) {
            if (mark.second >= second && mark.second < second + rowSeconds)
                revisions << QStringLiteral("r%1").arg(mark.revision);
        }
        if (sum.requests == 0 && revisions.isEmpty())
            continue;
        const auto text = [&sum](double share) {
            return sum.latency.count() > 0 ? durationQuantity(sum.latency.percentile(share)).text()
                                           : QString();
        };
        facts.rows.push_back({clockText(second * 1'000'000'000).left(8),
                              groupedNumber(sum.requests), groupedNumber(sum.errors),
                              groupedNumber(sum.limited), text(0.5), text(0.95), text(0.99),
                              revisions.join(u' ')});
    }
    return facts;
}

void TimeStrip::draw(QPainter &painter)
{
    const Theme &theme = Theme::current();
    const QRectF area = plot();
    painter.setFont(type::words(11));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRectF(8, 2, width() - 16, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Last 10 s: %1").arg(summary()));
    painter.setPen(theme.color(Token::Line));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    if (m_series.begin() == m_series.end())
        return;
    drawBars(painter, area);
    drawLatency(painter, area);
    drawMarks(painter, area);
    painter.setPen(theme.color(Token::Text3));
    painter.setFont(type::data(11));
    for (int i = 0; i <= 4; ++i) {
        const qint64 second = firstSecond() + shownSeconds * i / 4;
        const int side = i == 0 ? Qt::AlignLeft : i == 4 ? Qt::AlignRight : Qt::AlignHCenter;
        const double x = xOf(second, area);
        const double left = i == 0 ? x : i == 4 ? x - 80 : x - 40;
        painter.drawText(QRectF(left, area.bottom() + 1, 80, 14), side | Qt::AlignVCenter,
                         clockText(second * 1'000'000'000).left(8));
    }
}

/// Some seconds together, so that a bar has a width and a percentile has a base.
TimeSeries::Second TimeStrip::sumOf(qint64 from, qint64 to) const
{
    TimeSeries::Second sum;
    for (qint64 second = from; second < to; ++second) {
        const TimeSeries::Second *const at = m_series.at(second);
        if (!at)
            continue;
        sum.requests += at->requests;
        sum.errors += at->errors;
        sum.limited += at->limited;
        sum.latency.add(at->latency);
    }
    return sum;
}

void TimeStrip::drawBars(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    std::vector<TimeSeries::Second> bins;
    quint32 most = 1;
    for (qint64 second = firstSecond(); second < m_series.end(); second += binSeconds) {
        bins.push_back(sumOf(second, second + binSeconds));
        most = std::max(most, bins.back().requests);
    }
    const double step = area.width() / shownSeconds * binSeconds;
    const double scale = area.height() / most;
    QColor calm = theme.color(Token::Text3);
    calm.setAlphaF(0.40F);
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const auto bar = [&](quint32 from, quint32 count) {
            return QRectF(area.left() + double(i) * step, area.bottom() - (from + count) * scale,
                          std::max(step - 1, 1.0), count * scale);
        };
        const TimeSeries::Second &bin = bins[i];
        painter.fillRect(bar(0, bin.requests), calm);
        painter.fillRect(bar(0, bin.errors), theme.color(Token::Error));
        const QRectF limited = bar(bin.errors, bin.limited);
        if (limited.height() < 1)
            continue;
        painter.fillRect(limited, theme.color(Token::Panel)); // hatched: no colour is needed
        painter.fillRect(limited, QBrush(theme.color(Token::Warn), Qt::BDiagPattern));
    }
}

void TimeStrip::drawLatency(QPainter &painter, const QRectF &area) const
{
    std::vector<std::pair<qint64, qint64>> points;
    qint64 most = 1;
    for (qint64 second = firstSecond(); second < m_series.end(); second += binSeconds) {
        const LatencyHistogram latency =
            sumOf(second - binSeconds, second + 2 * binSeconds).latency;
        if (latency.count() == 0)
            continue;
        points.emplace_back(second, latency.percentile(0.95));
        most = std::max(most, points.back().second);
    }
    QPolygonF line;
    for (const auto &[second, value] : points)
        line << QPointF(xOf(second, area) + 0.5,
                        area.bottom() - double(value) / double(most) * area.height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().color(Token::Accent), 1.5));
    painter.drawPolyline(line);
    painter.setFont(type::words(11));
    painter.drawText(QRectF(area.right() - 160, 2, 160, 16), Qt::AlignRight | Qt::AlignVCenter,
                     tr("line: p95, top %1").arg(durationQuantity(most).text()));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimeStrip::drawMarks(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    painter.setFont(type::words(11));
    for (const TimeSeries::Mark &mark : m_series.marks()) {
        if (mark.second < firstSecond())
            continue;
        const double x = xOf(mark.second, area);
        painter.setPen(QPen(theme.color(Token::Text), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        painter.drawText(QRectF(x + 3, area.top() - 2, 60, 14), Qt::AlignLeft | Qt::AlignVCenter,
                         QStringLiteral("r%1").arg(mark.revision));
    }
}

const TimeSeries::Mark *TimeStrip::markAt(double x) const
{
    constexpr double near = 6;
    const TimeSeries::Mark *found = nullptr;
    for (const TimeSeries::Mark &mark : m_series.marks()) {
        const double distance = std::abs(xOf(mark.second) - x);
        if (mark.second >= firstSecond() && distance <= near
            && (!found || distance < std::abs(xOf(found->second) - x)))
            found = &mark;
    }
    return found;
}

QString TimeStrip::tipAt(const QPointF &at) const
{
    if (const TimeSeries::Mark *const mark = markAt(at.x()))
        return tr("r%1 came into force at %2: click to compare before and after")
            .arg(mark->revision)
            .arg(clockText(mark->second * 1'000'000'000).left(8));
    const QRectF area = plot();
    const auto second = firstSecond()
        + qint64(std::clamp((at.x() - area.left()) / area.width(), 0.0, 1.0) * shownSeconds);
    const qint64 begin = second / binSeconds * binSeconds;
    const TimeSeries::Second sum = sumOf(begin, begin + binSeconds);
    if (sum.requests == 0)
        return {};
    return tr("%1, %2 s: %3 requests, %4 errors, %5 limited, p95 %6")
        .arg(clockText(begin * 1'000'000'000).left(8))
        .arg(binSeconds)
        .arg(groupedNumber(sum.requests), groupedNumber(sum.errors), groupedNumber(sum.limited),
             durationQuantity(sum.latency.percentile(0.95)).text());
}

void TimeStrip::clicked(const QPointF &at)
{
    if (const TimeSeries::Mark *const mark = markAt(at.x()))
        Q_EMIT compareWanted(mark->revision);
}

void TimeStrip::addToMenu(QMenu &menu, const QPointF &)
{
    for (const TimeSeries::Mark &mark : m_series.marks()) {
        if (mark.second < firstSecond())
            continue;
        menu.addAction(tr("Compare before and after r%1 (%2)")
                           .arg(mark.revision)
                           .arg(clockText(mark.second * 1'000'000'000).left(8)),
                       this, [this, revision = mark.revision] { Q_EMIT compareWanted(revision); });
    }
    if (!menu.isEmpty())
        menu.addSeparator();
}

void TimeStrip::rangeSelected(double from, double to)
{
    const QRectF area = plot();
    const auto timeAt = [&](double x) {
        const double share = std::clamp((x - area.left()) / area.width(), 0.0, 1.0);
        return (firstSecond() * 1000 + qint64(share * shownSeconds * 1000)) * 1'000'000;
    };
    Q_EMIT filterWanted(
        QStringLiteral("time:%1..%2").arg(clockText(timeAt(from)), clockText(timeAt(to))));
}

} // namespace gatehouse::ui
