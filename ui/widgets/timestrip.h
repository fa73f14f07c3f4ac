// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/timeseries.h"
#include "ui/widgets/chartwidget.h"

namespace gatehouse::ui {

/// Requests, errors and p95 over the last minutes, with a line at each new configuration. Dragging
/// selects a time.
class TimeStrip : public ChartWidget
{
    Q_OBJECT

public:
    /// \a series is not owned and must outlive the strip.
    explicit TimeStrip(const TimeSeries &series, QWidget *parent = nullptr);
    ~TimeStrip() override;

    [[nodiscard]] QSize sizeHint() const override;
    /// The same in words: "18/s, 2 errors, p95 40 ms".
    [[nodiscard]] QString summary() const;
    [[nodiscard]] ChartFacts facts() const override;
    [[nodiscard]] QString tipAt(const QPointF &at) const override;
    /// Where a second stands, for tests.
    [[nodiscard]] double xOf(qint64 second) const { return xOf(second, plot()); }

Q_SIGNALS:
    /// Before and after this configuration.
    void compareWanted(quint32 revision);
    /// A test of `time`, to be joined to the filter.
    void filterWanted(const QString &test);

protected:
    void draw(QPainter &painter) override;
    void rangeSelected(double from, double to) override;
    void clicked(const QPointF &at) override;
    void addToMenu(QMenu &menu, const QPointF &at) override;

private:
    /// The mark at a place, at most some pixels away; null if there is none.
    [[nodiscard]] const TimeSeries::Mark *markAt(double x) const;
    void drawBars(QPainter &painter, const QRectF &area) const;
    void drawLatency(QPainter &painter, const QRectF &area) const;
    void drawMarks(QPainter &painter, const QRectF &area) const;
    [[nodiscard]] TimeSeries::Second sumOf(qint64 from, qint64 to) const;
    [[nodiscard]] qint64 firstSecond() const;
    [[nodiscard]] double xOf(qint64 second, const QRectF &area) const;
    [[nodiscard]] QRectF plot() const;

    const TimeSeries &m_series;
    static constexpr int shownSeconds = 300;
    static constexpr int binSeconds = 3;
};

} // namespace gatehouse::ui
