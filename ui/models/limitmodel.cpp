// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitmodel.h"

#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

LimitModel::LimitModel(QObject *parent) : QAbstractTableModel(parent) {}

LimitModel::~LimitModel() = default;

void LimitModel::sample(const std::vector<LimitInfo> &limits, qint64 second)
{
    constexpr qint64 longest = 5; // a longer break says nothing of single seconds
    std::map<QString, Denials> now;
    for (const LimitInfo &info : limits) {
        Denials &each = now[info.name];
        const auto known = m_denials.find(info.name);
        if (known != m_denials.end())
            each = known->second;
        const bool isKnown = known != m_denials.end();
        const qint64 since = second - each.second;
        if (isKnown && since <= 0)
            continue; // this second is counted when it is over
        if (isKnown && since <= longest)
            each.line.add(second, double(info.denied - each.denied) / double(since));
        each.denied = info.denied;
        each.second = second;
    }
    m_denials = std::move(now);
}

const SampleLine &LimitModel::denials(int row) const
{
    static const SampleLine none;
    const auto found = m_denials.find(limit(row).name);
    return found == m_denials.end() ? none : found->second.line;
}

QString LimitModel::minuteWords(int row) const
{
    const SampleLine::Range range = denials(row).range();
    if (range.samples < 2)
        return {};
    return tr("at most %1 denied a second in the last minute, %2 now")
        .arg(QString::number(range.most, 'g', 3), QString::number(range.last, 'g', 3));
}

void LimitModel::setLimits(std::vector<LimitInfo> limits, qint64 second)
{
    sample(limits, second);
    if (limits == m_limits) {
        if (rowCount() > 0) // time goes on
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0), {Qt::AccessibleTextRole});
        return;
    }
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
        if (const QString minute = minuteWords(index.row()); !minute.isEmpty())
            parts << minute;
        if (!info.clock.isReal())
            parts << info.clock.sentence();
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
