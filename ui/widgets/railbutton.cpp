// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/railbutton.h"

#include "ui/settings/type.h"

#include <QPainter>

namespace gatehouse::ui {

RailButton::RailButton(Glyph glyph, const QString &title, QWidget *parent)
    : QAbstractButton(parent)
    , m_glyph(glyph)
{
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
}

RailButton::~RailButton() = default;

void RailButton::setBadge(int count)
{
    m_badge = count;
    setAccessibleDescription(count > 0 ? tr("%n problem(s)", nullptr, count) : QString());
    update();
}

QSize RailButton::sizeHint() const
{
    const int text = QFontMetrics(type::words(10, QFont::Medium)).horizontalAdvance(this->text());
    return {std::max(type::px(48), text + 8), type::px(48)};
}

void RailButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked())
        painter.fillRect(rect(), theme.color(Token::Selected));
    else if (underMouse())
        painter.fillRect(rect(), theme.color(Token::Hover));
    if (isChecked())
        painter.fillRect(QRect(0, 0, 2, height()), theme.color(Token::Accent));
    const int side = type::px(20);
    const QRectF glyphRect((width() - side) / 2.0, type::px(7), side, side);
    paintGlyph(painter, glyphRect, m_glyph, theme.color(isChecked() ? Token::Text : Token::Text2));
    painter.setFont(type::words(10, QFont::Medium));
    painter.setPen(theme.color(isChecked() ? Token::Text : Token::Text2));
    painter.drawText(QRect(0, type::px(29), width(), type::px(14)), Qt::AlignCenter, text());
    if (m_badge > 0) {
        const QString count = m_badge > 99 ? QStringLiteral("99+") : QString::number(m_badge);
        const int high = type::px(14);
        const int wide = std::max(high, painter.fontMetrics().horizontalAdvance(count) + 6);
        const QRect badge(int(glyphRect.right()) - 6, type::px(3), wide, high);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Token::Error));
        painter.drawRoundedRect(badge, high / 2.0, high / 2.0);
        painter.setPen(theme.color(Token::Base));
        painter.drawText(badge, Qt::AlignCenter, count);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 4, 4);
    }
}

} // namespace gatehouse::ui
