// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"

#include <QAbstractTableModel>

#include <vector>

namespace gatehouse::ui {

/// The keys that a limit has seen, with what each has left.
class LimitKeyModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Key, Left, Blocked, Reset, ColumnCount };
    enum Role { SortRole = Qt::UserRole, PressureRole };

    explicit LimitKeyModel(QObject *parent = nullptr);
    ~LimitKeyModel() override;

    /// Rows of keys that stay keep their place, so that selection and scrolling stay.
    void setKeys(const LimitInfo &limit, std::vector<LimitKeyInfo> keys);
    [[nodiscard]] const LimitKeyInfo &key(int row) const { return m_keys[std::size_t(row)]; }
    [[nodiscard]] const LimitInfo &limit() const { return m_limit; }
    [[nodiscard]] int rowOf(const QString &key) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QString text(const LimitKeyInfo &key, int column) const;

    LimitInfo m_limit;
    std::vector<LimitKeyInfo> m_keys;
};

} // namespace gatehouse::ui
