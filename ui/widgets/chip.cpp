// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/settings/type.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace gatehouse::ui {

Chip::Chip(Glyph glyph, const QString &text, const QString &ending, QWidget *parent)
    : QFrame(parent)
    , m_label(label(text, "small", this))
    , m_cross(new QToolButton(this))
{
    setProperty("kind", "chip");
    setAccessibleName(text);
    setFixedHeight(type::px(20));
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 1, 0);
    row->setSpacing(4);
    row->addWidget(new GlyphLabel(glyph, Token::Warn, 14, this));
    row->addWidget(m_label);
    row->addWidget(m_cross);
    m_cross->setIcon(icon(Glyph::Close));
    m_cross->setIconSize({type::px(12), type::px(12)});
    m_cross->setToolTip(ending);
    m_cross->setAccessibleName(ending);
    connect(m_cross, &QToolButton::clicked, this, &Chip::ended);
}

Chip::~Chip() = default;

void Chip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange) // and with it the scale
        setFixedHeight(type::px(20));
}

void Chip::setText(const QString &text)
{
    m_label->setText(text);
    setAccessibleName(text);
}

QString Chip::text() const
{
    return m_label->text();
}

} // namespace gatehouse::ui
