// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QJsonArray>

#include <vector>

namespace gatehouse::ui {

/// Something that is wrong with a configuration, as the engine found it.
struct RouteProblem
{
    bool isError = true; ///< otherwise a warning
    QString file;
    int line = 0; ///< from 1; 0 if nobody knows
    int column = 0;
    QString path; ///< routes[3].middleware[0].limit
    QString message;
    QString fix;

    bool operator==(const RouteProblem &) const = default;
    [[nodiscard]] QString place() const;    ///< gatehouse.yaml:41:9
    [[nodiscard]] QStringList keys() const; ///< path as YamlRanges takes it
};

[[nodiscard]] std::vector<RouteProblem> problemsFrom(const QJsonArray &findings);

/// Every problem of the draft at once, with its place and its fix.
class RouteProblems : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Severity, Place, Message, Fix, ColumnCount };

    explicit RouteProblems(QObject *parent = nullptr);
    ~RouteProblems() override;

    void setProblems(std::vector<RouteProblem> problems);
    [[nodiscard]] const std::vector<RouteProblem> &problems() const { return m_problems; }
    [[nodiscard]] int errors() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<RouteProblem> m_problems;
};

} // namespace gatehouse::ui
