// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>

namespace gatehouse::ui {

Banner::Banner(QWidget *parent)
    : QFrame(parent)
    , m_glyph(new GlyphLabel(Glyph::Info, Token::Info, 20, this))
    , m_title(label({}, "strong", this))
    , m_sentence(paragraph({}, "second", this))
    , m_details(dataLabel({}, this))
    , m_buttons(new QHBoxLayout)
{
    setProperty("kind", "banner");
    m_details->setProperty("kind", "smalldata");
    m_buttons->setSpacing(8);
    auto *const words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    words->addWidget(m_details);
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 12, 8);
    row->setSpacing(12);
    row->addWidget(m_glyph, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    row->addLayout(m_buttons);
    hide();
}

Banner::~Banner() = default;

void Banner::say(Mood mood, const QString &title, const QString &sentence,
                 const QStringList &details)
{
    static constexpr std::pair<Glyph, Token> looks[] = {
        {Glyph::Info, Token::Info}, {Glyph::Warning, Token::Warn}, {Glyph::Error, Token::Error}};
    m_glyph->setGlyph(looks[int(mood)].first, looks[int(mood)].second);
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    m_details->setText(details.join(QLatin1Char('\n')));
    m_details->setVisible(!details.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QPushButton *Banner::addButton(const QString &text)
{
    auto *const button = new QPushButton(text, this);
    if (m_buttons->count() == 0)
        button->setProperty("kind", "primary");
    m_buttons->addWidget(button);
    return button;
}

void Banner::clearButtons()
{
    while (QLayoutItem *const item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
}

QString Banner::title() const
{
    return m_title->text();
}

QString Banner::sentence() const
{
    return m_sentence->text();
}

} // namespace gatehouse::ui
