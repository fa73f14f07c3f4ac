// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/picker.h"

#include "ui/settings/type.h"
#include "ui/widgets/icons.h"

#include <QPainter>

namespace gatehouse::ui {

Picker::Picker(const QString &name, QWidget *parent) : QComboBox(parent)
{
    setAccessibleName(name);
    setSizeAdjustPolicy(AdjustToContents);
}

Picker::~Picker() = default;

void Picker::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    QPainter painter(this);
    const int side = type::px(14);
    const QRect place(width() - side - 6, (height() - side) / 2, side, side);
    paintGlyph(painter, place, Glyph::ChevronDown,
               Theme::current().color(isEnabled() ? Token::Text2 : Token::Text3));
}

} // namespace gatehouse::ui
