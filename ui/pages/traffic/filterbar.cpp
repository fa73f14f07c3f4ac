// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traffic/filterbar.h"

#include "ui/pages/traffic/quickfilters.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/icons.h"

#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

namespace {

constexpr const char *historyKey = "traffic/filter-history";
constexpr const char *savedKey = "traffic/saved-filters";
constexpr qsizetype mostSaved = 50;

} // namespace

FilterBar::FilterBar(Preferences &preferences, QWidget *parent)
    : QWidget(parent)
    , m_preferences(preferences)
    , m_edit(new FilterEdit(this))
    , m_quick(new QuickFilters(this))
{
    m_edit->setHistory(preferences.state(historyKey).toStringList());
    auto *const line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_edit, 1);
    line->addWidget(menuButton(tr("Saved"), m_saved), 0, Qt::AlignTop);
    line->addWidget(menuButton(tr("Highlight"), m_highlight), 0, Qt::AlignTop);
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 4);
    column->setSpacing(4);
    column->addLayout(line);
    column->addWidget(m_quick);
    connect(m_edit, &FilterEdit::applied, this, [this](const filter::Expression &expression) {
        m_quick->setCurrent(m_edit->text());
        Q_EMIT applied(expression);
    });
    connect(m_edit, &FilterEdit::historyChanged, this,
            [this](const QStringList &history) { m_preferences.setState(historyKey, history); });
    connect(m_edit, &FilterEdit::saveWanted, this, &FilterBar::save);
    connect(m_quick, &QuickFilters::chosen, this, &FilterBar::apply);
    connect(&m_saved, &QMenu::aboutToShow, this, &FilterBar::fillSaved);
    connect(&m_highlight, &QMenu::aboutToShow, this, &FilterBar::fillHighlights);
}

FilterBar::~FilterBar() = default;

QToolButton *FilterBar::menuButton(const QString &text, QMenu &menu)
{
    auto *const button = new QToolButton(this);
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(&menu);
    button->setMinimumHeight(28);
    return button;
}

void FilterBar::apply(const QString &text)
{
    m_edit->setText(text, true);
    m_quick->setCurrent(text);
}

void FilterBar::setHighlights(const QStringList &texts)
{
    m_highlights = texts;
}

void FilterBar::save(const QString &text)
{
    QStringList saved = m_preferences.state(savedKey).toStringList();
    saved.removeAll(text);
    saved.prepend(text);
    m_preferences.setState(savedKey, saved.mid(0, mostSaved));
}

void FilterBar::fillSaved()
{
    m_saved.clear();
    const QString text = m_edit->text();
    QAction *const save = m_saved.addAction(icon(Glyph::Save), tr("Save this filter"));
    save->setEnabled(!text.isEmpty() && m_edit->state() != FilterEdit::State::Invalid);
    connect(save, &QAction::triggered, this, [this, text] { this->save(text); });
    m_saved.addSeparator();
    const QStringList saved = m_preferences.state(savedKey).toStringList();
    for (const QString &each : saved)
        connect(m_saved.addAction(each), &QAction::triggered, this, [this, each] { apply(each); });
    if (saved.isEmpty()) {
        m_saved.addAction(tr("No filter is saved yet"))->setEnabled(false);
        return;
    }
    QMenu *const forget = m_saved.addMenu(tr("Forget"));
    for (const QString &each : saved)
        connect(forget->addAction(each), &QAction::triggered, this, [this, each] {
            QStringList left = m_preferences.state(savedKey).toStringList();
            left.removeAll(each);
            m_preferences.setState(savedKey, left);
        });
}

void FilterBar::fillHighlights()
{
    m_highlight.clear();
    const QString text = m_edit->text();
    QAction *const add =
        m_highlight.addAction(icon(Glyph::Add), tr("Mark what this filter accepts"));
    add->setEnabled(!text.isEmpty() && m_edit->state() != FilterEdit::State::Invalid);
    connect(add, &QAction::triggered, this, [this, text] { Q_EMIT highlightAdded(text); });
    m_highlight.addSeparator();
    for (int i = 0; i < m_highlights.size(); ++i)
        connect(m_highlight.addAction(icon(Glyph::Close), tr("Stop: %1").arg(m_highlights[i])),
                &QAction::triggered, this, [this, i] { Q_EMIT highlightRemoved(i); });
    if (m_highlights.isEmpty())
        m_highlight.addAction(tr("No rows are marked"))->setEnabled(false);
}

} // namespace gatehouse::ui
