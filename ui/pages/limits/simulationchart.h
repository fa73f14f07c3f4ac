// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace gatehouse::ui {

class LimitSimulation;

/// Requests over time: allowed ones as solid bars, denied ones cross-hatched on top of them, and
/// what is left as a line.
class SimulationChart : public QWidget
{
    Q_OBJECT

public:
    /// \a simulation is not owned and must outlive the chart.
    explicit SimulationChart(const LimitSimulation &simulation, QWidget *parent = nullptr);
    ~SimulationChart() override;

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// The same as a table.
    void tableWanted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Bin;
    [[nodiscard]] std::vector<Bin> bins(int count) const;
    void paintBars(QPainter &painter, const QRectF &area) const;
    void paintLevel(QPainter &painter, const QRectF &area) const;
    void paintAxes(QPainter &painter, const QRectF &area) const;
    void paintLegend(QPainter &painter, const QRectF &area) const;
    [[nodiscard]] double span() const; ///< seconds

    const LimitSimulation &m_simulation;
};

} // namespace gatehouse::ui
