// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/routeinfo.h"
#include "ui/models/routeproblems.h"
#include "ui/models/routetry.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace gatehouse::ui {

/// The routes in the order in which the router tries them, with what they have served, what is
/// wrong with them, and how they answered the try line.
class RouteModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Number,
        Match,
        Try,
        Middleware,
        Upstream,
        Hits,
        Rate,
        P95,
        Errors,
        Last,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole, UnitRole }; ///< value to sort by; unit, drawn muted
    enum class Verdict { None, Winner, Miss };
    enum class Trouble { None, Warning, Error };

    struct Row
    {
        RouteInfo info;
        RouteTraffic traffic;
        bool isServed = false; ///< the engine has it; a new one only the draft has
        Trouble trouble = Trouble::None;

        bool operator==(const Row &) const = default;
    };

    explicit RouteModel(QObject *parent = nullptr);
    ~RouteModel() override;

    /// What the draft and other files have; sorted here.
    void setRoutes(std::vector<RouteInfo> routes);
    void setTraffic(const QHash<QString, RouteTraffic> &traffic);
    void setProblems(const std::vector<RouteProblem> &problems);
    void setTry(std::optional<TryAnswer> answer);

    [[nodiscard]] const Row &row(int row) const { return m_rows[std::size_t(row)]; }
    [[nodiscard]] Verdict verdict(int row) const;
    /// -1 if there is none.
    [[nodiscard]] int rowOfId(const QString &id) const;
    [[nodiscard]] int rowOfIndex(int index) const;
    [[nodiscard]] bool hasTry() const { return m_try.has_value(); }
    /// "3 of 12 routes were never hit".
    [[nodiscard]] QString coverage() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void put(std::vector<Row> rows);
    [[nodiscard]] std::vector<Row> dressed(std::vector<RouteInfo> routes) const;
    [[nodiscard]] QString text(const Row &row, int line, int column) const;
    [[nodiscard]] QVariant sortValue(const Row &row, int line, int column) const;
    [[nodiscard]] QString sentence(const Row &row, int line) const;

    std::vector<Row> m_rows;
    QHash<QString, RouteTraffic> m_traffic;
    QHash<int, Trouble> m_troubles; ///< by index in the draft
    std::optional<TryAnswer> m_try;
};

} // namespace gatehouse::ui
