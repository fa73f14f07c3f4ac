// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficsort.h"

#include <algorithm>
#include <string_view>

namespace gatehouse::ui {

namespace {

using filter::HotRecord;

struct Key
{
    qint64 number = 0;
    std::string_view text;
    RowId id = 0;
};

filter::StringId textOf(const HotRecord &record, Column column)
{
    switch (column) {
    case Column::Method:
        return record.method;
    case Column::Host:
        return record.host;
    case Column::Path:
        return record.path;
    case Column::Route:
        return record.route;
    case Column::Upstream:
        return record.upstream;
    case Column::Target:
        return record.target;
    case Column::Client:
        return record.client;
    case Column::LimitKey:
        return record.key;
    case Column::Type:
        return record.type;
    case Column::AnsweredBy:
        return record.by;
    case Column::Note:
        return record.tag;
    default:
        return 0;
    }
}

qint64 numberOf(const HotRecord &record, Column column)
{
    switch (column) {
    case Column::Seq:
        return qint64(record.seq);
    case Column::Time:
        return record.start;
    case Column::Status:
        return record.status;
    case Column::Decision:
        return qint64(record.decision);
    case Column::Size:
        return record.size;
    case Column::Duration:
    case Column::Waterfall:
        return record.duration;
    case Column::Retries:
        return record.retries;
    case Column::Cache:
        return qint64(record.cache);
    case Column::Protocol:
        return qint64(record.protocol);
    case Column::Tls:
        return record.is(filter::Flag::Tls);
    case Column::Revision:
        return record.revision;
    default:
        return 0;
    }
}

const TrafficSnapshot::Part *partOf(const TrafficSnapshot &snapshot, RowId id)
{
    const auto order = [](RowId id) { return id ^ 0x80000000; };
    const auto after = std::ranges::upper_bound(
        snapshot.parts, order(id), {},
        [&](const TrafficSnapshot::Part &part) { return order(part.first); });
    return after == snapshot.parts.begin() ? nullptr : &*(after - 1);
}

} // namespace

bool canSortBy(Column column)
{
    return column != Column::Marker && column != Column::Custom;
}

std::vector<RowId> sortedBy(Column column, Qt::SortOrder order, const TrafficSnapshot &snapshot,
                            std::vector<RowId> ids, const std::function<bool()> &isCancelled)
{
    std::vector<Key> keys;
    keys.reserve(ids.size());
    for (const RowId id : ids) {
        const TrafficSnapshot::Part *const part = partOf(snapshot, id);
        if (!part || id - part->first >= part->count)
            continue;
        const HotRecord &record = part->segment->records[id - part->first];
        const filter::StringId text = textOf(record, column);
        keys.push_back({numberOf(record, column),
                        text != 0 ? part->segment->strings->text(text) : std::string_view(), id});
    }
    if (isCancelled())
        return {};
    const auto isBefore = [](const Key &a, const Key &b) {
        return a.number != b.number ? a.number < b.number : a.text < b.text;
    };
    if (order == Qt::AscendingOrder)
        std::ranges::stable_sort(keys, isBefore);
    else
        std::ranges::stable_sort(keys, [&](const Key &a, const Key &b) { return isBefore(b, a); });
    std::ranges::transform(keys, ids.begin(), &Key::id);
    ids.resize(keys.size());
    return ids;
}

} // namespace gatehouse::ui
