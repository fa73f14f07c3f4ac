// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/trafficmodel.h"

#include <QImage>
#include <QScrollBar>

namespace gatehouse::ui {

/// The scroll bar of the list with ticks where something broke, was limited or is pinned. The
/// picture is kept until rows change, and made at most twice a second. GUI thread.
class MinimapBar : public QScrollBar
{
    Q_OBJECT

public:
    /// \a model is not owned and must outlive the bar.
    explicit MinimapBar(const TrafficModel &model, QWidget *parent = nullptr);
    ~MinimapBar() override;

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void drawTicks();

    const TrafficModel &m_model;
    QImage m_ticks;
    QTimer *m_timer;
};

} // namespace gatehouse::ui
