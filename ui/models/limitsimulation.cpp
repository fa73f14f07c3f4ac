// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitsimulation.h"

#include "ui/models/units.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::ui {

LimitSimulation::LimitSimulation(QObject *parent) : QAbstractTableModel(parent) {}

LimitSimulation::~LimitSimulation() = default;

void LimitSimulation::set(const QJsonObject &json)
{
    beginResetModel();
    m_points.clear();
    for (const QJsonValue &point : json["points"].toArray())
        m_points.push_back({point[0].toDouble(), point[1].toBool(), point[2].toInteger()});
    m_capacity = json["capacity"].toInteger();
    m_allowed = json["allowed"].toInteger();
    endResetModel();
}

void LimitSimulation::clear()
{
    set({});
}

QString LimitSimulation::sentence() const
{
    if (m_points.empty())
        return tr("The pattern has no request: give it a rate or a burst.");
    const auto all = qint64(m_points.size());
    const auto denied = std::ranges::find(m_points, false, &Point::isAllowed);
    if (denied == m_points.end())
        return tr("All of %1 allowed").arg(groupedNumber(all));
    return tr("%1 of %2 allowed, %3 denied; the first denial after %4 s")
        .arg(groupedNumber(m_allowed), groupedNumber(all), groupedNumber(all - m_allowed),
             QString::number(denied->seconds, 'f', 1));
}

int LimitSimulation::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_points.size());
}

int LimitSimulation::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LimitSimulation::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const Point &point = m_points[std::size_t(index.row())];
    switch (index.column()) {
    case Time:
        return tr("%1 s").arg(point.seconds, 0, 'f', 3);
    case Verdict:
        return point.isAllowed ? tr("allowed") : tr("denied");
    default:
        return groupedNumber(point.left);
    }
}

QVariant LimitSimulation::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Time"), tr("Verdict"), tr("Left")};
    return names[section];
}

} // namespace gatehouse::ui
