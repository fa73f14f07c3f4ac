// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"
#include "ui/models/sampleline.h"

#include <QAbstractTableModel>

#include <map>
#include <vector>

namespace gatehouse::ui {

/// The keys that a limit has seen, with what each has left.
class LimitKeyModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Key, Left, Minute, Blocked, Reset, ColumnCount };
    /// SamplesRole: a SampleLine of what was left. CapacityRole: the most that it can be.
    enum Role { SortRole = Qt::UserRole, PressureRole, SamplesRole, CapacityRole };

    explicit LimitKeyModel(QObject *parent = nullptr);
    ~LimitKeyModel() override;

    /// Rows of keys that stay keep their place, so that selection and scrolling stay. What each has
    /// left is remembered as that of \a second, as long as the key is there.
    void setKeys(const LimitInfo &limit, std::vector<LimitKeyInfo> keys, qint64 second = 0);
    [[nodiscard]] const LimitKeyInfo &key(int row) const { return m_keys[std::size_t(row)]; }
    [[nodiscard]] const LimitInfo &limit() const { return m_limit; }
    [[nodiscard]] int rowOf(const QString &key) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void sample(const std::vector<LimitKeyInfo> &keys, qint64 second);
    [[nodiscard]] const SampleLine *samples(const QString &key) const;
    [[nodiscard]] QString text(const LimitKeyInfo &key, int column) const;
    [[nodiscard]] QString minuteWords(const LimitKeyInfo &key) const;

    LimitInfo m_limit;
    std::vector<LimitKeyInfo> m_keys;
    std::map<QString, SampleLine> m_samples; ///< of the keys that are there
};

} // namespace gatehouse::ui
