// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routemodel.h"

#include <QStyledItemDelegate>

class QSortFilterProxyModel;

namespace gatehouse::ui {

/// Draws the rows of the route table: coverage as a gutter, methods in their colours, middlewares
/// as chips, the winner of the try line with a check mark.
class RouteDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// \a proxy stands between the view and \a model; both outlive the delegate.
    RouteDelegate(RouteModel &model, QSortFilterProxyModel &proxy, QObject *parent = nullptr);
    ~RouteDelegate() override;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;

private:
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, int row,
                     int column) const;
    void paintNumber(QPainter &painter, const QRect &rect, int row) const;
    void paintMatch(QPainter &painter, QRect rect, const RouteInfo &route) const;
    void paintTry(QPainter &painter, QRect rect, int row) const;
    void paintChips(QPainter &painter, QRect rect, const QStringList &names) const;
    void paintText(QPainter &painter, const QRect &rect, const QModelIndex &index, int row) const;

    RouteModel &m_model;
    QSortFilterProxyModel &m_proxy;
};

} // namespace gatehouse::ui
