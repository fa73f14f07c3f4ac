// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/filterrunner.h"

#include "ui/models/trafficsort.h"

#include <set>

namespace gatehouse::ui {

namespace {

using filter::Verdict;

} // namespace

FilterRunner::FilterRunner(TrafficStore &store, TrafficModel &model, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_model(model)
    , m_seen(store.begin())
    , m_live({})
{
    connect(&store, &TrafficStore::appended, this, [this](quint32, quint32 to) {
        if (m_isScanning)
            return;
        take(m_seen, to);
        reportCounts();
    });
    connect(&store, &TrafficStore::updated, this,
            [this](const std::vector<quint32> &ids) { reconsider(ids); });
    connect(&store, &TrafficStore::cleared, this, [this] {
        m_job.cancel();
        m_isScanning = false;
        m_snapshot.reset();
        ++m_generation;
        m_seen = m_store.begin();
        holdBack(0);
        reportCounts();
    });
    connect(&store, &TrafficStore::aboutToEvict, this, [this](quint32 from, quint32 to) {
        for (RowId id = from; m_isScanning && id < to; ++id) {
            if (const std::optional<RowId> kept = m_store.keptAs(id))
                m_moved[id] = *kept;
        }
    });
    if (store.size() > 0)
        start(nullptr);
}

FilterRunner::~FilterRunner()
{
    m_job.cancel(); // the snapshot must not be in use when it goes
}

void FilterRunner::setExpression(const filter::Expression &expression)
{
    // Among what is shown, if nothing is on its way or held back.
    const bool isNarrower = !m_isScanning && m_heldBack == 0 && m_model.isArrivalOrder()
        && !m_expression.hasCold() && isRefinement(m_expression, expression);
    m_expression = expression;
    m_live = TrafficMatcher(expression);
    const std::vector<RowId> shown = isNarrower ? m_model.ids() : std::vector<RowId>();
    start(isNarrower ? &shown : nullptr);
}

void FilterRunner::sortBy(Column column, Qt::SortOrder order)
{
    if (!canSortBy(column))
        return;
    m_sortColumn = column;
    m_order = order;
    start(nullptr);
}

void FilterRunner::clearSort()
{
    if (!m_sortColumn)
        return;
    m_sortColumn.reset();
    start(nullptr);
}

void FilterRunner::setPaused(bool isPaused)
{
    m_isPaused = isPaused;
    if (!isPaused && !m_sortColumn)
        refresh();
}

void FilterRunner::refresh()
{
    if (m_sortColumn) {
        start(nullptr);
        return;
    }
    const RowId from = m_seen;
    holdBack(0);
    const bool wasPaused = std::exchange(m_isPaused, false);
    take(from, m_store.end());
    m_isPaused = wasPaused;
    reportCounts();
}

FilterRunner::Outcome FilterRunner::work(const TrafficSnapshot &snapshot,
                                         const std::vector<RowId> *among, TrafficMatcher &matcher,
                                         std::optional<Column> column, Qt::SortOrder order,
                                         const std::function<bool()> &isCancelled)
{
    Outcome outcome;
    outcome.scan = scan(snapshot, among, matcher, isCancelled);
    outcome.ids = column ? sortedBy(*column, order, snapshot, outcome.scan.accepted, isCancelled)
                         : outcome.scan.accepted;
    return outcome;
}

void FilterRunner::start(const std::vector<RowId> *among)
{
    m_job.cancel();
    m_isScanning = false;
    m_moved.clear();
    m_changed.clear();
    m_snapshot = std::make_unique<TrafficSnapshot>(m_store.snapshot());
    m_matcher = std::make_unique<TrafficMatcher>(m_expression);
    m_among = among ? *among : std::vector<RowId>();
    m_seen = m_snapshot->end;
    const quint64 generation = ++m_generation;
    Q_EMIT started(generation);
    const bool isInline = (among ? m_among.size() : m_store.size()) < m_inlineLimit;
    const auto run = [this, isAmong = among != nullptr](const std::function<bool()> &isCancelled) {
        return work(*m_snapshot, isAmong ? &m_among : nullptr, *m_matcher, m_sortColumn, m_order,
                    isCancelled);
    };
    if (isInline) {
        Outcome outcome = run([] { return false; });
        land(generation, outcome);
        return;
    }
    m_isScanning = true;
    // What the work reads stays as it is until the job has ended: every change cancels it first.
    m_job.start([this, run, generation](Job::Desk &desk) {
        const auto outcome = std::make_shared<Outcome>(run([&desk] { return desk.isCancelled(); }));
        desk.post([this, generation, outcome] { land(generation, *outcome); });
    });
}

void FilterRunner::land(quint64 generation, Outcome &outcome)
{
    if (generation != m_generation)
        return;
    m_isScanning = false;
    // Meanwhile segments may have been evicted or rows forgotten.
    for (RowId &id : outcome.ids)
        id = m_moved.contains(id) ? m_moved.at(id) : id;
    std::erase_if(outcome.ids, [this](RowId id) { return !m_store.contains(id); });
    m_model.replace(std::move(outcome.ids), !m_sortColumn);
    m_snapshot.reset();
    holdBack(0);
    if (outcome.scan.problem)
        Q_EMIT warned(*outcome.scan.problem);
    askFor(outcome.scan.unknown);
    const RowId from = m_seen;
    m_seen = std::max(m_seen, m_store.begin());
    take(from, m_store.end());
    std::vector<quint32> changed = std::exchange(m_changed, {});
    for (quint32 &id : changed)
        id = m_moved.contains(id) ? m_moved.at(id) : id;
    m_moved.clear();
    applyChanges(changed);
    reportCounts();
}

std::vector<RowId> FilterRunner::rowsToClear(Clear what) const
{
    std::vector<RowId> ids;
    const TrafficSnapshot snapshot = m_store.snapshot();
    for (const TrafficSnapshot::Part &part : snapshot.parts) {
        for (RowId id = part.first; id < part.first + part.count; ++id) {
            if (!m_store.contains(id))
                continue;
            const filter::HotRecord &record = part.segment->records[id - part.first];
            const bool isKept = record.is(filter::Flag::Pinned) && what != Clear::All;
            const bool isMeant = what == Clear::Shown ? m_model.rowOf(id) >= 0
                : what == Clear::Hidden               ? m_model.rowOf(id) < 0
                : what == Clear::Closed               ? !record.is(filter::Flag::Open)
                                                      : true;
            if (isMeant && !isKept)
                ids.push_back(id);
        }
    }
    return ids;
}

void FilterRunner::reportCounts()
{
    Q_EMIT finished(m_generation, quint32(m_model.rowCount()), m_store.size());
}

Verdict FilterRunner::test(RowId id)
{
    const TrafficRow row = m_store.row(id);
    return m_live.test(*row.record, m_store.stringsOf(id));
}

void FilterRunner::take(RowId from, RowId to)
{
    const bool isHeld = m_isPaused || m_sortColumn;
    from = std::max({from, m_store.begin(), isHeld ? m_heldBackEnd : 0});
    std::vector<RowId> accepted;
    std::vector<RowId> unknown;
    m_live.setTime(filter::TimeBase::system());
    m_store.forEach(from, to, [&](RowId id) {
        const Verdict verdict = test(id);
        if (verdict == Verdict::Yes)
            accepted.push_back(id);
        else if (verdict == Verdict::Unknown)
            unknown.push_back(id);
    });
    if (isHeld) { // m_seen stays: refresh() takes them
        m_heldBackEnd = std::max(m_heldBackEnd, to);
        holdBack(m_heldBack + quint32(accepted.size()));
        return;
    }
    m_seen = std::max(m_seen, to);
    m_model.append(accepted);
    askFor(unknown);
}

void FilterRunner::holdBack(quint32 rows)
{
    if (rows == 0)
        m_heldBackEnd = m_seen;
    if (std::exchange(m_heldBack, rows) != rows)
        Q_EMIT heldBackChanged(rows);
}

/// A record has changed: an open one has closed, say, and `status>=500` holds now.
void FilterRunner::reconsider(const std::vector<quint32> &ids)
{
    if (m_isScanning) { // it may have seen them as they were
        m_changed.insert(m_changed.end(), ids.begin(), ids.end());
        return;
    }
    applyChanges(ids);
    reportCounts();
}

void FilterRunner::applyChanges(const std::vector<quint32> &ids)
{
    if (m_expression.isEmpty() || !m_model.isArrivalOrder())
        return;
    const std::set<RowId> changed(ids.begin(), ids.end());
    std::vector<RowId> in;
    std::vector<RowId> out;
    std::vector<RowId> unknown;
    for (const RowId id : changed) {
        const bool isKept = id & TrafficStore::keptBit;
        if (!m_store.contains(id) || (!isKept && id >= m_seen))
            continue;
        const Verdict verdict = test(id);
        const bool isShown = m_model.rowOf(id) >= 0;
        if (verdict == Verdict::Yes && !isShown)
            in.push_back(id);
        else if (verdict == Verdict::No && isShown)
            out.push_back(id);
        else if (verdict == Verdict::Unknown && !isShown)
            unknown.push_back(id);
    }
    m_model.remove(out);
    m_model.insert(std::move(in));
    askFor(unknown);
}

void FilterRunner::askFor(const std::vector<RowId> &ids)
{
    std::vector<quint64> seqs;
    for (const RowId id : ids) {
        if (m_store.contains(id))
            seqs.push_back(m_store.row(id).record->seq);
    }
    if (!seqs.empty())
        Q_EMIT coldWanted(m_generation, seqs);
}

void FilterRunner::giveCold(quint64 generation, const std::vector<quint64> &seqs)
{
    if (generation != m_generation)
        return;
    std::vector<RowId> ids;
    for (const quint64 seq : seqs) {
        const std::optional<RowId> id = m_store.find(seq);
        if (id && m_model.rowOf(*id) < 0)
            ids.push_back(*id);
    }
    if (m_model.isArrivalOrder()) {
        m_model.insert(std::move(ids));
    } else {
        std::vector<RowId> all = m_model.ids();
        all.insert(all.end(), ids.begin(), ids.end());
        m_model.replace(sortedBy(*m_sortColumn, m_order, m_store.snapshot(), std::move(all),
                                 [] { return false; }),
                        false);
    }
    reportCounts();
}

} // namespace gatehouse::ui
