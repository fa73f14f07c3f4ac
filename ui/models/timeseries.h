// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/latencyhistogram.h"
#include "ui/models/trafficstore.h"

#include <deque>

namespace gatehouse::ui {

/// Requests, errors, denials and latency of every second of the last quarter of an hour, and when
/// a configuration came into force. An exchange counts in the second in which it began. GUI thread.
class TimeSeries : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostSeconds = 900;

    struct Second
    {
        quint32 requests = 0;
        quint32 errors = 0;  ///< 5xx, and what ended without an answer
        quint32 limited = 0; ///< denied by a limit
        LatencyHistogram latency;
    };
    struct Mark
    {
        qint64 second = 0;
        quint32 revision = 0;
    };

    explicit TimeSeries(TrafficStore &store, QObject *parent = nullptr);
    ~TimeSeries() override;

    /// Seconds since 1970 of the first and behind the last; equal if there are none.
    [[nodiscard]] qint64 begin() const { return m_first; }
    [[nodiscard]] qint64 end() const { return m_first + qint64(m_seconds.size()); }
    /// Null outside of [begin(), end()).
    [[nodiscard]] const Second *at(qint64 second) const;
    [[nodiscard]] const std::vector<Mark> &marks() const { return m_marks; }

Q_SIGNALS:
    void changed();

private:
    Second *reach(qint64 second);
    void addNew(const filter::HotRecord &record);
    void addEnd(const filter::HotRecord &record);
    void noteRevision(const filter::HotRecord &record);

    std::deque<Second> m_seconds;
    qint64 m_first = 0;
    std::vector<Mark> m_marks;
    quint32 m_revision = 0;
};

} // namespace gatehouse::ui
