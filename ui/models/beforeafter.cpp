// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/beforeafter.h"

#include "ui/models/trafficcolumn.h"

#include <algorithm>
#include <map>

namespace gatehouse::ui {

namespace {

using filter::Flag;
using filter::HotRecord;

void count(BeforeAfter::Side &side, const HotRecord &record)
{
    ++side.requests;
    if (record.is(Flag::Open))
        return;
    side.errors += record.status >= 500 || record.status == 0;
    side.limited += record.decision == filter::Decision::Limited;
    side.latency.add(record.duration);
}

RowId beginOfNewest(const TrafficStore &store)
{
    return std::max(store.begin(), store.end() - std::min(store.end(), BeforeAfter::mostRows));
}

} // namespace

std::optional<qint64> BeforeAfter::beginOf(const TrafficStore &store, quint32 revision)
{
    std::optional<qint64> begin;
    store.forEach(beginOfNewest(store), store.end(), [&](RowId id) {
        const HotRecord &record = *store.row(id).record;
        if (record.revision == revision && (!begin || record.start < *begin))
            begin = record.start;
    });
    return begin;
}

BeforeAfter BeforeAfter::around(const TrafficStore &store, qint64 at, std::chrono::seconds window)
{
    const qint64 width = std::chrono::nanoseconds(window).count();
    Line all;
    std::map<std::pair<const filter::Strings *, filter::StringId>, Line> routes;
    store.forEach(beginOfNewest(store), store.end(), [&](RowId id) {
        const TrafficRow row = store.row(id);
        const HotRecord &record = *row.record;
        if (record.start < at - width || record.start >= at + width)
            return;
        const auto side = record.start < at ? &Line::before : &Line::after;
        count(all.*side, record);
        Line &line = routes[{row.strings, record.route}];
        if (line.name.isEmpty())
            line.name =
                record.route != 0 ? toText(row.text(record.route)) : QStringLiteral("no route");
        count(line.*side, record);
    });
    BeforeAfter result{at, {std::move(all)}};
    for (auto &[key, line] : routes)
        result.lines.push_back(std::move(line));
    std::ranges::stable_sort(
        result.lines.begin() + 1, result.lines.end(), std::greater(),
        [](const Line &line) { return line.before.requests + line.after.requests; });
    return result;
}

} // namespace gatehouse::ui
