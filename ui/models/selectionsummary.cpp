// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/selectionsummary.h"

#include "engine/filter/names.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {

namespace {

constexpr std::size_t mostRoutes = 10;

template<typename Key, typename Name>
SelectionSummary::Counts sorted(const QHash<Key, qint64> &counts, Name nameOf)
{
    SelectionSummary::Counts out;
    for (auto it = counts.begin(); it != counts.end(); ++it)
        out.emplace_back(nameOf(it.key()), it.value());
    std::ranges::sort(out, [](const auto &a, const auto &b) {
        return std::pair(-a.second, a.first) < std::pair(-b.second, b.first);
    });
    return out;
}

qint64 rank(const std::vector<qint64> &ascending, double share)
{
    if (ascending.empty())
        return -1;
    const auto at = std::ptrdiff_t(std::ceil(share * double(ascending.size()))) - 1;
    return ascending[std::size_t(std::max<std::ptrdiff_t>(0, at))];
}

} // namespace

SelectionSummary summaryOf(std::span<const filter::HotRecord *const> records,
                           const filter::Strings &strings)
{
    SelectionSummary summary;
    std::vector<qint64> times;
    QHash<int, qint64> statuses;
    QHash<filter::StringId, qint64> routes;
    QHash<int, qint64> decisions;
    for (const filter::HotRecord *const record : records) {
        ++summary.count;
        summary.bytes += record->size;
        ++statuses[record->status];
        ++routes[record->route];
        ++decisions[int(record->decision)];
        if (record->is(filter::Flag::Open))
            ++summary.open;
        else
            times.push_back(record->duration);
    }
    std::ranges::sort(times);
    summary.p50 = rank(times, 0.50);
    summary.p95 = rank(times, 0.95);
    summary.p99 = rank(times, 0.99);
    summary.slowest = rank(times, 1);
    summary.statuses = sorted(statuses, [](int status) {
        return status == 0 ? QStringLiteral("no answer") : QString::number(status);
    });
    summary.routes = sorted(routes, [&strings](filter::StringId id) {
        const std::string_view text = strings.text(id);
        return id == 0 ? QStringLiteral("no route")
                       : QString::fromUtf8(text.data(), qsizetype(text.size()));
    });
    if (summary.routes.size() > mostRoutes)
        summary.routes.resize(mostRoutes);
    summary.decisions = sorted(decisions, [](int decision) {
        return QString(filter::decisionName(filter::Decision(decision)));
    });
    return summary;
}

} // namespace gatehouse::ui
