// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

/// Every limit in force.
class LimitModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Rule, Decided, ColumnCount };

    explicit LimitModel(QObject *parent = nullptr);
    ~LimitModel() override;

    void setLimits(std::vector<LimitInfo> limits);
    [[nodiscard]] const LimitInfo &limit(int row) const { return m_limits[std::size_t(row)]; }
    /// -1 if there is none.
    [[nodiscard]] int rowOf(const QString &name) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<LimitInfo> m_limits;
};

} // namespace gatehouse::ui
