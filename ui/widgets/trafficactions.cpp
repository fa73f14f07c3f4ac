// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/trafficactions.h"

#include "ui/widgets/icons.h"

#include <QCoreApplication>
#include <QWidget>

#include <optional>

namespace gatehouse::ui {

namespace {

struct Entry
{
    RowAction action;
    const char *id; ///< in the table of shortcuts; empty: the list's own
    const char *text;
    const char *keys; ///< separated by semicolons
    std::optional<Glyph> glyph;
    int needs; ///< selected rows
};

const Entry entries[] = {
    {RowAction::Next, "traffic.next", QT_TR_NOOP("Next row"), "J", Glyph::ChevronDown, 0},
    {RowAction::Previous, "traffic.previous", QT_TR_NOOP("Previous row"), "K", Glyph::ChevronUp, 0},
    {RowAction::NextError, "traffic.next-error", QT_TR_NOOP("Next error"), "N", std::nullopt, 0},
    {RowAction::PreviousError, "traffic.previous-error", QT_TR_NOOP("Previous error"), "Shift+N",
     std::nullopt, 0},
    {RowAction::Follow, "traffic.follow", QT_TR_NOOP("Follow new rows"), "F", Glyph::Live, 0},
    {RowAction::FocusFilter, "traffic.filter", QT_TR_NOOP("Go to the filter"), "Ctrl+F;/",
     Glyph::Filter, 0},
    {RowAction::Resend, "traffic.replay", QT_TR_NOOP("Resend"), "Ctrl+R;R", Glyph::Replay, 1},
    {RowAction::EditAndResend, "traffic.edit", QT_TR_NOOP("Edit and resend"), "Ctrl+Shift+R",
     Glyph::Edit, 1},
    {RowAction::Compare, "traffic.compare", QT_TR_NOOP("Compare"), "Ctrl+D", Glyph::Compare, 1},
    {RowAction::SetBaseline, "traffic.baseline", QT_TR_NOOP("Set as baseline"), "B", std::nullopt,
     1},
    {RowAction::Pin, "traffic.pin", QT_TR_NOOP("Pin"), "M", Glyph::Pin, 1},
    {RowAction::Note, "traffic.note", QT_TR_NOOP("Note\u2026"), "Ctrl+M", Glyph::Note, 1},
    {RowAction::Delete, "traffic.delete", QT_TR_NOOP("Delete"), "Del", Glyph::Remove, 1},
    {RowAction::Clear, "", QT_TR_NOOP("Clear the list"), "Ctrl+Shift+Del", Glyph::Clear, 0},
    {RowAction::CopyCurl, "traffic.curl", QT_TR_NOOP("Copy as cURL"), "Ctrl+Shift+C", Glyph::Copy,
     1},
    {RowAction::CopyFetch, "traffic.fetch", QT_TR_NOOP("Copy as fetch"), "", Glyph::Copy, 1},
    {RowAction::CopyHttpie, "traffic.httpie", QT_TR_NOOP("Copy as HTTPie"), "", Glyph::Copy, 1},
    {RowAction::CopyRow, "traffic.copy-row", QT_TR_NOOP("Copy row"), "Ctrl+C", std::nullopt, 1},
    {RowAction::CopyValue, "traffic.copy-value", QT_TR_NOOP("Copy value"), "", std::nullopt, 1},
    {RowAction::MakeTest, "traffic.test", QT_TR_NOOP("Make test"), "Ctrl+Shift+T", Glyph::Tests, 1},
};
static_assert(std::size(entries) == rowActionCount);

/// With keys of its own, unless the window has them: its Clear works everywhere.
QAction *ownAction(const Entry &entry, bool hasWindow)
{
    auto *const action = new QAction(QCoreApplication::translate("TrafficActions", entry.text));
    QList<QKeySequence> keys;
    for (const QString &key : QString::fromLatin1(entry.keys).split(u';', Qt::SkipEmptyParts))
        keys << QKeySequence(key, QKeySequence::PortableText);
    if (hasWindow && entry.action == RowAction::Clear)
        action->setObjectName(QStringLiteral("traffic.clear"));
    else
        action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut); // single letters must not reach editors
    if (entry.glyph)
        action->setIcon(icon(*entry.glyph));
    return action;
}

} // namespace

TrafficActions::TrafficActions(QWidget *list, Shortcuts *shortcuts) : QObject(list)
{
    for (const Entry &entry : entries) {
        const bool isShared = shortcuts && *entry.id;
        QAction *const action = isShared ? shortcuts->make(QLatin1String(entry.id), list)
                                         : ownAction(entry, shortcuts != nullptr);
        connect(action, &QAction::triggered, this,
                [this, which = entry.action] { Q_EMIT triggered(which); });
        if (!action->parent())
            action->setParent(this);
        list->addAction(action);
        m_actions[std::size_t(entry.action)] = action;
    }
    of(RowAction::Follow)->setCheckable(true);
    of(RowAction::Follow)->setChecked(true);
    setSelection(0);
}

TrafficActions::~TrafficActions() = default;

void TrafficActions::setSelection(qsizetype rows)
{
    for (const Entry &entry : entries)
        of(entry.action)->setEnabled(rows >= entry.needs);
    of(RowAction::EditAndResend)->setEnabled(rows == 1);
    of(RowAction::SetBaseline)->setEnabled(rows == 1);
    of(RowAction::Note)->setEnabled(rows == 1);
    of(RowAction::Compare)->setEnabled(rows == 1 || rows == 2);
}

} // namespace gatehouse::ui
