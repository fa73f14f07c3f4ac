// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace gatehouse::ui {

/// A chart that is painted by hand into a picture that is kept, remade at most five times a second
/// and not at all while hidden. Dragging selects a range; Escape lets it go. GUI thread.
class ChartWidget : public QWidget
{
    Q_OBJECT

public:
    explicit ChartWidget(QWidget *parent = nullptr);
    ~ChartWidget() override;

    /// The chart has other data.
    void invalidate();
    void clearSelection();

protected:
    /// Paints all but the selection.
    virtual void draw(QPainter &painter) = 0;
    /// From and to in pixels, left first.
    virtual void rangeSelected(double from, double to) = 0;

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void redraw();

    QPixmap m_picture;
    class QTimer *m_timer;
    std::optional<double> m_from;
    double m_to = 0;
    bool m_isDragging = false;
};

} // namespace gatehouse::ui
