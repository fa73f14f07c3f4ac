// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/trafficactions.h"

#include "ui/widgets/icons.h"

#include <QWidget>

#include <optional>

namespace gatehouse::ui {

namespace {

struct Entry
{
    RowAction action;
    const char *text;
    const char *keys; ///< separated by semicolons
    std::optional<Glyph> glyph;
    int needs; ///< selected rows
};

const Entry entries[] = {
    {RowAction::Next, QT_TR_NOOP("Next row"), "J", Glyph::ChevronDown, 0},
    {RowAction::Previous, QT_TR_NOOP("Previous row"), "K", Glyph::ChevronUp, 0},
    {RowAction::NextError, QT_TR_NOOP("Next error"), "N", std::nullopt, 0},
    {RowAction::PreviousError, QT_TR_NOOP("Previous error"), "Shift+N", std::nullopt, 0},
    {RowAction::Follow, QT_TR_NOOP("Follow new rows"), "F", Glyph::Live, 0},
    {RowAction::FocusFilter, QT_TR_NOOP("Go to the filter"), "Ctrl+F;/", Glyph::Filter, 0},
    {RowAction::Resend, QT_TR_NOOP("Resend"), "Ctrl+R;R", Glyph::Replay, 1},
    {RowAction::EditAndResend, QT_TR_NOOP("Edit and resend"), "Ctrl+Shift+R", Glyph::Edit, 1},
    {RowAction::Compare, QT_TR_NOOP("Compare"), "Ctrl+D", Glyph::Compare, 1},
    {RowAction::SetBaseline, QT_TR_NOOP("Set as baseline"), "B", std::nullopt, 1},
    {RowAction::Pin, QT_TR_NOOP("Pin"), "M", Glyph::Pin, 1},
    {RowAction::Note, QT_TR_NOOP("Note\u2026"), "Ctrl+M", Glyph::Note, 1},
    {RowAction::Delete, QT_TR_NOOP("Delete"), "Del", Glyph::Remove, 1},
    {RowAction::Clear, QT_TR_NOOP("Clear the list"), "Ctrl+Shift+Del", Glyph::Clear, 0},
    {RowAction::CopyCurl, QT_TR_NOOP("Copy as cURL"), "Ctrl+Shift+C", Glyph::Copy, 1},
    {RowAction::CopyRow, QT_TR_NOOP("Copy row"), "Ctrl+C", std::nullopt, 1},
    {RowAction::CopyValue, QT_TR_NOOP("Copy value"), "", std::nullopt, 1},
    {RowAction::MakeTest, QT_TR_NOOP("Make test"), "Ctrl+Shift+T", Glyph::Tests, 1},
};
static_assert(std::size(entries) == rowActionCount);

} // namespace

TrafficActions::TrafficActions(QWidget *list) : QObject(list)
{
    for (const Entry &entry : entries) {
        auto *const action = new QAction(tr(entry.text), this);
        QList<QKeySequence> keys;
        for (const QString &key : QString::fromLatin1(entry.keys).split(u';', Qt::SkipEmptyParts))
            keys << QKeySequence(key, QKeySequence::PortableText);
        action->setShortcuts(keys);
        action->setShortcutContext(Qt::WidgetShortcut); // single letters must not reach editors
        if (entry.glyph)
            action->setIcon(icon(*entry.glyph));
        connect(action, &QAction::triggered, this,
                [this, which = entry.action] { Q_EMIT triggered(which); });
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
