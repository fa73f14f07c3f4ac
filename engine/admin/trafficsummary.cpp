// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/trafficsummary.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

namespace gatehouse::admin {

namespace {

constexpr qint64 minute = 60'000'000'000;

} // namespace

void TrafficGroup::add(const filter::HotRecord &record)
{
    addDuration(record.duration / 1000);
    m_starts.push_back(record.start);
    m_last = std::max(m_last, record.start);
    m_errors += record.status >= 500 || record.status == 0 ? 1 : 0;
    m_limited += record.decision == filter::Decision::Limited ? 1 : 0;
}

qint64 TrafficGroup::percentile(double share) const
{
    if (m_durations.empty())
        return 0;
    if (!m_isSorted)
        std::ranges::sort(m_durations);
    m_isSorted = true;
    const auto place = std::size_t(share * double(m_durations.size() - 1) + 0.5);
    return m_durations[place];
}

QJsonObject TrafficGroup::times() const
{
    return {{"count", qint64(m_durations.size())},
            {"p50_us", percentile(0.5)},
            {"p95_us", percentile(0.95)},
            {"p99_us", percentile(0.99)}};
}

QJsonObject TrafficGroup::json(qint64 now) const
{
    QJsonObject json = times();
    json.insert("errors", qint64(m_errors));
    json.insert("limited", qint64(m_limited));
    const auto recent =
        std::ranges::count_if(m_starts, [now](qint64 start) { return start > now - minute; });
    json.insert("per_minute", qint64(recent));
    if (m_last > 0)
        json.insert("last",
                    QDateTime::fromMSecsSinceEpoch(m_last / 1'000'000, Qt::UTC)
                        .toString(Qt::ISODateWithMs));
    return json;
}

TrafficSummary::TrafficSummary(observe::Recorder &recorder)
{
    std::shared_ptr<const filter::Strings> strings;
    quint64 seen = 0;
    const auto take = [&](const filter::HotRecord &record) {
        all.add(record);
        const std::string_view route = strings->text(record.route);
        routes[std::string(route)].add(record);
        for (int i = 0; i < record.spanCount; ++i) {
            const filter::Span &span = record.spans[std::size_t(i)];
            stages[std::string(strings->text(span.name))].addDuration(span.length);
        }
        return ++seen < mostRecords;
    };
    recorder.visit(std::numeric_limits<quint64>::max(), strings, take);
}

} // namespace gatehouse::admin
