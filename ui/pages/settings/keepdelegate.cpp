// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/keepdelegate.h"

#include "ui/pages/settings/capturerules.h"
#include "ui/settings/theme.h"
#include "ui/settings/type.h"

#include <QComboBox>
#include <QLineEdit>

namespace gatehouse::ui {

KeepDelegate::KeepDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

KeepDelegate::~KeepDelegate() = default;

QWidget *KeepDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                    const QModelIndex &index) const
{
    const QString name =
        index.model()->headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString();
    if (index.column() != CaptureRules::Keep) {
        QWidget *const editor = QStyledItemDelegate::createEditor(parent, option, index);
        editor->setFont(type::data());
        editor->setAccessibleName(name);
        return editor;
    }
    auto *const box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->addItem(tr("everything"), "all");
    box->addItem(tr("heads"), "head");
    box->addItem(tr("nothing"), "nothing");
    return box;
}

void KeepDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *const box = qobject_cast<QComboBox *>(editor))
        box->setCurrentIndex(box->findData(index.data(Qt::EditRole)));
    else
        QStyledItemDelegate::setEditorData(editor, index);
}

void KeepDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                const QModelIndex &index) const
{
    if (auto *const box = qobject_cast<QComboBox *>(editor))
        model->setData(index, box->currentData(), Qt::EditRole);
    else
        QStyledItemDelegate::setModelData(editor, model, index);
}

void KeepDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = type::data();
    const bool hasProblem = !index.data(Qt::ToolTipRole).toString().isEmpty();
    option->palette.setColor(QPalette::Text,
                             Theme::current().color(hasProblem ? Token::Error : Token::Text));
}

} // namespace gatehouse::ui
