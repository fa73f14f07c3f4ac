// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/latencylens.h"

#include "ui/models/units.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace gatehouse::ui {

namespace {

using Split = LatencySample::Split;

constexpr double column = 3; ///< pixels: as fine as one can see
constexpr double groupHeight = 16;
constexpr double nameWidth = 96;

constexpr std::pair<Split, const char *> splits[] = {
    {Split::None, QT_TRANSLATE_NOOP("gatehouse::ui::LatencyLens", "All together")},
    {Split::Route, QT_TRANSLATE_NOOP("gatehouse::ui::LatencyLens", "By route")},
    {Split::Upstream, QT_TRANSLATE_NOOP("gatehouse::ui::LatencyLens", "By upstream")},
    {Split::Stage, QT_TRANSLATE_NOOP("gatehouse::ui::LatencyLens", "By stage, own time")},
    {Split::Revision, QT_TRANSLATE_NOOP("gatehouse::ui::LatencyLens", "By revision")},
};

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

void LatencyLens::setSample(LatencySample sample)
{
    m_sample = std::move(sample);
    fitAxis();
    setAccessibleDescription(summary());
    invalidate();
}

void LatencyLens::setSplit(Split split)
{
    if (std::exchange(m_split, split) != split)
        Q_EMIT splitChanged(split);
}

void LatencyLens::setDescriber(std::function<QString(quint64)> describe)
{
    m_describe = std::move(describe);
}

/// Whole decades around what is there.
void LatencyLens::fitAxis()
{
    double low = 1e18;
    double high = 0;
    const auto take = [&](const LatencyHistogram &latency) {
        const std::vector<LatencyHistogram::Bucket> buckets = latency.buckets();
        if (buckets.empty())
            return;
        low = std::min(low, double(buckets.front().low));
        high = std::max(high, double(buckets.back().high));
    };
    if (m_sample.groups.empty())
        take(m_sample.whole);
    for (const LatencySample::Group &group : m_sample.groups)
        take(group.latency);
    if (high == 0)
        return;
    m_low = std::floor(std::log10(std::max(low, 1000.0)));
    m_high = std::max(std::ceil(std::log10(std::max(high, 1000.0))), m_low + 1);
}

QString LatencyLens::summary() const
{
    if (m_sample.whole.count() == 0)
        return tr("No exchange has ended yet");
    const auto text = [this](double share) {
        return durationQuantity(m_sample.whole.percentile(share)).text();
    };
    return tr("%1 exchanges, p50 %2, p95 %3, p99 %4")
        .arg(groupedNumber(qint64(m_sample.whole.count())), text(0.5), text(0.95), text(0.99));
}

ChartFacts LatencyLens::groupFacts() const
{
    ChartFacts facts{
        {tr("Group"), tr("Number"), tr("p50"), tr("p90"), tr("p95"), tr("p99"), tr("p99.9")}, {}};
    for (const LatencySample::Group &group : m_sample.groups) {
        QStringList row{group.name, groupedNumber(qint64(group.latency.count()))};
        for (const double share : {0.5, 0.9, 0.95, 0.99, 0.999})
            row << durationQuantity(group.latency.percentile(share)).text();
        facts.rows.push_back(row);
    }
    return facts;
}

ChartFacts LatencyLens::facts() const
{
    if (m_sample.split != Split::None)
        return groupFacts();
    ChartFacts facts{{tr("Exchanges"), tr("Number"), tr("Share")}, {}};
    const auto whole = qint64(m_sample.whole.count());
    for (const double share : {0.5, 0.9, 0.95, 0.99, 0.999})
        facts.rows.push_back({tr("p%1: %2")
                                  .arg(share * 100)
                                  .arg(durationQuantity(m_sample.whole.percentile(share)).text()),
                              {},
                              {}});
    // 1, 2, 5 of each decade: few enough to be heard.
    qint64 edge = 1000;
    qint64 count = 0;
    for (const LatencyHistogram::Bucket &bucket : m_sample.whole.buckets()) {
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
    painter.drawText(QRectF(8, 2, width() - 16, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(summary(), Qt::ElideRight, width() - 16));
    drawAxis(painter, area);
    if (m_sample.split != Split::None) {
        drawGroups(painter, area);
        return;
    }
    drawHistogram(painter, area);
    drawPercentiles(painter, area);
}

void LatencyLens::drawHistogram(QPainter &painter, const QRectF &area) const
{
    std::vector<double> counts(std::size_t(area.width() / column) + 1);
    for (const LatencyHistogram::Bucket &bucket : m_sample.whole.buckets()) {
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
            Theme::current().stage(filter::Family::Upstream));
    }
}

std::size_t LatencyLens::shownGroups() const
{
    const auto room = std::size_t(std::max(0.0, (plot().height() + 12) / groupHeight));
    return std::min(room, m_sample.groups.size());
}

const LatencySample::Group *LatencyLens::groupAt(const QPointF &at) const
{
    const double row = (at.y() - plot().top() + 12) / groupHeight;
    return row >= 0 && row < double(shownGroups()) ? &m_sample.groups[std::size_t(row)] : nullptr;
}

void LatencyLens::drawGroups(QPainter &painter, const QRectF &area) const
{
    const Theme &theme = Theme::current();
    for (std::size_t i = 0; i < shownGroups(); ++i) {
        const LatencySample::Group &group = m_sample.groups[i];
        const QRectF line(area.left(), area.top() - 12 + double(i) * groupHeight, area.width(),
                          groupHeight);
        drawStrip(painter, group.latency, line.center().y());
        painter.setFont(type::words(11));
        const QString name =
            painter.fontMetrics().elidedText(group.name, Qt::ElideRight, int(nameWidth));
        // On a ground of its own, so that a line below does not cross it.
        const QRectF box(line.left(), line.top() + 1,
                         painter.fontMetrics().horizontalAdvance(name) + 6, groupHeight - 2);
        painter.fillRect(box, theme.color(Token::Panel));
        painter.setPen(theme.color(Token::Text));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, name);
    }
}

/// From p50 to p99.9, with a mark at each; that of p95 is the largest.
void LatencyLens::drawStrip(QPainter &painter, const LatencyHistogram &latency, double y) const
{
    if (latency.count() == 0)
        return;
    const Theme &theme = Theme::current();
    const auto x = [&](double share) { return xOf(double(latency.percentile(share))); };
    painter.fillRect(QRectF(x(0.5), y - 1, std::max(1.0, x(0.999) - x(0.5)), 2),
                     theme.stage(filter::Family::Upstream));
    for (const auto &[share, height] :
         {std::pair(0.5, 8.0), std::pair(0.9, 4.0), std::pair(0.95, 10.0), std::pair(0.99, 6.0),
          std::pair(0.999, 4.0)})
        painter.fillRect(QRectF(x(share) - 1, y - height / 2, 2, height),
                         theme.color(share == 0.95 ? Token::Text : Token::Text2));
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
    if (m_sample.whole.count() == 0)
        return;
    const Theme &theme = Theme::current();
    painter.setFont(type::words(11));
    drawStrip(painter, m_sample.whole, area.bottom() + 1);
    double free = 0; // labels do not cover each other
    for (const auto &[name, share] :
         {std::pair("p50", 0.5), std::pair("p95", 0.95), std::pair("p99", 0.99)}) {
        const double x = xOf(double(m_sample.whole.percentile(share)));
        painter.setPen(QPen(theme.color(Token::Text), 1, Qt::DashLine));
        painter.drawLine(QPointF(x, area.top() - 2), QPointF(x, area.bottom()));
        if (x < free)
            continue;
        painter.drawText(QRectF(x - 14, area.top() - 15, 28, 13), Qt::AlignCenter,
                         QLatin1String(name));
        free = x + 30;
    }
}

std::vector<quint64> LatencyLens::exemplarsAt(double x) const
{
    return m_sample.exemplars.between(qint64(valueAt(x - column)), qint64(valueAt(x + column)));
}

QString LatencyLens::tipAt(const QPointF &at) const
{
    if (m_sample.split != Split::None) {
        const LatencySample::Group *const group = groupAt(at);
        if (!group)
            return {};
        const auto text = [group](double share) {
            return durationQuantity(group->latency.percentile(share)).text();
        };
        return tr("%1: %2 times, p50 %3, p95 %4, p99 %5, p99.9 %6")
            .arg(group->name, groupedNumber(qint64(group->latency.count())), text(0.5), text(0.95),
                 text(0.99), text(0.999));
    }
    QStringList lines{durationQuantity(qint64(valueAt(at.x()))).text()};
    for (const quint64 seq : exemplarsAt(at.x()))
        lines << QStringLiteral("#%1 ").arg(seq) + (m_describe ? m_describe(seq) : QString());
    return lines.size() > 1 ? lines.join(u'\n').toHtmlEscaped().replace(u'\n', "<br>") : QString();
}

void LatencyLens::clicked(const QPointF &at)
{
    if (const LatencySample::Group *const group = groupAt(at);
        m_sample.split != Split::None && group) {
        if (!group->filter.isEmpty())
            Q_EMIT filterWanted(group->filter);
        return;
    }
    if (const std::vector<quint64> seqs = exemplarsAt(at.x()); !seqs.empty())
        Q_EMIT exchangeWanted(seqs.front());
}

void LatencyLens::addToMenu(QMenu &menu, const QPointF &at)
{
    if (m_sample.split == Split::None) {
        for (const quint64 seq : exemplarsAt(at.x())) {
            const QString what = m_describe ? m_describe(seq).left(80) : QString();
            menu.addAction(tr("Open #%1 %2").arg(seq).arg(QString(what).replace(u'&', "&&")), this,
                           [this, seq] { Q_EMIT exchangeWanted(seq); });
        }
        menu.addSeparator();
    }
    auto *const group = new QActionGroup(&menu);
    for (const auto &[split, text] : splits) {
        QAction *const action = menu.addAction(tr(text), this, [this, split] { setSplit(split); });
        action->setCheckable(true);
        action->setChecked(split == m_split);
        group->addAction(action);
    }
    menu.addSeparator();
}

void LatencyLens::rangeSelected(double from, double to)
{
    const auto text = [this](double x) {
        return QStringLiteral("%1us").arg(qint64(valueAt(x) / 1000));
    };
    Q_EMIT filterWanted(QStringLiteral("dur:%1..%2").arg(text(from), text(to)));
}

} // namespace gatehouse::ui
