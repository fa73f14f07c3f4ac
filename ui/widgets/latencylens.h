// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/latencyhistogram.h"
#include "ui/widgets/chartwidget.h"

namespace gatehouse::ui {

/// How long exchanges took, on a logarithmic axis, with the percentiles marked. Dragging selects
/// durations.
class LatencyLens : public ChartWidget
{
    Q_OBJECT

public:
    explicit LatencyLens(QWidget *parent = nullptr);
    ~LatencyLens() override;

    void setHistogram(LatencyHistogram histogram);
    [[nodiscard]] QSize sizeHint() const override;
    /// "1 204 exchanges, p50 4 ms, p95 40 ms, p99 210 ms".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] ChartFacts facts() const override;

Q_SIGNALS:
    /// A test of `dur`, to be joined to the filter.
    void filterWanted(const QString &test);

protected:
    void draw(QPainter &painter) override;
    void rangeSelected(double from, double to) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double xOf(double nanoseconds) const;
    [[nodiscard]] double valueAt(double x) const;
    void fitAxis();
    void drawAxis(QPainter &painter, const QRectF &area) const;
    void drawPercentiles(QPainter &painter, const QRectF &area) const;

    LatencyHistogram m_histogram;
    double m_low = 4;   ///< decimal logarithm of the left edge, in nanoseconds
    double m_high = 10; ///< and of the right one
};

} // namespace gatehouse::ui
