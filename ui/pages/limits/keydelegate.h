// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gatehouse::ui {

/// A row of the keys of a limit: what is left as a bar with its numbers, how that
/// was in the last minute, a lock if it is blocked.
class KeyDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit KeyDelegate(QObject *parent = nullptr);
    ~KeyDelegate() override;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace gatehouse::ui
