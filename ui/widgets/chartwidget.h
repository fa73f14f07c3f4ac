// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/charttable.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

class QMenu;

namespace gatehouse::ui {

/// A chart that is painted by hand into a picture that is kept, remade at most five times a second
/// and not at all while hidden. Dragging selects a range; Escape lets it go. The context menu shows
/// the same facts as a table. GUI thread.
class ChartWidget : public QWidget
{
    Q_OBJECT

public:
    explicit ChartWidget(QWidget *parent = nullptr);
    ~ChartWidget() override;

    /// The chart has other data.
    void invalidate();
    void clearSelection();
    /// What the chart says, in numbers.
    [[nodiscard]] virtual ChartFacts facts() const = 0;
    /// What is at that place, in words; empty: nothing.
    [[nodiscard]] virtual QString tipAt(const QPointF &at) const;
    /// Shows facts() in a window of its own, which it returns.
    ChartTable *showTable();
    /// The context menu; it deletes itself when it closes. For tests, and for the Menu key.
    [[nodiscard]] QMenu *makeMenu(const QPointF &at);

protected:
    /// Paints all but the selection.
    virtual void draw(QPainter &painter) = 0;
    /// From and to in pixels, left first.
    virtual void rangeSelected(double from, double to) = 0;
    /// A press without a drag; also Enter or Space at the middle of the chart.
    virtual void clicked(const QPointF &at);
    /// More for the context menu, above what every chart has.
    virtual void addToMenu(QMenu &menu, const QPointF &at);

    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;

private:
    void redraw();

    QPixmap m_picture;
    class QTimer *m_timer;
    std::optional<double> m_from;
    double m_to = 0;
    bool m_isDragging = false;
};

} // namespace gatehouse::ui
