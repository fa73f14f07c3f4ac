// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficmodel.h"

#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

/// The side store holds what is oldest.
RowId order(RowId id)
{
    return id ^ TrafficStore::keptBit;
}

} // namespace

TrafficModel::TrafficModel(TrafficStore &store, QObject *parent)
    : QAbstractTableModel(parent)
    , m_store(store)
{
    connect(&store, &TrafficStore::aboutToEvict, this, &TrafficModel::evict);
    connect(&store, &TrafficStore::updated, this, &TrafficModel::announceUpdates);
    connect(&store, &TrafficStore::forgotten, this, &TrafficModel::remove);
    connect(&store, &TrafficStore::aboutToClear, this, [this] { replace({}, m_isArrival); });
}

TrafficModel::~TrafficModel() = default;

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_ids.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ui::columnCount + int(m_custom.size());
}

Column TrafficModel::column(int section) const
{
    return section < ui::columnCount ? Column(section) : Column::Custom;
}

QString TrafficModel::customName(int section) const
{
    return m_custom.value(section - ui::columnCount);
}

void TrafficModel::setCustomColumns(const QStringList &middlewares)
{
    beginResetModel();
    m_custom = middlewares;
    endResetModel();
}

void TrafficModel::setTimeMode(TimeMode mode)
{
    m_timeMode = mode;
    if (!m_ids.empty())
        Q_EMIT dataChanged(index(0, int(Column::Time)), index(rowCount() - 1, int(Column::Time)),
                           {Qt::DisplayRole});
    Q_EMIT headerDataChanged(Qt::Horizontal, int(Column::Time), int(Column::Time));
}

QString TrafficModel::timeText(int row) const
{
    const qint64 start = this->row(row).record->start;
    if (m_timeMode == TimeMode::Clock)
        return clockText(start);
    const int base = m_timeMode == TimeMode::SinceStart ? 0 : row - 1;
    if (base < 0)
        return QStringLiteral("+0");
    const qint64 difference = start - this->row(base).record->start;
    return (difference < 0 ? QLatin1String("-") : QLatin1String("+"))
        + durationQuantity(std::abs(difference)).text();
}

