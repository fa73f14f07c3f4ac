// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/keysheet.h"

#include "ui/actions/shortcuts.h"
#include "ui/settings/type.h"
#include "ui/widgets/labels.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {

KeySheet::KeySheet(Shortcuts &shortcuts, QWidget *parent)
    : QDialog(parent)
    , m_shortcuts(shortcuts)
    , m_table(new QTreeWidget(this))
{
    setWindowTitle(tr("Keys"));
    setAccessibleName(windowTitle());
    m_table->setHeaderLabels({tr("Action"), tr("Keys")});
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->header()->resizeSection(0, type::px(280));
    auto *const column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addWidget(label(tr("Keys"), "title", this));
    column->addWidget(m_table);
    resize(type::px(560), type::px(640));
    connect(&shortcuts, &Shortcuts::changed, this, &KeySheet::fill);
    fill();
}

KeySheet::~KeySheet() = default;

void KeySheet::fill()
{
    m_table->clear();
    for (const KeyScope scope : {KeyScope::Window, KeyScope::List, KeyScope::Body,
                                 KeyScope::Composer, KeyScope::Routes, KeyScope::Limits}) {
        auto *const group = new QTreeWidgetItem(m_table, {scopeName(scope)});
        group->setFont(0, type::words(13, QFont::DemiBold));
        group->setFlags(Qt::ItemIsEnabled);
        for (const ShortcutInfo &info : shortcutTable()) {
            QStringList keys;
            for (const QKeySequence &key : m_shortcuts.keys(QLatin1String(info.id)))
                keys << key.toString(QKeySequence::NativeText);
            if (info.scope != scope || keys.isEmpty())
                continue;
            const QString text = QCoreApplication::translate("Shortcuts", info.text)
                                     .remove(QLatin1Char('&'))
                                     .remove(QStringLiteral("…"));
            new QTreeWidgetItem(group, {text, keys.join(tr(" or "))});
        }
    }
    m_table->expandAll();
}

} // namespace gatehouse::ui
