// SPDX-License-Identifier: GPL-3.0-or-later
// What a CaptureFile reads; capturefile.cpp is what it writes.
#include "engine/observe/capturefile.h"

#include <QFile>
#include <QSqlError>
#include <QVariant>

#include <cstring>

namespace gatehouse::observe {

Result<void> CaptureFile::readAll(const std::function<bool(const Row &)> &take)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    if (!query.exec("SELECT seq, start, pinned, note, raw FROM exchange ORDER BY seq"))
        return failed(query.lastError(), "cannot read");
    while (query.next()) {
        Row row;
        row.seq = query.value(0).toULongLong();
        row.start = query.value(1).toLongLong();
        row.isPinned = query.value(2).toBool();
        row.note = query.value(3).toString();
        row.raw = query.value(4).toByteArray();
        if (!take(row))
            return {};
    }
    if (query.lastError().isValid())
        return failed(query.lastError(), "cannot read");
    return {};
}

Result<QByteArray> CaptureFile::raw(quint64 seq)
{
    QSqlQuery query(m_database);
    query.prepare("SELECT raw FROM exchange WHERE seq = ?");
    query.addBindValue(seq);
    if (!query.exec())
        return failed(query.lastError(), "cannot read");
    if (!query.next())
        return fail(ErrorCode::NotFound, QString("exchange %1 is not in the capture").arg(seq));
    return query.value(0).toByteArray();
}

Result<QByteArray> CaptureFile::body(quint64 seq, Side side, qint64 offset, qint64 limit)
{
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    query.prepare("SELECT part, bytes FROM body WHERE seq = ? AND side = ? AND part >= ?"
                  " ORDER BY part");
    query.addBindValue(seq);
    query.addBindValue(int(side));
    query.addBindValue(offset / chunkBytes);
    if (!query.exec())
        return failed(query.lastError(), "cannot read");
    QByteArray bytes;
    while (bytes.size() < limit && query.next()) {
        const QByteArray part = query.value(1).toByteArray();
        const qint64 from = std::max<qint64>(0, offset - query.value(0).toLongLong() * chunkBytes);
        bytes += part.mid(from, limit - bytes.size());
    }
    return bytes;
}

std::vector<BodyMark> CaptureFile::marks(quint64 seq, Side side)
{
    QSqlQuery query(m_database);
    query.prepare("SELECT marks FROM body_mark WHERE seq = ? AND side = ?");
    query.addBindValue(seq);
    query.addBindValue(int(side));
    // A file without the table is from before there were any.
    if (!query.exec() || !query.next())
        return {};
    const QByteArray bytes = query.value(0).toByteArray();
    std::vector<BodyMark> marks(std::size_t(bytes.size()) / sizeof(BodyMark));
    if (!marks.empty())
        std::memcpy(marks.data(), bytes.constData(), marks.size() * sizeof(BodyMark));
    return marks;
}

std::vector<CapturedRevision> CaptureFile::revisions()
{
    std::vector<CapturedRevision> revisions;
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    // A file that cannot be read has none to offer.
    if (!query.exec("SELECT generation, time, author, comment, text FROM revision ORDER BY time"))
        return revisions;
    while (query.next())
        revisions.push_back({query.value(0).toUInt(), query.value(1).toLongLong(),
                             query.value(2).toString(), query.value(3).toString(),
                             query.value(4).toByteArray()});
    return revisions;
}

Result<void> CaptureFile::saveAs(const QString &path)
{
    if (const Result<void> made = makeNew(path); !made) // SQLite would let everybody read it
        return made;
    QSqlQuery query(m_database);
    query.prepare("VACUUM INTO ?");
    query.addBindValue(path);
    if (query.exec())
        return {};
    const QSqlError error = query.lastError();
    QFile::remove(path);
    return failed(error, "cannot copy the capture into " + path + " from");
}

Result<void> CaptureFile::makeNew(const QString &path)
{
    if (QFile::exists(path))
        return fail(ErrorCode::Conflict, path + " exists: choose another name, or remove it");
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                  QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return {};
    return fail(ErrorCode::Unavailable, "cannot write " + path + ": " + file.errorString());
}

} // namespace gatehouse::observe
