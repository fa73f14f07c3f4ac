// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/routemodel.h"

#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

QString lastText(const QDateTime &last)
{
    if (!last.isValid())
        return RouteModel::tr("never");
    const qint64 seconds = std::max<qint64>(0, last.secsTo(QDateTime::currentDateTimeUtc()));
    if (seconds < 60)
        return RouteModel::tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return RouteModel::tr("%1 m ago").arg(seconds / 60);
    return last.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

} // namespace

RouteModel::RouteModel(QObject *parent) : QAbstractTableModel(parent) {}

RouteModel::~RouteModel() = default;

std::vector<RouteModel::Row> RouteModel::dressed(std::vector<RouteInfo> routes) const
{
    std::ranges::stable_sort(routes, isTriedBefore);
    std::vector<Row> rows;
    for (RouteInfo &route : routes) {
        Row row;
        row.isServed = m_traffic.contains(route.id);
        row.traffic = m_traffic.value(route.id);
        row.trouble = route.index < 0 ? Trouble::None : m_troubles.value(route.index);
        row.info = std::move(route);
        rows.push_back(std::move(row));
    }
    return rows;
}

/// Rows that stay where they are keep their selection.
void RouteModel::put(std::vector<Row> rows)
{
    if (rows == m_rows)
        return;
    const bool isSameSet = std::ranges::equal(rows, m_rows, [](const Row &a, const Row &b) {
        return a.info.id == b.info.id && a.info.index == b.info.index;
    });
    if (!isSameSet) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void RouteModel::setRoutes(std::vector<RouteInfo> routes)
{
    put(dressed(std::move(routes)));
}

void RouteModel::setTraffic(const QHash<QString, RouteTraffic> &traffic)
{
    m_traffic = traffic;
    std::vector<Row> rows = m_rows;
    for (Row &row : rows) {
        row.isServed = traffic.contains(row.info.id);
        row.traffic = traffic.value(row.info.id);
    }
    put(std::move(rows));
}

void RouteModel::setProblems(const std::vector<RouteProblem> &problems)
{
    m_troubles.clear();
    for (const RouteProblem &problem : problems) {
        const QStringList keys = problem.keys();
        if (keys.size() < 2 || keys[0] != QLatin1String("routes"))
            continue;
        Trouble &trouble = m_troubles[keys[1].toInt()];
        trouble = std::max(trouble, problem.isError ? Trouble::Error : Trouble::Warning);
    }
    std::vector<Row> rows = m_rows;
    for (Row &row : rows)
        row.trouble = row.info.index < 0 ? Trouble::None : m_troubles.value(row.info.index);
    put(std::move(rows));
}

void RouteModel::setTry(std::optional<TryAnswer> answer)
{
    m_try = std::move(answer);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

RouteModel::Verdict RouteModel::verdict(int line) const
{
    if (!m_try)
        return Verdict::None;
    return row(line).info.id == m_try->winner ? Verdict::Winner : Verdict::Miss;
}

int RouteModel::rowOfId(const QString &id) const
{
    const auto it = std::ranges::find_if(m_rows, [&](const Row &row) { return row.info.id == id; });
    return it == m_rows.end() ? -1 : int(it - m_rows.begin());
}

int RouteModel::rowOfIndex(int index) const
{
    const auto it =
        std::ranges::find_if(m_rows, [&](const Row &row) { return row.info.index == index; });
    return it == m_rows.end() || index < 0 ? -1 : int(it - m_rows.begin());
}

QString RouteModel::coverage() const
{
    const auto never = std::ranges::count_if(
        m_rows, [](const Row &row) { return row.isServed && row.traffic.count == 0; });
    if (m_rows.empty())
        return {};
    return never == 0 ? tr("%1 routes, all of them hit").arg(m_rows.size())
                      : tr("%1 routes, %2 never hit").arg(m_rows.size()).arg(never);
}

int RouteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RouteModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RouteModel::text(const Row &row, int line, int column) const
{
    switch (column) {
    case Number:
        return QString::number(line + 1);
    case Match:
        return row.info.matchText();
    case Try:
        if (verdict(line) == Verdict::Winner)
            return tr("takes it");
        return m_try ? m_try->why.value(row.info.id, tr("not tried: another one fits better"))
                     : QString();
    case Middleware:
        return row.info.middleware.join(QStringLiteral(", "));
    case Upstream:
        return row.info.service.isEmpty() ? tr("answers itself") : row.info.service;
    case Hits:
        return row.isServed ? groupedNumber(row.traffic.count) : tr("new");
    case Rate:
        return row.isServed ? groupedNumber(row.traffic.perMinute) : QString();
    case P95:
        return row.traffic.count > 0 ? durationQuantity(row.traffic.p95Us * 1000).value : QString();
    case Errors:
        return row.isServed ? groupedNumber(row.traffic.errors) : QString();
    default:
        return row.isServed ? lastText(row.traffic.last) : QString();
    }
}

QVariant RouteModel::sortValue(const Row &row, int line, int column) const
{
    switch (column) {
    case Number:
        return line;
    case Hits:
        return row.traffic.count;
    case Rate:
        return row.traffic.perMinute;
    case P95:
        return row.traffic.p95Us;
    case Errors:
        return row.traffic.errors;
    case Last:
        return row.traffic.last;
    default:
        return text(row, line, column);
    }
}

QString RouteModel::sentence(const Row &row, int line) const
{
    QStringList parts{tr("%1: %2").arg(row.info.id, row.info.matchText())};
    if (!row.info.middleware.isEmpty())
        parts << tr("through %1").arg(row.info.middleware.join(QStringLiteral(", ")));
    parts << (row.info.service.isEmpty() ? tr("answers itself")
                                         : tr("to %1").arg(row.info.service));
    if (row.info.priority != 0)
        parts << tr("priority %1").arg(row.info.priority);
    if (!row.isServed)
        parts << tr("new, not applied");
    else if (row.traffic.count == 0)
        parts << tr("never hit");
    else
        parts << tr("%1 hits, %2 errors")
                     .arg(groupedNumber(row.traffic.count), groupedNumber(row.traffic.errors));
    if (row.trouble != Trouble::None)
        parts << (row.trouble == Trouble::Error ? tr("has errors") : tr("has warnings"));
    if (m_try)
        parts << text(row, line, Try);
    return parts.join(QStringLiteral(", "));
}

QVariant RouteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.row(), index.column());
    case UnitRole:
        if (index.column() == P95 && row.traffic.count > 0)
            return durationQuantity(row.traffic.p95Us * 1000).unit;
        return index.column() == Rate && row.isServed ? tr("/min") : QString();
    case Qt::TextAlignmentRole:
        return int(
            (index.column() >= Hits && index.column() <= Errors ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return sentence(row, index.row());
    case SortRole:
        return sortValue(row, index.row(), index.column());
    default:
        return {};
    }
}

QVariant RouteModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Hits && section <= Errors ? Qt::AlignRight : Qt::AlignLeft)
                   | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("#"),    tr("Match"), tr("Try"), tr("Middleware"), tr("Upstream"),
                             tr("Hits"), tr("Rate"),  tr("p95"), tr("Errors"),     tr("Last hit")};
    return names[section];
}

} // namespace gatehouse::ui
