// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/chartwidget.h"

namespace gatehouse::ui {

class FrameModel;

/// The gaps between the frames of a stream, one bar for each, the newest at the right: a stall
/// stands out. A click chooses a frame, dragging chooses many.
class GapChart : public ChartWidget
{
    Q_OBJECT

public:
    static constexpr qsizetype mostShown = 2000; ///< frames; the newest

    /// \a model is not owned and must outlive the chart.
    explicit GapChart(const FrameModel &model, QWidget *parent = nullptr);
    ~GapChart() override;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] ChartFacts facts() const override;
    [[nodiscard]] QString tipAt(const QPointF &at) const override;
    /// "42 frames, gap p50 200 ms, p99 1.20 s, longest 1.40 s before frame 17".
    [[nodiscard]] QString summary() const;

Q_SIGNALS:
    /// From and to are indexes of frames, both included.
    void framesChosen(qint64 from, qint64 to);

protected:
    void draw(QPainter &painter) override;
    void rangeSelected(double from, double to) override;
    void clicked(const QPointF &at) override;

private:
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] double step() const; ///< pixels for a frame
    /// Position in the frames that are held; -1: there is none.
    [[nodiscard]] qsizetype frameAt(double x) const;
    [[nodiscard]] qsizetype firstShown() const;

    const FrameModel &m_model;
};

} // namespace gatehouse::ui
