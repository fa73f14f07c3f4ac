// SPDX-License-Identifier: GPL-3.0-or-later
// How a Recorder opens, reads and copies captures.
#include "engine/observe/recorder.h"

#include <QFile>

namespace gatehouse::observe {

Result<void> Recorder::openCapture(const QString &path)
{
    return m_disk.run([this, path]() -> Result<void> {
        Result<std::unique_ptr<CaptureFile>> file =
            CaptureFile::open(path, CaptureFile::Mode::Write);
        if (!file)
            return std::unexpected(file.error());
        if (const Result<void> loaded = load(**file); !loaded)
            return loaded;
        m_file = std::move(*file);
        m_mayWrite = true;
        const QMutexLocker lock(&m_mutex);
        m_status.file = path;
        m_hasFile = true;
        return {};
    });
}

Result<void> Recorder::readCapture(const QString &path)
{
    return m_disk.run([this, path]() -> Result<void> {
        Result<std::unique_ptr<CaptureFile>> file =
            CaptureFile::open(path, CaptureFile::Mode::Read);
        if (!file)
            return std::unexpected(file.error());
        if (const Result<void> loaded = load(**file); !loaded)
            return loaded;
        m_file = std::move(*file);
        m_mayWrite = false;
        const QMutexLocker lock(&m_mutex);
        m_status.file = path;
        m_hasFile = true;
        return {};
    });
}

/// Rows of a capture into memory: what lists need of them. The rest stays in the file.
Result<void> Recorder::load(CaptureFile &file)
{
    const QMutexLocker lock(&m_mutex);
    const Result<void> read = file.readAll([this](const CaptureFile::Row &row) {
        const std::optional<RawExchange> raw =
            RawExchange::read({row.raw.constData(), std::size_t(row.raw.size())});
        if (!raw) {
            ++m_status.unreadable;
            return true;
        }
        RecordStore::Entry entry;
        entry.hot = recordOf(*raw);
        entry.hot.seq = row.seq;
        entry.hot.start = row.start;
        entry.isOnDisk = true;
        if (entry.hot.is(filter::Flag::Open)) { // the engine ended before it did
            entry.hot.set(filter::Flag::Open, false);
            entry.hot.set(filter::Flag::Aborted, true);
            entry.hot.decision = filter::Decision::Failed;
        }
        m_store.add(std::move(entry));
        if (row.isPinned || !row.note.isEmpty())
            m_store.pin(row.seq, row.isPinned, row.note);
        m_status.evicted += m_store.shrink(m_settings.memoryBudget);
        m_nextSeq = row.seq + 1;
        m_written = row.seq;
        m_status.lastSeq = row.seq;
        return true;
    });
    return read;
}

Result<void> Recorder::limitCapture(qint64 bytes)
{
    return fromFile([bytes](CaptureFile &file) { return file.limit(bytes); });
}

Result<void> Recorder::saveCapture(const QString &path)
{
    return m_disk.run([this, path]() -> Result<void> {
        if (!m_file)
            return saveMemory(path);
        writeDown();
        return m_file->saveAs(path);
    });
}

Result<void> Recorder::saveMemory(const QString &path)
{
    if (const Result<void> made = CaptureFile::makeNew(path); !made)
        return made;
    std::vector<Row> rows;
    {
        const QMutexLocker lock(&m_mutex);
        addRows(rows, 0);
    }
    const auto save = [&]() -> Result<void> {
        const auto file = CaptureFile::open(path, CaptureFile::Mode::Write);
        Result<void> done = file ? (*file)->begin() : std::unexpected(file.error());
        for (std::size_t i = 0; done && i < m_newRevisions.size(); ++i)
            done = (*file)->addRevision(m_newRevisions[i]);
        for (std::size_t i = 0; done && i < rows.size(); ++i)
            done = (*file)->add(rows[i].seq, rows[i].start, rows[i].isPinned, *rows[i].cold);
        return done ? (*file)->commit() : done;
    };
    Result<void> saved = save();
    if (!saved)
        QFile::remove(path);
    return saved;
}

std::vector<CapturedRevision> Recorder::revisions()
{
    std::vector<CapturedRevision> revisions;
    (void)fromFile([&revisions](CaptureFile &file) -> Result<void> { // none is what is left then
        revisions = file.revisions();
        return {};
    });
    return revisions;
}

Result<void> Recorder::fromFile(const std::function<Result<void>(CaptureFile &)> &question)
{
    return m_disk.run([this, question]() -> Result<void> {
        if (!m_file)
            return fail(ErrorCode::NotFound, "nothing is written to a capture file");
        writeDown(); // so that it is there
        return question(*m_file);
    });
}

} // namespace gatehouse::observe
