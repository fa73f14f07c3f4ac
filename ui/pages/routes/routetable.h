// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routemodel.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace gatehouse::ui {

/// The table of routes. The selected route stays selected when rows come, go or move.
class RouteTable : public QTableView
{
    Q_OBJECT

public:
    /// \a model is not owned and must outlive the table.
    explicit RouteTable(RouteModel &model, QWidget *parent = nullptr);
    ~RouteTable() override;

    /// Row of the model; -1: none.
    [[nodiscard]] int currentRoute() const;
    void selectRoute(int row);
    /// Shows the column of the try line or hides it.
    void updateTry();

Q_SIGNALS:
    void currentRouteChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void layOutColumns();
    void restore();

    RouteModel &m_model;
    QSortFilterProxyModel *m_proxy;
    QString m_id; ///< of the selected route
    bool m_isRestoring = false;
};

} // namespace gatehouse::ui
