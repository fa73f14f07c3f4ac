// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/keyssection.h"

#include "ui/actions/shortcuts.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace gatehouse::ui {

namespace {

enum Column { Action, Keys, Scope };

QString nameOf(const ShortcutInfo &info)
{
    return QCoreApplication::translate("Shortcuts", info.text)
        .remove('&')
        .remove(QStringLiteral("…"));
}

QList<QKeySequence> usualKeys(const QString &id)
{
    QList<QKeySequence> out;
    for (const ShortcutInfo &info : shortcutTable()) {
        if (id != QLatin1String(info.id))
            continue;
        for (const QString &key : QString::fromLatin1(info.keys).split("; ", Qt::SkipEmptyParts))
            out << QKeySequence::fromString(key, QKeySequence::PortableText);
    }
    return out;
}

} // namespace

KeysSection::KeysSection(Shortcuts &shortcuts, QWidget *parent)
    : SettingsSection(tr("Keys"),
                      tr("Choose an action, press its new keys. Menus, tips and the palette follow "
                         "at once."),
                      parent)
    , m_shortcuts(shortcuts)
    , m_search(new QLineEdit(this))
    , m_table(new QTreeWidget(this))
    , m_keys(new QKeySequenceEdit(this))
    , m_set(new QPushButton(tr("Set"), this))
    , m_none(new QPushButton(tr("No keys"), this))
    , m_reset(new QPushButton(tr("As it was"), this))
    , m_problem(paragraph({}, "error", this))
{
    m_search->setPlaceholderText(tr("search an action or a key"));
    m_search->setAccessibleName(tr("Search in the keys"));
    m_search->setClearButtonEnabled(true);
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_table->setHeaderLabels({tr("Action"), tr("Keys"), tr("Works in")});
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setMinimumHeight(type::px(320));
    m_table->header()->resizeSection(Action, type::px(300));
    m_table->header()->resizeSection(Keys, type::px(220));
    column().addWidget(m_search);
    column().addWidget(m_table, 1);
    column().addSpacing(8);
    column().addWidget(makeEditor());
    column().addWidget(m_problem);
    m_problem->hide();
    connect(m_search, &QLineEdit::textChanged, this, &KeysSection::filter);
    connect(m_table, &QTreeWidget::currentItemChanged, this, &KeysSection::showSelected);
    connect(&shortcuts, &Shortcuts::changed, this, &KeysSection::fill);
    fill();
}

KeysSection::~KeysSection() = default;

QWidget *KeysSection::makeEditor()
{
    auto *const box = new QWidget(this);
    m_keys->setAccessibleName(tr("New keys"));
    auto *const all = new QPushButton(tr("All as they were"), box);
    auto *const row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_keys, 1);
    for (QPushButton *const button : {m_set, m_none, m_reset, all})
        row->addWidget(button);
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, [this](const QKeySequence &keys) {
        sayAt(*m_problem, m_shortcuts.conflict(selectedId(), keys));
        m_set->setEnabled(m_problem->text().isEmpty() && !keys.isEmpty());
    });
    connect(m_set, &QPushButton::clicked, this, [this] { rebind(m_keys->keySequence()); });
    connect(m_none, &QPushButton::clicked, this, [this] { rebind({}); });
    connect(m_reset, &QPushButton::clicked, this, &KeysSection::resetSelected);
    connect(all, &QPushButton::clicked, this, &KeysSection::resetToDefaults);
    return box;
}

QString KeysSection::selectedId() const
{
    const QTreeWidgetItem *const item = m_table->currentItem();
    return item ? item->data(Action, Qt::UserRole).toString() : QString();
}

void KeysSection::fill()
{
    const QString selected = selectedId();
    m_table->clear();
    for (const ShortcutInfo &info : shortcutTable()) {
        QStringList keys;
        const QString id = QLatin1String(info.id);
        for (const QKeySequence &key : m_shortcuts.keys(id))
            keys << key.toString(QKeySequence::NativeText);
        auto *const item = new QTreeWidgetItem(
            m_table, {nameOf(info), keys.join(tr(" or ")), scopeName(info.scope)});
        item->setData(Action, Qt::UserRole, id);
        const bool isChanged = m_shortcuts.keys(id) != usualKeys(id);
        item->setFont(Keys, type::words(13, isChanged ? QFont::DemiBold : QFont::Normal));
        item->setToolTip(Keys, isChanged ? tr("Changed by you") : QString());
    }
    filter(m_search->text());
    select(selected);
}

void KeysSection::filter(const QString &text)
{
    const QString wanted = text.trimmed();
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        QTreeWidgetItem *const item = m_table->topLevelItem(i);
        const bool isFound = item->text(Action).contains(wanted, Qt::CaseInsensitive)
            || item->text(Keys).contains(wanted, Qt::CaseInsensitive);
        item->setHidden(!isFound);
    }
}

void KeysSection::select(const QString &id)
{
    for (int i = 0; i < m_table->topLevelItemCount(); ++i) {
        if (m_table->topLevelItem(i)->data(Action, Qt::UserRole).toString() == id)
            m_table->setCurrentItem(m_table->topLevelItem(i));
    }
    showSelected();
}

void KeysSection::showSelected()
{
    const QString id = selectedId();
    const bool hasOne = !id.isEmpty();
    const QList<QKeySequence> keys = m_shortcuts.keys(id);
    {
        const QSignalBlocker quiet(m_keys);
        m_keys->setKeySequence(keys.isEmpty() ? QKeySequence() : keys.first());
    }
    sayAt(*m_problem, {});
    m_keys->setEnabled(hasOne);
    m_set->setEnabled(false);
    m_none->setEnabled(hasOne && !keys.isEmpty());
    m_reset->setEnabled(hasOne && keys != usualKeys(id));
}

void KeysSection::rebind(const QKeySequence &keys)
{
    const QString id = selectedId();
    const QString problem = m_shortcuts.conflict(id, keys);
    sayAt(*m_problem, problem);
    if (id.isEmpty() || !problem.isEmpty())
        return;
    m_shortcuts.rebind(id, keys.isEmpty() ? QList<QKeySequence>() : QList{keys});
}

void KeysSection::resetSelected()
{
    const QString id = selectedId();
    for (const QKeySequence &key : usualKeys(id)) {
        if (const QString problem = m_shortcuts.conflict(id, key); !problem.isEmpty()) {
            sayAt(*m_problem, problem);
            return;
        }
    }
    m_shortcuts.rebind(id, usualKeys(id));
}

void KeysSection::resetToDefaults()
{
    m_shortcuts.resetAll();
}

QString KeysSection::sentence() const
{
    return m_problem->text();
}

} // namespace gatehouse::ui
