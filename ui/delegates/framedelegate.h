// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace gatehouse::ui {

/// Rows of a FrameModel: numbers in fixed pitch, and a small bar beside each gap.
class FrameDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit FrameDelegate(QObject *parent = nullptr);
    ~FrameDelegate() override;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace gatehouse::ui
