// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/fielddelegate.h"

#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QLineEdit>

namespace gatehouse::ui {

FieldDelegate::FieldDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

FieldDelegate::~FieldDelegate() = default;

QWidget *FieldDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                     const QModelIndex &index) const
{
    QWidget *const editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (auto *const line = qobject_cast<QLineEdit *>(editor)) {
        line->setFont(type::data());
        line->setAccessibleName(
            index.model()->headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString());
    }
    return editor;
}

void FieldDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = type::data();
    const QVariant check = index.siblingAtColumn(0).data(Qt::CheckStateRole);
    const bool isNew = !check.isValid();
    const bool isOff = check.toInt() == Qt::Unchecked;
    if (isNew && index.column() == 0) {
        option->text = tr("add…");
        option->font = type::words();
    }
    Token token = Token::Text;
    if (isNew || isOff)
        token = Token::Text3;
    else if (!index.data(Qt::ToolTipRole).toString().isEmpty())
        token = Token::Error;
    option->font.setStrikeOut(!isNew && isOff);
    for (const auto role : {QPalette::Text, QPalette::HighlightedText})
        option->palette.setColor(role, Theme::current().color(token));
}

} // namespace gatehouse::ui
