// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/glyphlabel.h"

#include "ui/settings/type.h"

#include <QPainter>

namespace gatehouse::ui {

GlyphLabel::GlyphLabel(Glyph glyph, Token tint, int side, QWidget *parent)
    : QWidget(parent)
    , m_glyph(glyph)
    , m_tint(tint)
    , m_side(side)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

GlyphLabel::~GlyphLabel() = default;

void GlyphLabel::setGlyph(Glyph glyph, Token tint)
{
    m_glyph = glyph;
    m_tint = tint;
    update();
}

QSize GlyphLabel::sizeHint() const
{
    return {type::px(m_side), type::px(m_side)};
}

void GlyphLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintGlyph(painter, rect(), m_glyph, Theme::current().color(m_tint));
}

} // namespace gatehouse::ui
