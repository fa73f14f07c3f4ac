// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/routeproblems.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace gatehouse::ui {

QString RouteProblem::place() const
{
    const QString name =
        file.isEmpty() ? QStringLiteral("gatehouse.yaml") : QFileInfo(file).fileName();
    return line > 0 ? QStringLiteral("%1:%2:%3").arg(name).arg(line).arg(column) : name;
}

QStringList RouteProblem::keys() const
{
    static const QRegularExpression step(QStringLiteral(R"([^.\[\]]+)"));
    QStringList out;
    for (auto it = step.globalMatch(path); it.hasNext();)
        out << it.next().captured();
    return out;
}

std::vector<RouteProblem> problemsFrom(const QJsonArray &findings)
{
    std::vector<RouteProblem> out;
    for (const QJsonValue &finding : findings)
        out.push_back({finding["severity"].toString() == QLatin1String("error"),
                       finding["file"].toString(), finding["line"].toInt(),
                       finding["column"].toInt(), finding["path"].toString(),
                       finding["message"].toString(), finding["suggestion"].toString()});
    return out;
}

RouteProblems::RouteProblems(QObject *parent) : QAbstractTableModel(parent) {}

RouteProblems::~RouteProblems() = default;

void RouteProblems::setProblems(std::vector<RouteProblem> problems)
{
    if (problems == m_problems)
        return;
    beginResetModel();
    m_problems = std::move(problems);
    endResetModel();
}

int RouteProblems::errors() const
{
    return int(std::ranges::count_if(m_problems, &RouteProblem::isError));
}

int RouteProblems::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

int RouteProblems::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RouteProblems::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const RouteProblem &problem = m_problems[std::size_t(index.row())];
    const QString severity = problem.isError ? tr("Error") : tr("Warning");
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return QStringLiteral("%1, %2: %3. %4")
            .arg(severity, problem.place(), problem.message, problem.fix);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Severity:
        return severity;
    case Place:
        return problem.place();
    case Message:
        return problem.path.isEmpty() ? problem.message
                                      : problem.path + QStringLiteral(": ") + problem.message;
    default:
        return problem.fix;
    }
}

QVariant RouteProblems::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Kind"), tr("Place"), tr("What is wrong"), tr("What to do")};
    return names[section];
}

} // namespace gatehouse::ui
