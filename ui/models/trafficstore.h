// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/feedbatch.h"
#include "ui/models/trafficsegment.h"

#include <QObject>

#include <deque>
#include <unordered_map>

namespace gatehouse::ui {

/// The records of the list: segments in the order of arrival, dropped from the front when a budget
/// is reached. Pinned ones move to a side store first. An engine's epoch of texts has a pool of its
/// own, which goes with its last segment, so that texts never need to be moved. GUI thread.
class TrafficStore : public QObject
{
    Q_OBJECT

public:
    struct Budget
    {
        quint32 rows = 1'000'000;
        qint64 bytes = 320 << 20; ///< of records and texts
    };
    static constexpr RowId keptBit = 0x80000000; ///< of ids in the side store
    static constexpr quint32 mostKept = 100'000;

    explicit TrafficStore(QObject *parent = nullptr);
    ~TrafficStore() override;

    void setBudget(Budget budget);
    /// Takes over what a batch brings. Records without a text that they name have none.
    void add(const client::FeedBatch &batch);
    /// Forgets everything, pins included.
    void clear();
    /// The same, for another engine: its numbers of exchanges and texts begin anew.
    void beginAnew();
    /// Forgets these. Unknown ids do nothing.
    void forget(const std::vector<RowId> &ids);

    [[nodiscard]] quint32 size() const { return m_size; }
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] quint64 evicted() const { return m_evicted; } ///< since the start
    [[nodiscard]] bool contains(RowId id) const;
    /// \a id must be contained.
    [[nodiscard]] TrafficRow row(RowId id) const;
    [[nodiscard]] const std::shared_ptr<filter::Strings> &stringsOf(RowId id) const
    {
        return segmentOf(id)->strings;
    }
    [[nodiscard]] std::optional<RowId> find(quint64 seq) const;
    [[nodiscard]] TrafficSnapshot snapshot() const;
    /// All ids from \a from to below \a to, side store excluded, in order.
    template<typename Visit>
    void forEach(RowId from, RowId to, const Visit &visit) const
    {
        for (RowId id = from; id < to; ++id) {
            if (contains(id))
                visit(id);
            else if (id % TrafficSegment::capacity >= countIn(id))
                id |= TrafficSegment::capacity - 1;
        }
    }
    [[nodiscard]] RowId begin() const { return m_first * TrafficSegment::capacity; }
    [[nodiscard]] RowId end() const;
    /// Where a record of an evicted segment is kept; during aboutToEvict().
    [[nodiscard]] std::optional<RowId> keptAs(RowId id) const;

Q_SIGNALS:
    void appended(quint32 from, quint32 to);
    /// \a before: the records as they were, in the same order.
    void updated(const std::vector<quint32> &ids,
                 const std::vector<gatehouse::filter::HotRecord> &before);
    /// What is in [from, to) goes after this, except for what keptAs() knows.
    void aboutToEvict(quint32 from, quint32 to);
    /// These are gone.
    void forgotten(const std::vector<quint32> &ids);
    /// Everything is still there; what shows rows lets go of them now.
    void aboutToClear();
    void cleared();

private:
    using Segments = std::deque<std::shared_ptr<TrafficSegment>>;

    void takeStrings(const client::FeedBatch &batch);
    void append(const filter::HotRecord &record);
    void update(const client::FeedBatch &batch);
    void evict();
    void keepPinned(const TrafficSegment &segment, RowId base);
    [[nodiscard]] quint32 countIn(RowId id) const;
    [[nodiscard]] const TrafficSegment *segmentOf(RowId id) const;
    TrafficSegment &writable(std::shared_ptr<TrafficSegment> &segment);
    [[nodiscard]] std::shared_ptr<TrafficSegment> &ownerOf(RowId id);
    [[nodiscard]] filter::HotRecord translated(const filter::HotRecord &record) const;
    static filter::HotRecord moved(const filter::HotRecord &record, const filter::Strings &from,
                                   filter::Strings &to);

    Budget m_budget;
    Segments m_segments;
    quint32 m_first = 0; ///< number of the segment at the front
    quint32 m_size = 0;
    quint64 m_evicted = 0;
    quint64 m_lastSeq = 0;
    quint32 m_epoch = 0;
    std::shared_ptr<filter::Strings> m_strings;
    std::vector<filter::StringId> m_local; ///< our number of a text, by the engine's
    Segments m_kept;                       ///< the side store
    std::unordered_map<RowId, RowId> m_moves;
};

} // namespace gatehouse::ui
