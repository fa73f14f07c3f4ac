// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/capturefile.h"

#include <QFile>
#include <QSqlError>
#include <QVariant>

#include <fcntl.h>
#include <unistd.h>

#include <atomic>

namespace gatehouse::observe {

namespace {

/// Says to SQLite's own tools and to us what the file is ("GHC1").
constexpr int applicationId = 0x47484331;
constexpr int layoutVersion = 1;
constexpr int corruptFile = 11; // SQLITE_CORRUPT
constexpr int noDatabase = 26;  // SQLITE_NOTADB

constexpr const char *tables[] = {
    "CREATE TABLE IF NOT EXISTS exchange (seq INTEGER PRIMARY KEY, start INTEGER NOT NULL,"
    " pinned INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', raw BLOB NOT NULL,"
    " has_body INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE IF NOT EXISTS body (seq INTEGER NOT NULL, side INTEGER NOT NULL,"
    " part INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (seq, side, part)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS body_mark (seq INTEGER NOT NULL, side INTEGER NOT NULL,"
    " marks BLOB NOT NULL, PRIMARY KEY (seq, side)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS revision (generation INTEGER NOT NULL, time INTEGER NOT NULL,"
    " author TEXT, comment TEXT, text BLOB NOT NULL, PRIMARY KEY (time, generation))",
};

QString connectionName()
{
    static std::atomic<int> count = 0;
    return QString("capture-%1").arg(++count);
}

/// Bodies are what clients and servers have said to each other: nobody else's business.
bool makePrivate(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    ::close(fd);
    return true;
}

} // namespace

CaptureFile::CaptureFile(QString path, QString connection)
    : m_path(std::move(path))
    , m_connection(std::move(connection))
{
}

CaptureFile::~CaptureFile()
{
    m_insert.reset();
    m_insertBody.reset();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_connection);
}

std::unexpected<Error> CaptureFile::failed(const QSqlError &error, const QString &doing) const
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    if (code == corruptFile || code == noDatabase)
        return fail(ErrorCode::Unavailable,
                    m_path + " is no capture, or it is damaged: choose another file, or remove it");
    return std::unexpected(
        Error(ErrorCode::Unavailable, doing + ' ' + m_path)
            .causedBy(error.databaseText().isEmpty() ? error.driverText() : error.databaseText()));
}

Result<std::unique_ptr<CaptureFile>> CaptureFile::open(const QString &path, Mode mode)
{
    if (mode == Mode::Read && !QFile::exists(path))
        return fail(ErrorCode::NotFound, "there is no file " + path);
    if (mode == Mode::Write && !makePrivate(path))
        return fail(ErrorCode::Unavailable, "cannot write " + path, errno);
    std::unique_ptr<CaptureFile> file(new CaptureFile(path, connectionName()));
    file->m_database = QSqlDatabase::addDatabase("QSQLITE", file->m_connection);
    file->m_database.setDatabaseName(path);
    file->m_database.setConnectOptions(mode == Mode::Read
                                           ? "QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=2000"
                                           : "QSQLITE_BUSY_TIMEOUT=2000");
    if (!file->m_database.open())
        return file->failed(file->m_database.lastError(), "cannot open");
    if (const Result<void> prepared = file->prepare(mode); !prepared)
        return std::unexpected(prepared.error());
    return file;
}

Result<void> CaptureFile::prepare(Mode mode)
{
    if (mode == Mode::Write && number("PRAGMA page_count") == 0) {
        for (const QString &pragma : {QString("PRAGMA auto_vacuum = INCREMENTAL"),
                                      QString("PRAGMA application_id = %1").arg(applicationId),
                                      QString("PRAGMA user_version = %1").arg(layoutVersion)}) {
            if (const Result<void> done = run(pragma); !done)
                return done;
        }
    }
    if (const Result<void> readable = run("SELECT count(*) FROM sqlite_master"); !readable)
        return readable;
    if (number("PRAGMA application_id") != applicationId)
        return fail(ErrorCode::Unavailable, m_path + " is an SQLite file, but no capture");
    if (number("PRAGMA user_version") > layoutVersion)
        return fail(ErrorCode::Unavailable,
                    m_path + " was written by a later version of Gatehouse: use that one");
    if (mode == Mode::Read)
        return {};
    for (const QString &pragma :
         {QString("PRAGMA journal_mode = WAL"), QString("PRAGMA synchronous = NORMAL")}) {
        if (const Result<void> done = run(pragma); !done)
            return done;
    }
    for (const char *table : tables) {
        if (const Result<void> made = run(QString::fromLatin1(table)); !made)
            return made;
    }
    m_insert = std::make_unique<QSqlQuery>(m_database);
    m_insert->prepare("INSERT INTO exchange"
                      " (seq, start, pinned, raw, has_body) VALUES (?, ?, ?, ?, ?)"
                      " ON CONFLICT (seq) DO UPDATE SET raw = excluded.raw, has_body ="
                      " excluded.has_body");
    m_insertBody = std::make_unique<QSqlQuery>(m_database);
    m_insertBody->prepare("INSERT OR REPLACE INTO body (seq, side, part, bytes)"
                          " VALUES (?, ?, ?, ?)");
    return {};
}

Result<void> CaptureFile::run(const QString &statement)
{
    QSqlQuery query(m_database);
    if (!query.exec(statement))
        return failed(query.lastError(), "cannot use");
    return {};
}

qint64 CaptureFile::number(const QString &statement)
{
    QSqlQuery query(m_database);
    return query.exec(statement) && query.next() ? query.value(0).toLongLong() : 0;
}

Result<void> CaptureFile::begin()
{
    return run("BEGIN IMMEDIATE");
}

