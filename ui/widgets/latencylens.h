// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/latencysample.h"
#include "ui/widgets/chartwidget.h"

#include <functional>

namespace gatehouse::ui {

/// How long exchanges took, on a logarithmic axis: a histogram with the percentiles, or a line of
/// percentiles for each route, upstream, stage or revision. Dragging selects durations, a click
/// opens an exchange that took as long, or filters by a group.
class LatencyLens : public ChartWidget
{
    Q_OBJECT

public:
    explicit LatencyLens(QWidget *parent = nullptr);
    ~LatencyLens() override;

    void setSample(LatencySample sample);
    [[nodiscard]] const LatencySample &sample() const { return m_sample; }
    [[nodiscard]] LatencySample::Split split() const { return m_split; }
    void setSplit(LatencySample::Split split);
    /// What an exchange is called in tooltip and menu: "GET api.local /v1/orders, 200, 4 ms".
    void setDescriber(std::function<QString(quint64 seq)> describe);
    [[nodiscard]] QSize sizeHint() const override;
    /// "1 204 exchanges, p50 4 ms, p95 40 ms, p99 210 ms".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] ChartFacts facts() const override;
    /// Where a duration stands.
    [[nodiscard]] double xOf(double nanoseconds) const;
    [[nodiscard]] QString tipAt(const QPointF &at) const override;

Q_SIGNALS:
    /// A test, to be joined to the filter.
    void filterWanted(const QString &test);
    void exchangeWanted(quint64 seq);
    /// Another sample is needed.
    void splitChanged(gatehouse::ui::LatencySample::Split split);

protected:
    void draw(QPainter &painter) override;
    void rangeSelected(double from, double to) override;
    void clicked(const QPointF &at) override;
    void addToMenu(QMenu &menu, const QPointF &at) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double valueAt(double x) const;
    /// Of the column below \a x and its neighbours.
    [[nodiscard]] std::vector<quint64> exemplarsAt(double x) const;
    [[nodiscard]] std::size_t shownGroups() const;
    /// Null where there is none.
    [[nodiscard]] const LatencySample::Group *groupAt(const QPointF &at) const;
    void fitAxis();
    void drawAxis(QPainter &painter, const QRectF &area) const;
    void drawHistogram(QPainter &painter, const QRectF &area) const;
    void drawPercentiles(QPainter &painter, const QRectF &area) const;
    void drawGroups(QPainter &painter, const QRectF &area) const;
    void drawStrip(QPainter &painter, const LatencyHistogram &latency, double y) const;
    [[nodiscard]] ChartFacts groupFacts() const;

    LatencySample m_sample;
    LatencySample::Split m_split = LatencySample::Split::None;
    std::function<QString(quint64)> m_describe;
    double m_low = 4;   ///< decimal logarithm of the left edge, in nanoseconds
    double m_high = 10; ///< and of the right one
};

} // namespace gatehouse::ui
