// SPDX-License-Identifier: GPL-3.0-or-later
// What a Recorder is asked; recorder.cpp is how it collects.
#include "engine/observe/recorder.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace gatehouse::observe {

namespace {

std::unexpected<Error> gone(quint64 seq)
{
    return fail(ErrorCode::NotFound,
                QString("exchange %1 is not recorded, or it has made room for others").arg(seq));
}

/// What was open when its engine ended is not under way any more.
QByteArray closed(QByteArray raw)
{
    RawHead head;
    if (std::size_t(raw.size()) < sizeof(head))
        return raw;
    std::memcpy(static_cast<void *>(&head), raw.constData(), sizeof(head));
    head.bits &= quint8(~RawHead::Open);
    std::memcpy(raw.data(), &head, sizeof(head));
    return raw;
}

QByteArray sliceOf(std::string_view bytes, qint64 offset, qint64 limit)
{
    const std::string_view slice =
        bytes.substr(std::min(std::size_t(offset), bytes.size()), std::size_t(limit));
    return {slice.data(), qsizetype(slice.size())};
}

} // namespace

RecordingStatus Recorder::status() const
{
    const quint64 lostNow = lost();
    const QMutexLocker lock(&m_mutex);
    RecordingStatus status = m_status;
    status.held = m_store.count();
    status.lost = lostNow;
    if (!m_store.pinned().empty())
        status.firstSeq = m_store.pinned().begin()->first;
    else if (!m_store.entries().empty())
        status.firstSeq = m_store.entries().front().hot.seq;
    status.pinned = m_store.pinned().size();
    return status;
}

quint64 Recorder::lost() const
{
    quint64 sum = 0;
    for (const std::unique_ptr<Tap> &tap : m_taps)
        sum += tap->lost();
    return sum;
}

std::shared_ptr<const filter::Strings> Recorder::strings() const
{
    const QMutexLocker lock(&m_mutex);
    return m_store.sharedStrings();
}

Recorder::Batch Recorder::since(quint64 after, std::size_t limit) const
{
    const QMutexLocker lock(&m_mutex);
    Batch batch{m_store.epoch(), m_store.sharedStrings(), {}, 0};
    const std::deque<RecordStore::Entry> &entries = m_store.entries();
    auto first = std::ranges::upper_bound(
        entries, after, {}, [](const RecordStore::Entry &entry) { return entry.hot.seq; });
    const auto count = std::size_t(entries.end() - first);
    for (; first != entries.end() && batch.records.size() < limit; ++first)
        batch.records.push_back(first->hot);
    if (count > 0 && after > 0)
        batch.skipped = batch.records.front().seq - after - 1;
    return batch;
}

Recorder::Batch Recorder::changedSince(quint64 &change) const
{
    const QMutexLocker lock(&m_mutex);
    Batch batch{m_store.epoch(), m_store.sharedStrings(), {}, 0};
    const quint64 end = m_changesBefore + m_changed.size();
    auto *const store = const_cast<RecordStore *>(&m_store);
    for (quint64 i = std::max(change, m_changesBefore); i < end; ++i) {
        if (const RecordStore::Entry *entry = store->find(m_changed[i - m_changesBefore]))
            batch.records.push_back(entry->hot);
    }
    change = end;
    return batch;
}

void Recorder::visit(quint64 before, std::shared_ptr<const filter::Strings> &strings,
                     const Visit &take) const
{
    const QMutexLocker lock(&m_mutex);
    strings = m_store.sharedStrings();
    const std::deque<RecordStore::Entry> &entries = m_store.entries();
    auto entry = std::ranges::lower_bound(
        entries, before, {}, [](const RecordStore::Entry &each) { return each.hot.seq; });
    while (entry != entries.begin()) {
        --entry;
        if (!take(entry->hot))
            return;
    }
    for (auto pinned = m_store.pinned().rbegin(); pinned != m_store.pinned().rend(); ++pinned) {
        if (pinned->first < before && !take(pinned->second.hot))
            return;
    }
}

