// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficstore.h"

#include <algorithm>
#include <set>

namespace gatehouse::ui {

namespace {

using filter::HotRecord;
using filter::StringId;
using filter::Strings;

constexpr quint32 capacity = TrafficSegment::capacity;
constexpr StringId mostStrings = 64'000'000;
constexpr quint32 mostSegments = TrafficStore::keptBit / capacity;

constexpr StringId HotRecord::*texts[] = {
    &HotRecord::method, &HotRecord::host,     &HotRecord::path,   &HotRecord::query,
    &HotRecord::route,  &HotRecord::upstream, &HotRecord::target, &HotRecord::client,
    &HotRecord::limit,  &HotRecord::key,      &HotRecord::op,     &HotRecord::type,
    &HotRecord::tag,    &HotRecord::by};

/// \a record with every number of a text replaced.
template<typename Map>
HotRecord mapped(HotRecord record, const Map &map)
{
    for (StringId HotRecord::*const text : texts)
        record.*text = map(record.*text);
    record.spanCount = std::min<quint8>(record.spanCount, quint8(record.spans.size()));
    for (int i = 0; i < record.spanCount; ++i) {
        filter::Span &span = record.spans[std::size_t(i)];
        const StringId name = map(span.name);
        span.name = name <= 0xffff ? quint16(name) : 0;
    }
    return record;
}

std::shared_ptr<TrafficSegment> makeSegment(const std::shared_ptr<Strings> &strings)
{
    auto segment = std::make_shared<TrafficSegment>();
    segment->strings = strings;
    segment->records.reserve(capacity);
    return segment;
}

} // namespace

TrafficStore::TrafficStore(QObject *parent)
    : QObject(parent)
    , m_strings(std::make_shared<Strings>())
{
}

TrafficStore::~TrafficStore() = default;

void TrafficStore::setBudget(Budget budget)
{
    m_budget = budget;
    evict();
}

void TrafficStore::takeStrings(const client::FeedBatch &batch)
{
    if (batch.epoch != m_epoch) {
        m_epoch = batch.epoch;
        m_strings = std::make_shared<Strings>();
        m_local.clear();
    }
    for (const auto &[id, text] : batch.strings) {
        if (id >= mostStrings)
            continue;
        if (id >= m_local.size())
            m_local.resize(std::max<std::size_t>(id + 1, m_local.size() * 3 / 2));
        m_local[id] = m_strings->intern({text.constData(), std::size_t(text.size())});
    }
}

HotRecord TrafficStore::translated(const HotRecord &record) const
{
    return mapped(record, [this](StringId id) { return id < m_local.size() ? m_local[id] : 0; });
}

HotRecord TrafficStore::moved(const HotRecord &record, const Strings &from, Strings &to)
{
    return mapped(record, [&](StringId id) {
        return id != 0 && id < from.count() ? to.intern(from.text(id)) : 0;
    });
}

void TrafficStore::add(const client::FeedBatch &batch)
{
    takeStrings(batch);
    if (!batch.records.empty()) {
        if (m_first + m_segments.size() + batch.records.size() / capacity + 2 >= mostSegments)
            clear(); // two thousand million rows later
        const RowId from = end();
        for (const HotRecord &record : batch.records) {
            if (record.seq > m_lastSeq)
                append(record);
        }
        if (end() != from)
            Q_EMIT appended(from, end());
    }
    if (!batch.updates.empty())
        update(batch);
    evict();
}

void TrafficStore::append(const HotRecord &record)
{
    const bool isFull = m_segments.empty() || m_segments.back()->count == capacity
        || m_segments.back()->strings != m_strings;
    if (isFull)
        m_segments.push_back(makeSegment(m_strings));
    // No copy even if a snapshot holds the segment: it has its own count, and the room for all
    // records is there from the start.
    TrafficSegment &segment = *m_segments.back();
    segment.records.push_back(translated(record));
    ++segment.count;
    ++m_size;
    m_lastSeq = record.seq;
}

TrafficSegment &TrafficStore::writable(std::shared_ptr<TrafficSegment> &segment)
{
    // Snapshots begin and end on this thread, so the count is exact.
    if (segment.use_count() > 1) {
        auto copy = makeSegment(segment->strings);
        copy->records.insert(copy->records.end(), segment->records.begin(), segment->records.end());
        copy->count = segment->count;
        copy->gone = segment->gone;
        segment = std::move(copy);
    }
    return *segment;
}

std::shared_ptr<TrafficSegment> &TrafficStore::ownerOf(RowId id)
{
    return id & keptBit ? m_kept[(id & ~keptBit) / capacity] : m_segments[id / capacity - m_first];
}

void TrafficStore::update(const client::FeedBatch &batch)
{
    std::vector<RowId> ids;
    std::vector<HotRecord> before;
    for (const HotRecord &record : batch.updates) {
        const std::optional<RowId> id = find(record.seq);
        if (!id)
            continue;
        TrafficSegment &segment = writable(ownerOf(*id));
        HotRecord &old = segment.records[*id % capacity];
        before.push_back(old);
        const HotRecord fresh = translated(record);
        old = segment.strings == m_strings ? fresh : moved(fresh, *m_strings, *segment.strings);
        ids.push_back(*id);
    }
    if (!ids.empty())
        Q_EMIT updated(ids, before);
}

const TrafficSegment *TrafficStore::segmentOf(RowId id) const
{
    const bool isKept = id & keptBit;
    const Segments &segments = isKept ? m_kept : m_segments;
    const std::size_t index = isKept ? (id & ~keptBit) / capacity : id / capacity - m_first;
    return index < segments.size() ? segments[index].get() : nullptr;
}

quint32 TrafficStore::countIn(RowId id) const
{
    const TrafficSegment *const segment = segmentOf(id);
    return segment ? segment->count : 0;
}

bool TrafficStore::contains(RowId id) const
{
    const TrafficSegment *const segment = segmentOf(id);
    return segment && id % capacity < segment->count && !segment->gone[id % capacity];
}

TrafficRow TrafficStore::row(RowId id) const
{
    const TrafficSegment *const segment = segmentOf(id);
    return {&segment->records[id % capacity], segment->strings.get()};
}

RowId TrafficStore::end() const
{
    if (m_segments.empty())
        return begin();
    return (m_first + quint32(m_segments.size()) - 1) * capacity + m_segments.back()->count;
}

std::optional<RowId> TrafficStore::find(quint64 seq) const
{
    const auto in = [&](const Segments &segments, RowId first) -> std::optional<RowId> {
        const auto after = std::ranges::upper_bound(
            segments, seq, {}, [](const auto &s) { return s->records.front().seq; });
        if (after == segments.begin())
            return std::nullopt;
        const auto index = std::size_t(after - segments.begin()) - 1;
        const auto &records = segments[index]->records;
        const auto found = std::ranges::lower_bound(records, seq, {}, &HotRecord::seq);
        const RowId id = first + RowId(index) * capacity + RowId(found - records.begin());
        const bool isThere = found != records.end() && found->seq == seq && contains(id);
        return isThere ? std::optional(id) : std::nullopt;
    };
    const std::optional<RowId> id = in(m_segments, begin());
    return id ? id : in(m_kept, keptBit);
}

TrafficSnapshot TrafficStore::snapshot() const
{
    TrafficSnapshot snapshot;
    for (std::size_t i = 0; i < m_kept.size(); ++i)
        snapshot.parts.push_back({keptBit + RowId(i) * capacity, m_kept[i]->count, m_kept[i]});
    for (std::size_t i = 0; i < m_segments.size(); ++i)
        snapshot.parts.push_back(
            {begin() + RowId(i) * capacity, m_segments[i]->count, m_segments[i]});
    snapshot.end = end();
    return snapshot;
}

qint64 TrafficStore::bytes() const
{
    qint64 sum = qint64(m_local.size() * sizeof(StringId));
    std::set<const Strings *> pools{m_strings.get()};
    for (const Segments *segments : {&m_segments, &m_kept}) {
        sum += qint64(segments->size() * capacity * sizeof(HotRecord));
        for (const auto &segment : *segments)
            pools.insert(segment->strings.get());
    }
    for (const Strings *const pool : pools)
        sum += qint64(pool->bytes());
    return sum;
}

void TrafficStore::keepPinned(const TrafficSegment &segment, RowId base)
{
    m_moves.clear();
    for (quint32 i = 0; i < segment.count; ++i) {
        const HotRecord &record = segment.records[i];
        const bool isFull = m_kept.size() * capacity >= mostKept;
        if (!record.is(filter::Flag::Pinned) || segment.gone[i] || isFull)
            continue;
        if (m_kept.empty() || m_kept.back()->count == capacity) {
            const auto strings =
                m_kept.empty() ? std::make_shared<Strings>() : m_kept.back()->strings;
            m_kept.push_back(makeSegment(strings));
        }
        TrafficSegment &home = *m_kept.back();
        m_moves[base + i] = keptBit + (RowId(m_kept.size()) - 1) * capacity + home.count;
        home.records.push_back(moved(record, *segment.strings, *home.strings));
        ++home.count;
    }
}

std::optional<RowId> TrafficStore::keptAs(RowId id) const
{
    const auto found = m_moves.find(id);
    return found == m_moves.end() ? std::nullopt : std::optional(found->second);
}

void TrafficStore::evict()
{
    while (m_segments.size() > 1 && (m_size > m_budget.rows || bytes() > m_budget.bytes)) {
        const TrafficSegment &segment = *m_segments.front();
        keepPinned(segment, begin());
        Q_EMIT aboutToEvict(begin(), begin() + capacity);
        const auto lost = quint32(segment.count - segment.gone.count() - m_moves.size());
        m_size -= lost;
        m_evicted += lost;
        m_moves.clear();
        m_segments.pop_front();
        ++m_first;
    }
}

void TrafficStore::forget(const std::vector<RowId> &ids)
{
    std::vector<RowId> done;
    for (const RowId id : ids) {
        if (!contains(id))
            continue;
        writable(ownerOf(id)).gone.set(id % capacity);
        done.push_back(id);
    }
    m_size -= quint32(done.size());
    if (!done.empty())
        Q_EMIT forgotten(done);
}

void TrafficStore::beginAnew()
{
    clear();
    m_lastSeq = 0;
    m_epoch = 0; // engines count theirs from 1: the next batch brings a pool of its own
}

void TrafficStore::clear()
{
    Q_EMIT aboutToClear();
    m_first += quint32(m_segments.size()); // ids are not used twice
    if (m_first >= mostSegments / 2)
        m_first = 0;
    m_segments.clear();
    m_kept.clear();
    m_size = 0;
    Q_EMIT cleared();
}

} // namespace gatehouse::ui
