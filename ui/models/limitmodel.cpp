// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitmodel.h"

#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

LimitModel::LimitModel(QObject *parent) : QAbstractTableModel(parent) {}

LimitModel::~LimitModel() = default;

void LimitModel::setLimits(std::vector<LimitInfo> limits)
{
    if (limits == m_limits)
        return;
    const bool isSameSet =
        std::ranges::equal(limits, m_limits, {}, &LimitInfo::name, &LimitInfo::name);
    if (!isSameSet) {
        beginResetModel();
        m_limits = std::move(limits);
        endResetModel();
        return;
    }
    m_limits = std::move(limits);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int LimitModel::rowOf(const QString &name) const
{
    const auto it = std::ranges::find(m_limits, name, &LimitInfo::name);
    return it == m_limits.end() ? -1 : int(it - m_limits.begin());
}

int LimitModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_limits.size());
}

int LimitModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LimitModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LimitInfo &info = limit(index.row());
    const QString decided =
        tr("%1 allowed, %2 denied").arg(groupedNumber(info.allowed), groupedNumber(info.denied));
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
        QStringList parts{info.name, limitAlgorithmWords(info.algorithm), info.rule(),
                          tr("by %1").arg(info.key), decided};
        if (info.wouldDeny > 0)
            parts << tr("%1 would have been denied").arg(groupedNumber(info.wouldDeny));
        if (info.exempt > 0)
            parts << tr("%1 exempt").arg(groupedNumber(info.exempt));
        if (!info.trouble().isEmpty())
            parts << info.trouble();
        return parts.join(QStringLiteral(", "));
    }
    if (role != Qt::DisplayRole)
        return {};
    const QString texts[] = {info.name, info.rule(), decided};
    return texts[index.column()];
}

QVariant LimitModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Limit"), tr("Rule"), tr("Decided")};
    return names[section];
}

} // namespace gatehouse::ui
