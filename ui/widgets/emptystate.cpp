// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/settings/type.h"
#include "ui/widgets/glyphlabel.h"
#include "ui/widgets/labels.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

namespace gatehouse::ui {

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_glyph(new GlyphLabel(Glyph::Info, Token::Text3, 40, this))
    , m_title(label({}, "headline", this))
    , m_sentence(label({}, "second", this))
    , m_commandRow(card(this))
    , m_command(dataLabel({}, m_commandRow))
    , m_buttons(new QHBoxLayout)
{
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);

    auto *const copying = new QToolButton(m_commandRow);
    copying->setIcon(icon(Glyph::Copy));
    copying->setToolTip(tr("Copy the command"));
    copying->setAccessibleName(copying->toolTip());
    connect(copying, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->text()); });
    auto *const commandRow = new QHBoxLayout(m_commandRow);
    commandRow->setContentsMargins(12, 4, 4, 4);
    commandRow->addWidget(m_command, 1);
    commandRow->addWidget(copying);
    m_commandRow->hide();

    m_buttons->setSpacing(8);
    auto *const middle = new QWidget(this);
    middle->setMaximumWidth(type::px(520));
    auto *const words = new QVBoxLayout(middle);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(12);
    words->addWidget(m_glyph, 0, Qt::AlignHCenter);
    words->addWidget(m_title);
    words->addWidget(m_sentence);
    words->addWidget(m_commandRow, 0, Qt::AlignHCenter);
    auto *const centered = new QHBoxLayout;
    centered->addStretch();
    centered->addLayout(m_buttons);
    centered->addStretch();
    words->addLayout(centered);
    // Labels that wrap need a width of their own before they know their height.
    auto *const row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(middle, 100);
    row->addStretch(1);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 24);
    column->addStretch(2);
    column->addLayout(row);
    column->addStretch(3);
}

EmptyState::~EmptyState() = default;

void EmptyState::setContent(Glyph glyph, const QString &title, const QString &sentence)
{
    m_glyph->setGlyph(glyph, Token::Text3);
    m_title->setText(title);
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void EmptyState::setCommand(const QString &command)
{
    m_command->setText(command);
    m_commandRow->setVisible(!command.isEmpty());
}

QPushButton *EmptyState::addButton(const QString &text)
{
    auto *const button = new QPushButton(text, this);
    if (m_buttons->count() == 0)
        button->setProperty("kind", "primary");
    m_buttons->addWidget(button);
    return button;
}

QPushButton *EmptyState::addAction(QAction *action)
{
    QPushButton *const button = addButton(action->text());
    button->setEnabled(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button,
            [button, action] { button->setEnabled(action->isEnabled()); });
    return button;
}

void EmptyState::clearButtons()
{
    while (QLayoutItem *const item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
}

} // namespace gatehouse::ui