Result<Recorder::Detail> Recorder::detail(quint64 seq)
{
    Detail detail;
    {
        const QMutexLocker lock(&m_mutex);
        const RecordStore::Entry *const entry = m_store.find(seq);
        if (!entry)
            return gone(seq);
        detail.hot = entry->hot;
        detail.strings = m_store.sharedStrings();
        detail.note = m_store.note(seq);
        if (entry->cold)
            detail.raw = entry->cold->raw;
    }
    if (!detail.raw.isEmpty())
        return detail;
    const bool isOpen = detail.hot.is(filter::Flag::Open);
    const Result<void> read = fromFile([&detail, seq, isOpen](CaptureFile &file) -> Result<void> {
        const Result<QByteArray> raw = file.raw(seq);
        if (!raw)
            return std::unexpected(raw.error());
        detail.raw = isOpen ? *raw : closed(*raw);
        return {};
    });
    return read ? Result<Detail>(detail) : std::unexpected(read.error());
}

Result<QByteArray> Recorder::body(quint64 seq, Side side, qint64 offset, qint64 limit)
{
    {
        const QMutexLocker lock(&m_mutex);
        const RecordStore::Entry *const entry = m_store.find(seq);
        if (!entry)
            return gone(seq);
        if (const LiveBodies::Live *live = m_live.find(seq); live && side == Side::Response)
            return sliceOf(live->body.bytes, offset, limit);
        if (entry->cold)
            return entry->cold->bodies ? sliceOf(entry->cold->bodies->of(side).bytes, offset, limit)
                                       : QByteArray();
    }
    QByteArray bytes;
    const Result<void> read = fromFile([&](CaptureFile &file) -> Result<void> {
        Result<QByteArray> kept = file.body(seq, side, offset, limit);
        if (!kept)
            return std::unexpected(kept.error());
        bytes = std::move(*kept);
        return {};
    });
    return read ? Result<QByteArray>(bytes) : std::unexpected(read.error());
}

Result<Recorder::Kept> Recorder::answer(quint64 seq)
{
    const auto keptOf = [](const CapturedBodies::Body &body) {
        return Kept{{body.bytes.data(), qsizetype(body.bytes.size())}, body.marks};
    };
    {
        const QMutexLocker lock(&m_mutex);
        const RecordStore::Entry *const entry = m_store.find(seq);
        if (!entry)
            return gone(seq);
        if (const LiveBodies::Live *live = m_live.find(seq))
            return keptOf(live->body);
        if (entry->cold)
            return entry->cold->bodies ? keptOf(entry->cold->bodies->of(Side::Response)) : Kept{};
    }
    Kept kept;
    const Result<void> read = fromFile([&kept, seq](CaptureFile &file) -> Result<void> {
        Result<QByteArray> bytes =
            file.body(seq, Side::Response, 0, std::numeric_limits<qint64>::max());
        if (!bytes)
            return std::unexpected(bytes.error());
        kept = {std::move(*bytes), file.marks(seq, Side::Response)};
        return {};
    });
    return read ? Result<Kept>(std::move(kept)) : std::unexpected(read.error());
}

Result<void> Recorder::pin(quint64 seq, bool isPinned, const QString &note)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_store.find(seq))
            return gone(seq);
        m_store.pin(seq, isPinned, note);
        noteChange(seq);
    }
    return m_disk.run([this, seq, isPinned, note]() -> Result<void> {
        if (!m_file || !m_mayWrite || seq > m_written)
            return {};
        return m_file->pin(seq, isPinned, note);
    });
}

/// Under the lock.
void Recorder::noteChange(quint64 seq)
{
    if (m_changed.size() == mostChanges) {
        m_changed.erase(m_changed.begin(), m_changed.begin() + mostChanges / 2);
        m_changesBefore += mostChanges / 2;
    }
    m_changed.push_back(seq);
}

quint64 Recorder::remove(const std::function<bool(const filter::HotRecord &)> &which)
{
    std::vector<quint64> seqs;
    {
        const QMutexLocker lock(&m_mutex);
        for (const RecordStore::Entry &entry : m_store.entries()) {
            if (which(entry.hot))
                seqs.push_back(entry.hot.seq);
        }
        for (const auto &[seq, entry] : m_store.pinned()) {
            if (which(entry.hot))
                seqs.push_back(seq);
        }
        std::ranges::sort(seqs);
        m_store.remove(seqs);
    }
    (void)m_disk.run([this, seqs]() -> Result<void> { // a full disk does not keep them in the list
        if (!m_file || !m_mayWrite)
            return {};
        Result<void> done = m_file->begin();
        for (const quint64 seq : seqs) {
            if (done)
                done = m_file->remove(seq);
        }
        return done ? m_file->commit() : done;
    });
    return seqs.size();
}

} // namespace gatehouse::observe
