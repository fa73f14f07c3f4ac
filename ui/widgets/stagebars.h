// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/timingrows.h"

#include <QWidget>

namespace gatehouse::ui {

/// Where the time of one exchange went, a bar for each stage on one axis. Solid is own time,
/// hatched is waiting; a red end is a failure.
class StageBars : public QWidget
{
    Q_OBJECT

public:
    explicit StageBars(QWidget *parent = nullptr);
    ~StageBars() override;

    /// Microseconds.
    void setRows(std::vector<TimingRow> rows, qint64 duration);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] QRect barOf(const TimingRow &row, int index) const;
    void drawAxis(QPainter &painter) const;
    void drawRow(QPainter &painter, const TimingRow &row, int index) const;

    std::vector<TimingRow> m_rows;
    qint64 m_duration = 0;
};

/// How a stage is called where there is little room: "rate_limit" for "middleware.rate_limit".
[[nodiscard]] QString shortStage(const QString &stage);
/// "18.2 ms, of which 12.0 ms waiting".
[[nodiscard]] QString timeText(const TimingRow &row);

} // namespace gatehouse::ui
