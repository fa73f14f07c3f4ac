// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filterline.h"

#include <QPainter>

#include <algorithm>

namespace gatehouse::ui {

FilterLine::FilterLine(QWidget *parent) : QLineEdit(parent) {}

FilterLine::~FilterLine() = default;

void FilterLine::setEdge(Token token)
{
    m_edge = token;
    update();
}

void FilterLine::setMark(qsizetype column, qsizetype length)
{
    m_mark = column;
    m_length = length;
    update();
}

/// The line may be scrolled; the cursor tells by how much.
int FilterLine::xOf(qsizetype column) const
{
    const QFontMetrics metrics = fontMetrics();
    const int atCursor = metrics.horizontalAdvance(text().left(cursorPosition()));
    const int atColumn = metrics.horizontalAdvance(text().left(column));
    return cursorRect().center().x() + atColumn - atCursor;
}

void FilterLine::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = hasFocus() ? 2 : 1;
    painter.setPen(QPen(theme.color(m_edge), width));
    painter.drawRoundedRect(QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2),
                            4, 4);
    if (m_mark < 0)
        return;
    const double from = xOf(m_mark);
    const double to = std::max<double>(xOf(m_mark + m_length), from + 6);
    const double y = height() - 4.5;
    painter.setPen(QPen(theme.color(m_edge), 1.5));
    for (double x = from; x < to; x += 4) { // a wave: the place shows without colour, too
        painter.drawLine(QPointF(x, y), QPointF(x + 2, y - 2));
        painter.drawLine(QPointF(x + 2, y - 2), QPointF(x + 4, y));
    }
}

} // namespace gatehouse::ui
