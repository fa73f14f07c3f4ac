// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chartwidget.h"

#include "ui/settings/theme.h"
#include "ui/widgets/icons.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QToolTip>

#include <algorithm>

namespace gatehouse::ui {

namespace {

constexpr int leastDrag = 4;   ///< pixels; below that it is a click
constexpr double keyStep = 16; ///< pixels that Shift+arrow selects

} // namespace

ChartWidget::ChartWidget(QWidget *parent) : QWidget(parent), m_timer(new QTimer(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_timer->setSingleShot(true);
    m_timer->setInterval(200);
    connect(m_timer, &QTimer::timeout, this, &ChartWidget::redraw);
}

ChartWidget::~ChartWidget() = default;

void ChartWidget::invalidate()
{
    if (isVisible() && !m_timer->isActive())
        m_timer->start();
}

void ChartWidget::redraw()
{
    m_picture = {};
    update();
}

void ChartWidget::clearSelection()
{
    m_from.reset();
    update();
}

void ChartWidget::showEvent(QShowEvent *event)
{
    redraw();
    QWidget::showEvent(event);
}

void ChartWidget::resizeEvent(QResizeEvent *event)
{
    m_picture = {};
    QWidget::resizeEvent(event);
}

void ChartWidget::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        redraw();
    QWidget::changeEvent(event);
}

void ChartWidget::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    if (m_picture.isNull()) {
        m_picture = QPixmap(size() * devicePixelRatio());
        m_picture.setDevicePixelRatio(devicePixelRatio());
        m_picture.fill(theme.color(Token::Panel));
        QPainter painter(&m_picture);
        draw(painter);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    if (m_from) {
        QColor fill = theme.color(Token::Accent);
        fill.setAlphaF(0.18F);
        const QRectF range(std::min(*m_from, m_to), 0, std::abs(m_to - *m_from), height());
        painter.fillRect(range, fill);
        painter.setPen(theme.color(Token::Accent));
        painter.drawLine(range.topLeft(), range.bottomLeft());
        painter.drawLine(range.topRight(), range.bottomRight());
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Token::Accent), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void ChartWidget::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_isDragging = true;
    m_from = event->position().x();
    m_to = *m_from;
    update();
}

void ChartWidget::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_isDragging)
        return;
    m_to = std::clamp<double>(event->position().x(), 0, width());
    update();
}

void ChartWidget::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_isDragging, false) || !m_from)
        return;
    if (std::abs(m_to - *m_from) < leastDrag) {
        clearSelection();
        clicked(event->position());
    } else {
        rangeSelected(std::min(*m_from, m_to), std::max(*m_from, m_to));
    }
}

void ChartWidget::clicked(const QPointF &) {}

QString ChartWidget::tipAt(const QPointF &) const
{
    return {};
}

void ChartWidget::addToMenu(QMenu &, const QPointF &) {}

ChartTable *ChartWidget::showTable()
{
    auto *const table = new ChartTable(accessibleName(), facts(), this);
    table->show();
    return table;
}

QMenu *ChartWidget::makeMenu(const QPointF &at)
{
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addToMenu(*menu, at);
    menu->addAction(icon(Glyph::Review), tr("View as &table"), this, &ChartWidget::showTable);
    return menu;
}

void ChartWidget::contextMenuEvent(QContextMenuEvent *event)
{
    makeMenu(event->pos())->popup(event->globalPos());
}

bool ChartWidget::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto &help = static_cast<const QHelpEvent &>(*event);
    const QString tip = tipAt(help.pos());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help.globalPos(), tip, this);
    return true;
}

void ChartWidget::keyPressEvent(QKeyEvent *event)
{
    const bool isArrow = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (isArrow && event->modifiers() & Qt::ShiftModifier) {
        if (!m_from)
            m_from = m_to = width() / 2.0;
        const double step = event->key() == Qt::Key_Left ? -keyStep : keyStep;
        m_to = std::clamp<double>(m_to + step, 0, width());
        update();
        return;
    }
    if (m_from && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        rangeSelected(std::min(*m_from, m_to), std::max(*m_from, m_to));
        return;
    }
    if (!m_from
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
            || event->key() == Qt::Key_Space)) {
        clicked(QRectF(rect()).center());
        return;
    }
    if (m_from && event->key() == Qt::Key_Escape) {
        clearSelection();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace gatehouse::ui
