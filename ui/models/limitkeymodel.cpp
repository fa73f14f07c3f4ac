// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/limitkeymodel.h"

#include "ui/models/units.h"

#include <algorithm>
#include <set>

namespace gatehouse::ui {

LimitKeyModel::LimitKeyModel(QObject *parent) : QAbstractTableModel(parent) {}

LimitKeyModel::~LimitKeyModel() = default;

void LimitKeyModel::sample(const std::vector<LimitKeyInfo> &keys, qint64 second)
{
    std::map<QString, SampleLine> samples;
    for (const LimitKeyInfo &key : keys) {
        auto known = m_samples.extract(key.key);
        if (known.empty())
            samples[key.key].add(second, double(key.remaining));
        else
            samples.insert(std::move(known)).position->second.add(second, double(key.remaining));
    }
    m_samples = std::move(samples);
}

const SampleLine *LimitKeyModel::samples(const QString &key) const
{
    const auto found = m_samples.find(key);
    return found == m_samples.end() ? nullptr : &found->second;
}

void LimitKeyModel::setKeys(const LimitInfo &limit, std::vector<LimitKeyInfo> keys, qint64 second)
{
    if (limit.name != m_limit.name)
        m_samples.clear();
    sample(keys, second);
    if (limit.name != m_limit.name) {
        beginResetModel();
        m_limit = limit;
        m_keys = std::move(keys);
        endResetModel();
        return;
    }
    m_limit = limit;
    std::set<QString> present;
    for (const LimitKeyInfo &key : keys)
        present.insert(key.key);
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (present.contains(key(row).key))
            continue;
        beginRemoveRows({}, row, row);
        m_keys.erase(m_keys.begin() + row);
        endRemoveRows();
    }
    std::vector<LimitKeyInfo> fresh;
    for (LimitKeyInfo &key : keys) {
        const int row = rowOf(key.key);
        if (row < 0) {
            fresh.push_back(std::move(key));
        } else if (m_keys[std::size_t(row)] != key) {
            m_keys[std::size_t(row)] = std::move(key);
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (rowCount() > 0) // time goes on for all of them
        Q_EMIT dataChanged(index(0, Minute), index(rowCount() - 1, Minute), {SamplesRole});
    if (fresh.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(fresh.size()) - 1);
    m_keys.insert(m_keys.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

int LimitKeyModel::rowOf(const QString &key) const
{
    const auto it = std::ranges::find(m_keys, key, &LimitKeyInfo::key);
    return it == m_keys.end() ? -1 : int(it - m_keys.begin());
}

int LimitKeyModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

int LimitKeyModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LimitKeyModel::text(const LimitKeyInfo &key, int column) const
{
    switch (column) {
    case Key:
        return key.key;
    case Left:
        return tr("%1 of %2").arg(groupedNumber(key.remaining), groupedNumber(m_limit.capacity));
    case Minute:
        return {}; // drawn
    case Blocked:
        return key.isBlocked ? secondsText(key.blockedSeconds) : QString();
    default:
        return secondsText(key.resetSeconds);
    }
}

QString LimitKeyModel::minuteWords(const LimitKeyInfo &key) const
{
    const SampleLine *const line = samples(key.key);
    const SampleLine::Range range = line ? line->range() : SampleLine::Range();
    if (range.samples < 2)
        return {};
    return tr("between %1 and %2 left in the last minute")
        .arg(groupedNumber(qint64(range.least)), groupedNumber(qint64(range.most)));
}

QVariant LimitKeyModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const LimitKeyInfo &info = key(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(info, index.column());
    case PressureRole:
        return info.pressure(m_limit);
    case CapacityRole:
        return m_limit.capacity;
    case SamplesRole:
        return samples(info.key) ? QVariant::fromValue(*samples(info.key)) : QVariant();
    case SortRole:
        switch (index.column()) {
        case Key:
            return info.key;
        case Left:
        case Minute:
            return info.pressure(m_limit);
        case Blocked:
            return info.isBlocked ? info.blockedSeconds : 0.0;
        default:
            return info.resetSeconds;
        }
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        QString words = tr("%1, %2 left").arg(info.key, text(info, Left));
        if (info.isBlocked)
            words += (info.isByHand ? tr(", blocked by hand for %1") : tr(", blocked for %1"))
                         .arg(secondsText(info.blockedSeconds));
        if (info.resetSeconds > 0)
            words += tr(", as new in %1").arg(secondsText(info.resetSeconds));
        if (const QString minute = minuteWords(info); !minute.isEmpty())
            words += QStringLiteral(", ") + minute;
        return words;
    }
    default:
        return {};
    }
}

QVariant LimitKeyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Key"), tr("Left"), tr("Last minute"), tr("Blocked for"),
                             tr("As new in")};
    return names[section];
}

} // namespace gatehouse::ui
