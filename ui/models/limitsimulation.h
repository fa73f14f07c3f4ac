// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QJsonObject>

#include <vector>

namespace gatehouse::ui {

/// What a limit would allow of a pattern of requests: a row for each request.
class LimitSimulation : public QAbstractTableModel
{
    Q_OBJECT

public:
    struct Point
    {
        double seconds = 0;
        bool isAllowed = true;
        qint64 left = 0;
    };
    enum Column { Time, Verdict, Left, ColumnCount };

    explicit LimitSimulation(QObject *parent = nullptr);
    ~LimitSimulation() override;

    /// The answer to Op::SimulateLimit.
    void set(const QJsonObject &json);
    void clear();
    [[nodiscard]] const std::vector<Point> &points() const { return m_points; }
    [[nodiscard]] qint64 capacity() const { return m_capacity; }
    /// "42 of 60 allowed, 18 denied; the first denial after 5.0 s".
    [[nodiscard]] QString sentence() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<Point> m_points;
    qint64 m_capacity = 0;
    qint64 m_allowed = 0;
};

} // namespace gatehouse::ui