Result<void> CaptureFile::commit()
{
    return run("COMMIT");
}

void CaptureFile::rollBack()
{
    (void)run("ROLLBACK"); // there may be nothing to take back
}

Result<void> CaptureFile::add(quint64 seq, qint64 start, bool isPinned, const ColdRecord &cold)
{
    const bool hasBody = cold.bodies
        && !(cold.bodies->of(Side::Request).bytes.empty()
             && cold.bodies->of(Side::Response).bytes.empty());
    m_insert->bindValue(0, seq);
    m_insert->bindValue(1, start);
    m_insert->bindValue(2, isPinned);
    m_insert->bindValue(3, cold.raw);
    m_insert->bindValue(4, hasBody);
    if (!m_insert->exec())
        return failed(m_insert->lastError(), "cannot write");
    if (!hasBody)
        return {};
    const Result<void> request = addBody(seq, Side::Request, cold.bodies->of(Side::Request));
    return request ? addBody(seq, Side::Response, cold.bodies->of(Side::Response)) : request;
}

Result<void> CaptureFile::addBody(quint64 seq, Side side, const CapturedBodies::Body &body)
{
    const std::string &bytes = body.bytes;
    for (qint64 part = 0; part * chunkBytes < qint64(bytes.size()); ++part) {
        const qint64 size = std::min(chunkBytes, qint64(bytes.size()) - part * chunkBytes);
        m_insertBody->bindValue(0, seq);
        m_insertBody->bindValue(1, int(side));
        m_insertBody->bindValue(2, part);
        m_insertBody->bindValue(3, QByteArray(bytes.data() + part * chunkBytes, size));
        if (!m_insertBody->exec())
            return failed(m_insertBody->lastError(), "cannot write");
    }
    // A body that came in one piece has nothing to tell.
    return body.marks.size() > 1 ? addMarks(seq, side, body.marks) : Result<void>();
}

Result<void> CaptureFile::addMarks(quint64 seq, Side side, const std::vector<BodyMark> &marks)
{
    QSqlQuery query(m_database);
    query.prepare("INSERT OR REPLACE INTO body_mark (seq, side, marks) VALUES (?, ?, ?)");
    query.addBindValue(seq);
    query.addBindValue(int(side));
    query.addBindValue(QByteArray(reinterpret_cast<const char *>(marks.data()),
                                  qsizetype(marks.size() * sizeof(BodyMark))));
    if (!query.exec())
        return failed(query.lastError(), "cannot write");
    return {};
}

Result<void> CaptureFile::addRevision(const CapturedRevision &revision)
{
    QSqlQuery query(m_database);
    query.prepare("INSERT OR REPLACE INTO revision (generation, time, author, comment, text)"
                  " VALUES (?, ?, ?, ?, ?)");
    query.addBindValue(revision.generation);
    query.addBindValue(revision.time);
    query.addBindValue(revision.author);
    query.addBindValue(revision.comment);
    query.addBindValue(revision.text);
    if (!query.exec())
        return failed(query.lastError(), "cannot write");
    return {};
}

Result<void> CaptureFile::pin(quint64 seq, bool isPinned, const QString &note)
{
    QSqlQuery query(m_database);
    query.prepare("UPDATE exchange SET pinned = ?, note = ? WHERE seq = ?");
    query.addBindValue(isPinned);
    query.addBindValue(note.isNull() ? QString("") : note);
    query.addBindValue(seq);
    if (!query.exec())
        return failed(query.lastError(), "cannot write");
    return {};
}

Result<void> CaptureFile::remove(quint64 seq)
{
    Result<void> done;
    for (const char *table : {"body", "body_mark", "exchange"}) {
        if (done)
            done = run(QString("DELETE FROM %1 WHERE seq = %2").arg(table).arg(seq));
    }
    return done;
}

Result<void> CaptureFile::limit(qint64 bytes)
{
    const qint64 pages = bytes / std::max<qint64>(number("PRAGMA page_size"), 512) + 1;
    return run(QString("PRAGMA max_page_count = %1").arg(pages));
}

qint64 CaptureFile::used()
{
    return (number("PRAGMA page_count") - number("PRAGMA freelist_count"))
        * number("PRAGMA page_size");
}

Result<quint64> CaptureFile::shrink(qint64 budget)
{
    quint64 bodies = 0;
    while (used() > budget) {
        // A sixteenth of what could go at a time: each look at the size costs.
        const qint64 most =
            number("SELECT count(*) FROM exchange WHERE has_body = 1 AND pinned = 0");
        const QString which = most > 0 ? " has_body = 1 AND" : "";
        const qint64 rows = number("SELECT count(*) FROM exchange WHERE" + which + " pinned = 0");
        if (rows == 0)
            break;
        const qint64 last = number(QString("SELECT seq FROM exchange WHERE%1 pinned = 0"
                                           " ORDER BY seq LIMIT 1 OFFSET %2")
                                       .arg(which)
                                       .arg(std::min(rows - 1, rows / 16)));
        const QString up = QString(" seq <= %1 AND").arg(last);
        const QString unpinned = "(SELECT seq FROM exchange WHERE" + up + which + " pinned = 0)";
        Result<void> done = run("DELETE FROM body WHERE seq IN " + unpinned);
        if (done)
            done = run("DELETE FROM body_mark WHERE seq IN " + unpinned);
        if (done && most > 0)
            done = run("UPDATE exchange SET has_body = 0 WHERE" + up + which + " pinned = 0");
        else if (done)
            done = run("DELETE FROM exchange WHERE" + up + " pinned = 0");
        if (!done)
            return std::unexpected(done.error());
        bodies += most > 0 ? quint64(rows / 16 + 1) : 0;
    }
    return bodies;
}

} // namespace gatehouse::observe
