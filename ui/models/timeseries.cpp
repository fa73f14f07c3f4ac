// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/timeseries.h"

namespace gatehouse::ui {

namespace {

using filter::Flag;
using filter::HotRecord;

qint64 secondOf(const HotRecord &record)
{
    return record.start / 1'000'000'000;
}

} // namespace

TimeSeries::TimeSeries(TrafficStore &store, QObject *parent) : QObject(parent)
{
    connect(&store, &TrafficStore::appended, this, [this, &store](quint32 from, quint32 to) {
        store.forEach(from, to, [&](RowId id) { addNew(*store.row(id).record); });
        Q_EMIT changed();
    });
    connect(&store, &TrafficStore::updated, this,
            [this, &store](const std::vector<quint32> &ids, const std::vector<HotRecord> &before) {
                for (std::size_t i = 0; i < ids.size(); ++i) {
                    const HotRecord &record = *store.row(ids[i]).record;
                    if (before[i].is(Flag::Open) && !record.is(Flag::Open))
                        addEnd(record);
                }
                Q_EMIT changed();
            });
    connect(&store, &TrafficStore::cleared, this, [this] {
        m_seconds.clear();
        m_marks.clear();
        m_first = 0;
        Q_EMIT changed();
    });
}

TimeSeries::~TimeSeries() = default;

const TimeSeries::Second *TimeSeries::at(qint64 second) const
{
    return second >= begin() && second < end() ? &m_seconds[std::size_t(second - m_first)]
                                               : nullptr;
}

/// The bucket of \a second, made if it is new; null if it is too old.
TimeSeries::Second *TimeSeries::reach(qint64 second)
{
    if (m_seconds.empty() || second >= end() + mostSeconds) {
        m_seconds.clear();
        m_first = second;
    }
    if (second < m_first) {
        // What began before the first that we saw, but not long before.
        if (end() - second > mostSeconds)
            return nullptr;
        while (m_first > second) {
            m_seconds.emplace_front();
            --m_first;
        }
    }
    while (end() <= second)
        m_seconds.emplace_back();
    while (m_seconds.size() > mostSeconds) {
        m_seconds.pop_front();
        ++m_first;
    }
    std::erase_if(m_marks, [this](const Mark &mark) { return mark.second < m_first; });
    return second >= m_first ? &m_seconds[std::size_t(second - m_first)] : nullptr;
}

void TimeSeries::noteRevision(const HotRecord &record)
{
    if (record.revision <= m_revision)
        return;
    if (m_revision != 0)
        m_marks.push_back({secondOf(record), record.revision});
    m_revision = record.revision;
}

void TimeSeries::addNew(const HotRecord &record)
{
    noteRevision(record);
    if (Second *const second = reach(secondOf(record)))
        ++second->requests;
    if (!record.is(Flag::Open))
        addEnd(record);
}

void TimeSeries::addEnd(const HotRecord &record)
{
    Second *const second = reach(secondOf(record));
    if (!second)
        return;
    second->errors += record.status >= 500 || record.status == 0;
    second->limited += record.decision == filter::Decision::Limited;
    second->latency.add(record.duration);
}

} // namespace gatehouse::ui
