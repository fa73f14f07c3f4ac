// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/recorder.h"

#include <QJsonObject>

#include <map>
#include <string>
#include <vector>

namespace gatehouse::admin {

/// What the newest records say of one route, stage or everything. Percentiles are exact: they are
/// taken from the durations themselves.
class TrafficGroup
{
public:
    void add(const filter::HotRecord &record);
    void addDuration(qint64 microseconds) { m_durations.push_back(microseconds); }
    /// {count, errors, limited, p50_us, p95_us, p99_us, last, per_minute}; \a now in ns since 1970.
    [[nodiscard]] QJsonObject json(qint64 now) const;
    [[nodiscard]] QJsonObject times() const;

private:
    [[nodiscard]] qint64 percentile(double share) const;

    mutable std::vector<qint64> m_durations; ///< microseconds; sorted when asked
    mutable bool m_isSorted = false;
    std::vector<qint64> m_starts; ///< of the last minutes
    quint64 m_errors = 0;
    quint64 m_limited = 0;
    qint64 m_last = 0;
};

/// The newest records, grouped.
struct TrafficSummary
{
    static constexpr quint64 mostRecords = 100'000;

    TrafficGroup all;
    std::map<std::string, TrafficGroup, std::less<>> routes;
    std::map<std::string, TrafficGroup, std::less<>> stages;

    explicit TrafficSummary(observe::Recorder &recorder);
};

} // namespace gatehouse::admin
