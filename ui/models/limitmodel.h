// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/limitinfo.h"
#include "ui/models/sampleline.h"

#include <QAbstractTableModel>

#include <map>
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

    /// As they are in \a second, from which denials per second come.
    void setLimits(std::vector<LimitInfo> limits, qint64 second = 0);
    /// Denials per second of the limit in \a row.
    [[nodiscard]] const SampleLine &denials(int row) const;
    [[nodiscard]] const LimitInfo &limit(int row) const { return m_limits[std::size_t(row)]; }
    /// -1 if there is none.
    [[nodiscard]] int rowOf(const QString &name) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Denials
    {
        SampleLine line;
        qint64 denied = 0; ///< in all, in the second below
        qint64 second = 0;
    };
    void sample(const std::vector<LimitInfo> &limits, qint64 second);
    [[nodiscard]] QString minuteWords(int row) const;

    std::vector<LimitInfo> m_limits;
    std::map<QString, Denials> m_denials; ///< of the limits that are there
};

} // namespace gatehouse::ui
