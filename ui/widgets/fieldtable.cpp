// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fieldtable.h"

#include "ui/settings/type.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>

namespace gatehouse::ui {

FieldTable::FieldTable(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(2);
    setHeaderLabels({tr("Name"), tr("Value")});
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSelectionMode(ExtendedSelection);
    setAllColumnsShowFocus(true);
    setFrameShape(NoFrame);
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(true);
    header()->resizeSection(0, type::px(180));
    setAccessibleName(tr("Names and values"));
}

FieldTable::~FieldTable() = default;

void FieldTable::setFields(const std::vector<std::pair<QString, QString>> &fields)
{
    clear();
    setRootIsDecorated(false);
    for (const auto &[name, value] : fields)
        addField(name, value);
}

QTreeWidgetItem *FieldTable::addField(const QString &name, const QString &value,
                                      QTreeWidgetItem *under)
{
    auto *const item = new QTreeWidgetItem(QStringList{name, value});
    item->setFont(0, type::data());
    item->setFont(1, type::data());
    item->setToolTip(1, value.toHtmlEscaped().left(2000));
    if (under)
        under->addChild(item);
    else
        addTopLevelItem(item);
    return item;
}

void FieldTable::fitRows(int most)
{
    const int rows = std::clamp(topLevelItemCount(), 1, most);
    setFixedHeight(rows * type::px(24) + (isHeaderHidden() ? 0 : type::px(28)) + 4);
}

void FieldTable::copySelected() const
{
    QStringList lines;
    for (const QTreeWidgetItem *const item : selectedItems())
        lines << item->text(0) + QStringLiteral(": ") + item->text(1);
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void FieldTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copySelected();
    else
        QTreeWidget::keyPressEvent(event);
}

void FieldTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (!currentItem())
        return;
    auto *const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy &value"), this, [this, value = currentItem()->text(1)] {
        QApplication::clipboard()->setText(value);
    });
    menu->addAction(tr("&Copy rows"), this, &FieldTable::copySelected)
        ->setShortcut(QKeySequence::Copy);
    menu->popup(event->globalPos());
}

} // namespace gatehouse::ui
