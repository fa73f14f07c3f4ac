// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/tickstyle.h"

#include "ui/settings/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace gatehouse::ui {

TickStyle::TickStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

TickStyle::~TickStyle() = default;

void TickStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                              QPainter *painter, const QWidget *widget) const
{
    if (element != PE_IndicatorCheckBox && element != PE_IndicatorItemViewItemCheck) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const Theme &theme = Theme::current();
    const bool isOn = option->state & State_On;
    const bool isEnabled = option->state & State_Enabled;
    const bool hasFocus = option->state & State_HasFocus;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal side = std::min(option->rect.width(), option->rect.height()) - 1;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option->rect).center());
    const Token edge = hasFocus ? Token::Accent : isEnabled ? Token::LineStrong : Token::Line;
    painter->setPen(QPen(theme.color(isOn && isEnabled ? Token::Accent : edge), hasFocus ? 2 : 1));
    painter->setBrush(theme.color(!isOn ? Token::Base : isEnabled ? Token::Accent : Token::Line));
    painter->drawRoundedRect(box, 3, 3);
    if (isOn) {
        QPainterPath tick;
        tick.moveTo(box.left() + side * 0.24, box.top() + side * 0.52);
        tick.lineTo(box.left() + side * 0.44, box.top() + side * 0.72);
        tick.lineTo(box.left() + side * 0.78, box.top() + side * 0.30);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(theme.color(isEnabled ? Token::OnAccent : Token::Text3), side / 8,
                             Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPath(tick);
    }
    painter->restore();
}

} // namespace gatehouse::ui