QString TrafficModel::text(int row, int section) const
{
    const Column column = this->column(section);
    if (column == Column::Time)
        return timeText(row);
    if (column != Column::Custom)
        return cellText(this->row(row), column);
    const qint64 time = middlewareTime(this->row(row), customName(section).toStdString());
    return time < 0 ? QString() : durationQuantity(time).text();
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole: {
        const Column column = this->column(index.column());
        return column == Column::Decision || column == Column::Marker
            ? rowSentence(row(index.row()))
            : QVariant();
    }
    case Qt::AccessibleTextRole:
        return rowSentence(row(index.row()));
    case Qt::TextAlignmentRole: {
        const bool isNumber = columnInfo(column(index.column())).isNumber;
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    case SeqRole:
        return seqAt(index.row());
    case FilterRole:
        return cellFilter(row(index.row()), column(index.column()));
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column column = this->column(section);
    if (role == Qt::TextAlignmentRole) {
        if (column == Column::Decision)
            return int(Qt::AlignCenter);
        const bool isNumber = columnInfo(column).isNumber;
        return int((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::AccessibleTextRole && column == Column::Marker)
        return QStringLiteral("Marker");
    if (role != Qt::DisplayRole)
        return {};
    if (column == Column::Custom)
        return QLatin1String("mw.") + customName(section);
    if (column == Column::Time && m_timeMode != TimeMode::Clock)
        return m_timeMode == TimeMode::Delta ? QStringLiteral("Delta")
                                             : QStringLiteral("Since start");
    return QString(columnInfo(column).title);
}

int TrafficModel::rowOf(RowId id) const
{
    const auto found = m_isArrival ? std::ranges::lower_bound(m_ids, order(id), {}, order)
                                   : std::ranges::find(m_ids, id);
    return found != m_ids.end() && *found == id ? int(found - m_ids.begin()) : -1;
}

int TrafficModel::rowOfSeq(quint64 seq) const
{
    const std::optional<RowId> id = m_store.find(seq);
    return id ? rowOf(*id) : -1;
}

void TrafficModel::replace(std::vector<RowId> ids, bool isArrival)
{
    beginResetModel();
    m_ids = std::move(ids);
    m_isArrival = isArrival;
    endResetModel();
}

void TrafficModel::append(const std::vector<RowId> &ids)
{
    if (ids.empty())
        return;
    const int first = rowCount();
    beginInsertRows({}, first, first + int(ids.size()) - 1);
    m_ids.insert(m_ids.end(), ids.begin(), ids.end());
    endInsertRows();
}

void TrafficModel::insert(std::vector<RowId> ids)
{
    constexpr std::size_t mostInsertions = 32; // one reset costs less than more of them
    std::ranges::sort(ids, {}, order);
    if (ids.size() > mostInsertions) {
        std::vector<RowId> all;
        all.reserve(m_ids.size() + ids.size());
        std::ranges::merge(m_ids, ids, std::back_inserter(all), {}, order, order);
        replace(std::move(all), true);
        return;
    }
    for (const RowId id : ids) {
        const auto place = std::ranges::lower_bound(m_ids, order(id), {}, order);
        const int row = int(place - m_ids.begin());
        beginInsertRows({}, row, row);
        m_ids.insert(place, id);
        endInsertRows();
    }
}

void TrafficModel::remove(const std::vector<RowId> &ids)
{
    std::vector<bool> isGone(m_ids.size());
    if (m_isArrival) {
        for (const RowId id : ids) {
            if (const int row = rowOf(id); row >= 0)
                isGone[std::size_t(row)] = true;
        }
    } else {
        std::vector<RowId> sorted = ids;
        std::ranges::sort(sorted);
        for (std::size_t i = 0; i < m_ids.size(); ++i)
            isGone[i] = std::ranges::binary_search(sorted, m_ids[i]);
    }
    removeRows(isGone, 0);
}

void TrafficModel::removeRows(const std::vector<bool> &isGone, std::size_t begin)
{
    constexpr std::size_t mostRuns = 32;
    std::vector<std::pair<int, int>> runs;
    for (std::size_t i = 0; i < isGone.size(); ++i) {
        if (!isGone[i])
            continue;
        const int row = int(begin + i);
        if (!runs.empty() && runs.back().second == row - 1)
            runs.back().second = row;
        else
            runs.emplace_back(row, row);
    }
    if (runs.size() > mostRuns) {
        std::vector<RowId> left;
        left.reserve(m_ids.size());
        for (std::size_t i = 0; i < m_ids.size(); ++i) {
            if (i < begin || i - begin >= isGone.size() || !isGone[i - begin])
                left.push_back(m_ids[i]);
        }
        replace(std::move(left), m_isArrival);
        return;
    }
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginRemoveRows({}, run->first, run->second);
        m_ids.erase(m_ids.begin() + run->first, m_ids.begin() + run->second + 1);
        endRemoveRows();
    }
}

void TrafficModel::evict(RowId from, RowId to)
{
    // In the order of arrival they stand together, behind what was kept before.
    const auto inOrder = [&](RowId edge) {
        return std::size_t(std::ranges::lower_bound(m_ids, order(edge), {}, order) - m_ids.begin());
    };
    const std::size_t begin = m_isArrival ? inOrder(from) : 0;
    const std::size_t end = m_isArrival ? inOrder(to) : m_ids.size();
    std::vector<bool> isGone(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
        RowId &id = m_ids[i];
        if (id < from || id >= to)
            continue;
        if (const std::optional<RowId> kept = m_store.keptAs(id))
            id = *kept;
        else
            isGone[i - begin] = true;
    }
    removeRows(isGone, begin);
}

void TrafficModel::announceUpdates(const std::vector<quint32> &ids)
{
    int first = rowCount();
    int last = -1;
    for (const quint32 id : ids) {
        const int row = rowOf(id);
        if (row < 0)
            continue;
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1), {Qt::DisplayRole});
}

} // namespace gatehouse::ui
