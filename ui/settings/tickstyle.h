// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace gatehouse::ui {

/// Fusion with check marks in the colours of the theme: a style sheet could only take a tick from
/// an image file, and the usual box has no edge on dark grounds.
class TickStyle : public QProxyStyle
{
    Q_OBJECT

public:
    TickStyle();
    ~TickStyle() override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
};

} // namespace gatehouse::ui
