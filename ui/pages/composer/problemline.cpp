// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/problemline.h"

#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QStyle>

namespace gatehouse::ui {

ProblemLine::ProblemLine(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel(Glyph::Info, Token::Text2, 16, this))
    , m_label(paragraph({}, "second", this))
{
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addWidget(m_label, 1);
    hide();
}

ProblemLine::~ProblemLine() = default;

void ProblemLine::say(Mood mood, const QString &sentence)
{
    setVisible(!sentence.isEmpty());
    if (sentence == m_label->text() && isVisibleTo(parentWidget()))
        return;
    m_glyph->setGlyph(mood == Mood::Error         ? Glyph::Error
                          : mood == Mood::Warning ? Glyph::Warning
                                                  : Glyph::Info,
                      mood == Mood::Error         ? Token::Error
                          : mood == Mood::Warning ? Token::Warn
                                                  : Token::Text2);
    m_label->setProperty("kind", mood == Mood::Error ? "error" : "second");
    m_label->style()->unpolish(m_label);
    m_label->style()->polish(m_label);
    m_label->setText(sentence);
}

QString ProblemLine::sentence() const
{
    return m_label->text();
}

} // namespace gatehouse::ui
