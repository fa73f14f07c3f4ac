// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/settingspage.h"

#include "ui/pages/settings/appearancesection.h"
#include "ui/pages/settings/enginesection.h"
#include "ui/pages/settings/keyssection.h"
#include "ui/pages/settings/recordingsection.h"
#include "ui/pages/settings/redactionsection.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

namespace gatehouse::ui {

SettingsPage::SettingsPage(Preferences &preferences, ThemeManager &themes, Shortcuts &shortcuts,
                           client::AdminApi &api, QWidget *parent)
    : QWidget(parent)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_state(label({}, "second", this))
    , m_apply(new QPushButton(tr("Apply"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_defaults(new QPushButton(tr("Defaults"), this))
{
    setAccessibleName(tr("Settings"));
    m_list->setAccessibleName(tr("Sections"));
    m_list->setFixedWidth(type::px(180));
    m_list->setFrameShape(QFrame::NoFrame);
    add(Glyph::Plug, new EngineSection(preferences, this));
    add(Glyph::Record, new RecordingSection(preferences, api, this));
    add(Glyph::Review, new AppearanceSection(preferences, themes, this));
    add(Glyph::Command, new KeysSection(shortcuts, this));
    add(Glyph::Lock, new RedactionSection(preferences, api, this));
    auto *const line = new QWidget(this);
    line->setFixedWidth(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    auto *const right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_stack, 1);
    right->addWidget(makeButtons());
    auto *const row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(line);
    row->addLayout(right, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        updateButtons();
    });
    m_list->setCurrentRow(Engine);
    updateButtons();
}

SettingsPage::~SettingsPage() = default;

void SettingsPage::add(Glyph glyph, SettingsSection *section)
{
    m_sections.push_back(section);
    m_stack->addWidget(section);
    auto *const item = new QListWidgetItem(icon(glyph), section->title(), m_list);
    item->setSizeHint(QSize(0, type::px(32)));
    connect(section, &SettingsSection::edited, this, &SettingsPage::updateButtons);
}

QWidget *SettingsPage::makeButtons()
{
    auto *const bar = new QWidget(this);
    m_apply->setProperty("kind", "primary");
    m_defaults->setToolTip(tr("What this section had at first"));
    auto *const row = new QHBoxLayout(bar);
    row->setContentsMargins(24, 12, 24, 12);
    row->setSpacing(8);
    row->addWidget(m_defaults);
    row->addWidget(m_state, 1);
    row->addWidget(m_cancel);
    row->addWidget(m_apply);
    connect(m_apply, &QPushButton::clicked, this, &SettingsPage::apply);
    connect(m_cancel, &QPushButton::clicked, this, &SettingsPage::cancel);
    connect(m_defaults, &QPushButton::clicked, this, &SettingsPage::resetToDefaults);
    return bar;
}

void SettingsPage::updateButtons()
{
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        // A mark beside the name, since one sees one section only.
        const QString mark = m_sections[i]->isDirty() ? QStringLiteral(" •") : QString();
        m_list->item(int(i))->setText(m_sections[i]->title() + mark);
    }
    m_state->setText(isDirty() ? tr("There are changes that are not applied.") : QString());
    m_apply->setEnabled(isDirty());
    m_cancel->setEnabled(isDirty());
}

bool SettingsPage::isDirty() const
{
    return std::ranges::any_of(m_sections, &SettingsSection::isDirty);
}

SettingsSection *SettingsPage::section(Section section) const
{
    return m_sections[std::size_t(section)];
}

void SettingsPage::setSection(Section section)
{
    m_list->setCurrentRow(section);
}

void SettingsPage::refresh()
{
    static_cast<RecordingSection *>(section(Recording))->refresh();
}

bool SettingsPage::apply()
{
    bool isDone = true;
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        if (m_sections[i]->apply())
            continue;
        if (isDone)
            setSection(Section(i));
        isDone = false;
    }
    updateButtons();
    if (!isDone)
        m_state->setText(tr("Something stands in the way: it is said at the field."));
    return isDone;
}

void SettingsPage::cancel()
{
    for (SettingsSection *const each : m_sections)
        each->cancel();
    updateButtons();
}

void SettingsPage::resetToDefaults()
{
    m_sections[std::size_t(m_list->currentRow())]->resetToDefaults();
    updateButtons();
}

} // namespace gatehouse::ui
