// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/recorder.h"

#include "engine/core/log.h"
#include "engine/observe/rawpiece.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace gatehouse::observe {

Q_LOGGING_CATEGORY(lcRecorder, "gatehouse.observe.recorder", QtInfoMsg)

namespace {

constexpr std::chrono::milliseconds roundTime{20};
constexpr std::chrono::seconds retryTime{10};
constexpr std::size_t mostNewRevisions = 200;
constexpr std::size_t mostArrivals = 16384; ///< in a round; the rest is taken in the next one

qint64 nanoseconds(auto time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

void noteKept(QByteArray &raw, const CapturedBodies *bodies, std::string_view type)
{
    RawHead head;
    std::memcpy(static_cast<void *>(&head), raw.constData(), sizeof(head));
    head.bodies = 0;
    for (const Side side : {Side::Request, Side::Response})
        head.keptBodies[std::size_t(side)] = bodies ? quint32(bodies->of(side).bytes.size()) : 0;
    if (const StreamKind kind = streamKindOf(type); bodies && kind != StreamKind::None)
        head.frames = quint32(FrameReader(kind, bodies->of(Side::Response).bytes, {}).skipAll());
    std::memcpy(raw.data(), &head, sizeof(head));
}

bool isCut(const RawHead &head)
{
    return head.watch >= quint8(Exchange::Watch::Bodies)
        && (qint64(head.keptBodies[0]) < head.received || qint64(head.keptBodies[1]) < head.sent);
}

} // namespace

Recorder::Recorder(int workers)
{
    for (int i = 0; i < workers; ++i)
        m_taps.push_back(std::make_unique<Tap>());
}

Recorder::~Recorder()
{
    m_collector.end([this] { collectHere(); });
    m_disk.end([this] {
        writeDown();
        m_file.reset();
    });
}

Result<void> Recorder::configure(const RecordingSettings &settings)
{
    if (const auto rules = Rules::read(settings.rules); !rules)
        return std::unexpected(rules.error());
    {
        const QMutexLocker lock(&m_mutex);
        m_settings = settings;
        readRules();
    }
    for (const std::unique_ptr<Tap> &tap : m_taps)
        tap->setWatch(settings.level, std::size_t(settings.bodyCap));
    if (settings.level != Exchange::Watch::None && !m_isStarted.exchange(true)) {
        m_collector.repeat(roundTime, [this] { collectHere(); });
        m_disk.repeat(roundTime, [this] {
            writeDown();
            keepDisk();
        });
    }
    keepMemory();
    m_disk.post([this] { keepDisk(); });
    return {};
}

RecordingSettings Recorder::settings() const
{
    const QMutexLocker lock(&m_mutex);
    return m_settings;
}

void Recorder::setFamilies(StageFamilies families)
{
    const QMutexLocker lock(&m_mutex);
    m_families = std::move(families);
    // The names of new stages must get numbers that a span can hold.
    if (m_store.strings().count() > 50000)
        m_store.renewStrings();
    for (const auto &[stage, family] : m_families)
        m_store.strings().intern(stage);
}

void Recorder::addRevision(const CapturedRevision &revision)
{
    m_disk.post([this, revision] {
        if (m_newRevisions.size() == mostNewRevisions) // there is no file that would take them
            m_newRevisions.erase(m_newRevisions.begin());
        m_newRevisions.push_back(revision);
    });
}

void Recorder::collect()
{
    (void)m_collector.run([this]() -> Result<void> { // late is what it would have been anyway
        collectHere();
        return {};
    });
}

void Recorder::settle()
{
    collect();
    (void)m_disk.run([this]() -> Result<void> {
        writeDown();
        keepDisk();
        return {};
    });
    keepMemory(); // what is on the disk now may leave it
}

void Recorder::takeFrom(Tap &tap, qint64 wallOffset, Arrivals &arrivals)
{
    while (arrivals.exchanges.size() + arrivals.pieces.size() < mostArrivals) {
        const std::span<char> memory = tap.front();
        if (memory.empty())
            return;
        if (RawPiece::isIn(memory)) {
            RawPiece piece;
            std::memcpy(static_cast<void *>(&piece), memory.data(), sizeof(piece));
            arrivals.pieces.push_back({{&tap, piece.stream},
                                       piece.mark,
                                       std::string(memory.data() + sizeof(piece), piece.size)});
            tap.pop();
            continue;
        }
        RawHead head;
        std::memcpy(static_cast<void *>(&head), memory.data(), sizeof(head));
        Arrival &arrival = arrivals.exchanges.emplace_back();
        arrival.start = head.begin + wallOffset;
        arrival.end = arrival.start + head.duration;
        arrival.bodies.reset(reinterpret_cast<CapturedBodies *>(quintptr(head.bodies)));
        arrival.raw = QByteArray(memory.data(), qsizetype(memory.size()));
        arrival.stream = {&tap, head.stream};
        arrival.isOpen = head.bits & RawHead::Open;
        if (arrival.bodies)
            arrival.bodies->release();
        tap.pop();
    }
}

void Recorder::collectHere()
{
    const qint64 wallOffset =
        nanoseconds(Clock::system().wall()) - nanoseconds(Clock::system().now());
    Arrivals arrivals;
    for (const std::unique_ptr<Tap> &tap : m_taps)
        takeFrom(*tap, wallOffset, arrivals);
    // The begin of an exchange before its end, whatever the clocks say.
    std::ranges::stable_sort(arrivals.exchanges, {}, &Arrival::end);
    if (!arrivals.exchanges.empty() || !arrivals.pieces.empty()) {
        const QMutexLocker lock(&m_mutex);
        for (Arrival &arrival : arrivals.exchanges)
            store(std::move(arrival));
        storePieces(arrivals.pieces);
    }
    keepMemory();
}

/// Under the lock. Those whose exchange has ended meanwhile are in its body.
void Recorder::storePieces(std::vector<Piece> &pieces)
{
    std::set<quint64> changed;
    for (const Piece &piece : pieces) {
        const auto open = m_open.find(piece.stream);
        RecordStore::Entry *const entry =
            open == m_open.end() ? nullptr : m_store.find(open->second);
        if (!entry)
            continue;
        const StreamKind kind = streamKindOf(m_store.strings().text(entry->hot.type));
        const LiveBodies::Live *const live =
            m_live.add(entry->hot.seq, kind, piece.mark, piece.bytes);
        if (!live)
            continue;
        entry->hot.size = live->body.size;
        entry->hot.frames = quint16(std::min<std::size_t>(live->frames, 65535));
        changed.insert(entry->hot.seq);
    }
    for (const quint64 seq : changed)
        noteChange(seq);
}

/// Fills in what a worker does not know: the families of \a raw, which is also in m_raw.
void Recorder::nameFamilies(QByteArray &raw)
{
    std::size_t i = 0;
    for (RawStage &stage : stagesIn({raw.data(), std::size_t(raw.size())})) {
        stage.family = familyOf(m_raw.stages[i].name, m_families);
        m_raw.stages[i++].family = stage.family;
    }
}

filter::HotRecord Recorder::recordOf(const RawExchange &raw)
{
    filter::HotRecord record = makeRecord(raw, m_store.strings());
    record.set(filter::Flag::BodyCut, isCut(raw.head));
    return record;
}

/// Under the lock.
void Recorder::readRules()
{
    const auto expressions = Rules::read(m_settings.rules); // it was checked before
    m_rules =
        expressions ? Rules(m_settings.rules, *expressions, m_store.sharedStrings()) : Rules();
    m_rulesEpoch = m_store.epoch();
}

/// Applies the rule for it, which may cut its bodies.
bool Recorder::isWanted(const filter::HotRecord &hot, CapturedBodies *bodies)
{
    if (m_settings.rules.empty())
        return true;
    if (m_rulesEpoch != m_store.epoch())
        readRules();
    const CaptureRule *const rule = m_rules.ruleFor(hot);
    if (!rule)
        return true;
    const qint64 cap = rule->keep == CaptureRule::Keep::Head ? 0 : rule->bodyCap;
    for (const Side side : {Side::Request, Side::Response}) {
        if (bodies && cap >= 0 && qint64(bodies->of(side).bytes.size()) > cap) {
            bodies->of(side).bytes.resize(std::size_t(cap));
            bodies->of(side).bytes.shrink_to_fit();
        }
    }
    return rule->keep != CaptureRule::Keep::Nothing;
}

/// What is known now of an exchange that was shown before takes the place of what was known then.
/// False if \a arrival was not shown.
bool Recorder::storeAgain(Arrival &arrival, RecordStore::Entry &entry)
{
    const auto open = arrival.stream.second == 0 ? m_open.end() : m_open.find(arrival.stream);
    if (open == m_open.end())
        return false;
    entry.hot.seq = open->second;
    if (!arrival.isOpen) {
        m_live.remove(open->second);
        m_open.erase(open);
    }
    if (!m_store.find(entry.hot.seq)) // it was cleared meanwhile
        return true;
    entry.cold = std::make_shared<const ColdRecord>(
        ColdRecord{std::move(arrival.raw), std::move(arrival.bodies)});
    m_store.replace(entry);
    noteChange(entry.hot.seq);
    if (m_hasFile)
        m_rewritten.push_back(entry.hot.seq);
    return true;
}

/// Under the lock. 0 if a rule does not want it.
quint64 Recorder::store(Arrival arrival)
{
    if (!m_raw.readFrom({arrival.raw.constData(), std::size_t(arrival.raw.size())}))
        return 0;
    nameFamilies(arrival.raw);
    RecordStore::Entry entry;
    entry.hot = recordOf(m_raw);
    entry.hot.start = arrival.start;
    const bool isShown = arrival.stream.second != 0 && m_open.contains(arrival.stream);
    if (!isWanted(entry.hot, arrival.bodies.get()) && !isShown) {
        ++m_status.skipped;
        return 0;
    }
    noteKept(arrival.raw, arrival.bodies.get(), m_raw.text(RawHead::ContentType));
    RawHead head;
    std::memcpy(static_cast<void *>(&head), arrival.raw.constData(), sizeof(head));
    entry.hot.set(filter::Flag::BodyCut, isCut(head) && !arrival.isOpen);
    entry.hot.frames = quint16(std::min<quint32>(head.frames, 65535));
    if (storeAgain(arrival, entry))
        return entry.hot.seq;
    entry.hot.seq = m_nextSeq++;
    if (arrival.isOpen)
        m_open[arrival.stream] = entry.hot.seq;
    entry.cold = std::make_shared<const ColdRecord>(
        ColdRecord{std::move(arrival.raw), std::move(arrival.bodies)});
    m_status.lastSeq = entry.hot.seq;
    m_store.add(std::move(entry));
    return m_status.lastSeq;
}

quint64 Recorder::add(qint64 start, QByteArray raw, std::unique_ptr<CapturedBodies> bodies)
{
    const QMutexLocker lock(&m_mutex);
    return store({start, start, std::move(raw), std::move(bodies), {}, false});
}

void Recorder::writeDown()
{
    if (!m_file || !m_mayWrite || Clock::system().now() < m_retryAt)
        return;
    std::vector<quint64> again;
    Result<void> done = m_file->begin();
    for (const CapturedRevision &revision : m_newRevisions) {
        if (done)
            done = m_file->addRevision(revision);
    }
    if (done)
        done = writeRows(again);
    if (done)
        done = m_file->commit();
    if (!done) {
        giveUpFile(done.error());
        return;
    }
    m_newRevisions.clear();
    const QMutexLocker lock(&m_mutex);
    noteWritten(again);
    m_status.error.clear();
}

/// Under the lock. What has changed while it was written is written once more.
void Recorder::noteWritten(const std::vector<quint64> &again)
{
    m_store.markOnDisk(m_written);
    const auto mark = [this](const std::vector<quint64> &seqs, bool isOnDisk) {
        for (const quint64 seq : seqs) {
            if (RecordStore::Entry *const entry = m_store.find(seq))
                entry->isOnDisk = isOnDisk;
        }
    };
    mark(again, true);
    mark(m_rewritten, false);
}

/// Rows since the last time, and \a again those that have changed.
Result<void> Recorder::writeRows(std::vector<quint64> &again)
{
    std::vector<Row> rows;
    {
        const QMutexLocker lock(&m_mutex);
        again = std::exchange(m_rewritten, {});
        for (const quint64 seq : again) {
            const RecordStore::Entry *const entry = m_store.find(seq);
            if (entry && entry->cold && seq <= m_written)
                rows.push_back(rowOf(*entry));
        }
        addRows(rows, m_written);
    }
    for (const Row &row : rows) {
        if (const Result<void> added = m_file->add(row.seq, row.start, row.isPinned, *row.cold);
            !added)
            return added;
        m_written = std::max(m_written, row.seq);
    }
    return {};
}

Recorder::Row Recorder::rowOf(const RecordStore::Entry &entry)
{
    return {entry.hot.seq, entry.hot.start, entry.hot.is(filter::Flag::Pinned), entry.cold};
}

/// Those behind \a seq. Under the lock, which is held for copying pointers only.
void Recorder::addRows(std::vector<Row> &rows, quint64 seq) const
{
    const std::deque<RecordStore::Entry> &entries = m_store.entries();
    auto first = entries.end();
    while (first != entries.begin() && std::prev(first)->hot.seq > seq)
        --first;
    for (; first != entries.end(); ++first) {
        if (first->cold)
            rows.push_back(rowOf(*first));
    }
}

/// A full disk is no reason to lose what memory can hold. What could not be written is tried again.
void Recorder::giveUpFile(const Error &error)
{
    m_file->rollBack();
    m_retryAt = Clock::system().now() + retryTime;
    const QString text =
        error.cause().isEmpty() ? error.text() : error.text() + ": " + error.cause();
    const QMutexLocker lock(&m_mutex);
    const std::deque<RecordStore::Entry> &entries = m_store.entries();
    const auto first = std::ranges::find(entries, false, &RecordStore::Entry::isOnDisk);
    m_written = first == entries.end() ? m_written : first->hot.seq - 1;
    if (m_status.error == text)
        return;
    m_status.error = text;
    LogLine(lcRecorder(), QtWarningMsg, "the capture cannot be written; what comes stays in memory")
        .error(error);
}

void Recorder::keepMemory()
{
    const QMutexLocker lock(&m_mutex);
    m_status.evicted += m_store.shrink(m_settings.memoryBudget);
    m_status.memoryUsed = m_store.bytes();
}

void Recorder::keepDisk()
{
    if (!m_file || !m_mayWrite)
        return;
    const qint64 budget = settings().diskBudget;
    const qint64 used = m_file->used();
    const Result<quint64> gone = used > budget ? m_file->shrink(budget) : Result<quint64>(0);
    const QMutexLocker lock(&m_mutex);
    m_status.diskUsed = used;
    if (gone)
        m_status.evictedBodies += *gone;
}

} // namespace gatehouse::observe
