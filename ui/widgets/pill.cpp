// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill.h"

#include "ui/settings/type.h"

#include <QPainter>

namespace gatehouse::ui {

namespace {

constexpr int padding = 8;
constexpr int gap = 4;

int glyphSide()
{
    return type::px(14);
}

} // namespace

Pill::Pill(const QString &text, Token tint, std::optional<Glyph> glyph, QWidget *parent)
    : QAbstractButton(parent)
    , m_tint(tint)
    , m_glyph(glyph)
{
    setText(text);
    setAccessibleName(text);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

Pill::~Pill() = default;

void Pill::setTint(Token tint)
{
    m_tint = tint;
    update();
}

void Pill::setLink(bool on)
{
    m_isLink = on;
    setFocusPolicy(on ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(on ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

QFont Pill::usedFont() const
{
    QFont font = type::words(13, QFont::Medium);
    font.setUnderline(m_isLink && (underMouse() || hasFocus()));
    return font;
}

QSize Pill::sizeHint() const
{
    const QFontMetrics metrics(usedFont());
    const int glyph = m_glyph ? glyphSide() + gap : 0;
    return {metrics.horizontalAdvance(text()) + glyph + 2 * padding + 2, type::px(24)};
}

QSize Pill::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), type::px(60)), type::px(24)};
}

void Pill::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isFocused = hasFocus();
    painter.setPen(QPen(theme.color(isFocused ? Token::Accent : Token::Line), isFocused ? 2 : 1));
    painter.setBrush(theme.color(m_isLink && underMouse() ? Token::Hover : Token::Base));
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);

    QRect inner = rect().adjusted(padding, 0, -padding, 0);
    if (m_glyph) {
        paintGlyph(painter, QRect(inner.left(), 0, glyphSide(), height()), *m_glyph,
                   theme.color(m_tint));
        inner.setLeft(inner.left() + glyphSide() + gap);
    }
    painter.setFont(usedFont());
    painter.setPen(theme.color(m_tint));
    const QString shown = painter.fontMetrics().elidedText(text(), Qt::ElideMiddle, inner.width());
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, shown);
}

} // namespace gatehouse::ui
