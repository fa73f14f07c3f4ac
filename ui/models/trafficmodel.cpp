// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficmodel.h"

#include "engine/filter/writer.h"
#include "ui/models/units.h"

#include <algorithm>

namespace gatehouse::ui {

namespace {

const QString noteField = QStringLiteral("note");

bool isInRecord(const QString &field)
{
    return field.startsWith(QLatin1String("mw."));
}

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

QString TrafficModel::customField(int section) const
{
    return m_custom.value(section - ui::columnCount);
}

bool TrafficModel::isNumber(int section) const
{
    return section < ui::columnCount ? columnInfo(Column(section)).isNumber
                                     : isInRecord(customField(section));
}

int TrafficModel::addCustomColumn(const QString &field)
{
    if (m_custom.contains(field) || m_custom.size() == mostCustom)
        return -1;
    const int section = columnCount();
    beginInsertColumns({}, section, section);
    m_custom << field;
    endInsertColumns();
    fieldsChanged();
    return section;
}

void TrafficModel::removeCustomColumn(int section)
{
    const int at = section - ui::columnCount;
    if (at < 0 || at >= m_custom.size())
        return;
    beginRemoveColumns({}, section, section);
    m_custom.removeAt(at);
    endRemoveColumns();
    fieldsChanged();
}

void TrafficModel::setHits(HiddenHits hits)
{
    m_hits = std::move(hits);
    if (!m_ids.empty())
        Q_EMIT dataChanged(index(0, int(Column::Path)), index(rowCount() - 1, int(Column::Path)),
                           {Qt::DisplayRole});
}

void TrafficModel::fieldsChanged()
{
    QStringList cold = m_custom;
    cold.removeIf(isInRecord);
    cold << noteField;
    if (m_values)
        m_values->setFields(cold);
}

void TrafficModel::setValues(ColumnValues *values)
{
    m_values = values;
    if (!values)
        return;
    fieldsChanged();
    connect(values, &ColumnValues::arrived, this, &TrafficModel::announceValues);
    connect(&m_store, &TrafficStore::cleared, values, &ColumnValues::forgetAll);
}

void TrafficModel::announceValues(const std::vector<quint64> &seqs)
{
    int first = rowCount();
    int last = -1;
    for (const quint64 seq : seqs) {
        const int row = rowOfSeq(seq);
        first = row < 0 ? first : std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0)
        Q_EMIT dataChanged(index(first, int(Column::Note)), index(last, columnCount() - 1),
                           {Qt::DisplayRole});
}

QString TrafficModel::customText(int row, const QString &field) const
{
    if (isInRecord(field)) {
        const qint64 time = middlewareTime(this->row(row), field.sliced(3).toStdString());
        return time < 0 ? QString() : durationQuantity(time).text();
    }
    return m_values ? m_values->value(seqAt(row), field).value_or(QStringLiteral("…")) : QString();
}

/// Who writes a note pins with it; others are not asked about.
QString TrafficModel::noteText(int row) const
{
    const TrafficRow shown = this->row(row);
    const QString tag = cellText(shown, Column::Note);
    if (!m_values || !shown.record->is(filter::Flag::Pinned))
        return tag;
    const QString note = m_values->value(seqAt(row), noteField).value_or(QStringLiteral("…"));
    return tag.isEmpty() || note.isEmpty() ? tag + note : note + QLatin1String(", ") + tag;
}

/// A test that accepts what has the same value in this cell.
QString TrafficModel::filterOf(int row, int section) const
{
    const Column column = this->column(section);
    if (column != Column::Custom)
        return cellFilter(this->row(row), column);
    const QString field = customField(section);
    if (isInRecord(field)) {
        const qint64 time = middlewareTime(this->row(row), field.sliced(3).toStdString());
        return time < 0 ? field + QLatin1String(":none")
                        : field + QStringLiteral(">=%1us").arg(time / 1000);
    }
    const std::optional<QString> value =
        m_values ? m_values->value(seqAt(row), field) : std::nullopt;
    if (!value || value->contains(QLatin1String("***"))) // a secret: what it is is not known here
        return {};
    return value->isEmpty()
        ? field + QLatin1String(":none")
        : field + QLatin1Char('=') + filter::writeValue(*value, filter::Kind::Text);
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
    if (column == Column::Note)
        return noteText(row);
    if (column != Column::Custom)
        return cellText(this->row(row), column);
    return customText(row, customField(section));
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
    case Qt::AccessibleTextRole: {
        const QString hit = m_hits.of(row(index.row()));
        return rowSentence(row(index.row()))
            + (hit.isEmpty() ? QString() : QLatin1String(", found in ") + hit);
    }
    case Qt::TextAlignmentRole:
        return int((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case SeqRole:
        return seqAt(index.row());
    case FilterRole:
        return filterOf(index.row(), index.column());
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
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::AccessibleTextRole && column == Column::Marker)
        return QStringLiteral("Marker");
    if (role != Qt::DisplayRole)
        return {};
    if (column == Column::Custom)
        return customField(section);
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
        if (m_values)
            m_values->forget(seqAt(row)); // an answer has come since
        first = std::min(first, row);
        last = std::max(last, row);
    }
    if (last >= 0)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1), {Qt::DisplayRole});
}

} // namespace gatehouse::ui
