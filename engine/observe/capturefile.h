// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/observe/recordstore.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <functional>
#include <memory>

namespace gatehouse::observe {

/// A configuration that was in force, as a capture keeps it.
struct CapturedRevision
{
    quint32 generation = 0;
    qint64 time = 0; ///< milliseconds since 1970
    QString author;
    QString comment;
    QByteArray text;
};

/// A capture (.ghc): recorded exchanges in an SQLite file, mode 0600. Written in transactions with
/// a write-ahead log, so that a crash loses the last one at most.
///
/// Belongs to the thread that has opened it. Several may read the same file.
class CaptureFile
{
public:
    struct Row
    {
        quint64 seq = 0;
        qint64 start = 0; ///< nanoseconds since 1970
        bool isPinned = false;
        QString note;
        QByteArray raw;
    };
    enum class Mode { Write, Read };

    /// Unavailable with what is wrong and what to do: no such file, no capture, damaged, of a later
    /// version, no right, disk full.
    [[nodiscard]] static Result<std::unique_ptr<CaptureFile>> open(const QString &path, Mode mode);
    ~CaptureFile();
    Q_DISABLE_COPY_MOVE(CaptureFile)

    [[nodiscard]] const QString &path() const { return m_path; }

    Result<void> begin();
    Result<void> add(quint64 seq, qint64 start, bool isPinned, const ColdRecord &cold);
    Result<void> addRevision(const CapturedRevision &revision);
    Result<void> commit();
    void rollBack();

    Result<void> pin(quint64 seq, bool isPinned, const QString &note);
    Result<void> remove(quint64 seq);
    /// Removes the oldest unpinned until used() is within \a budget: bodies before the rest. Gives
    /// how many bodies went.
    Result<quint64> shrink(qint64 budget);
    /// Refuses to grow beyond \a bytes, rounded up to what it has.
    Result<void> limit(qint64 bytes);
    /// Bytes in use, without free pages.
    [[nodiscard]] qint64 used();

    /// Ascending by seq; stops when \a take says false.
    Result<void> readAll(const std::function<bool(const Row &)> &take);
    [[nodiscard]] Result<QByteArray> raw(quint64 seq);
    /// What is kept of a body from \a offset on, at most \a limit bytes.
    [[nodiscard]] Result<QByteArray> body(quint64 seq, Side side, qint64 offset, qint64 limit);
    /// When it came; empty if that is not known.
    [[nodiscard]] std::vector<BodyMark> marks(quint64 seq, Side side);
    [[nodiscard]] std::vector<CapturedRevision> revisions();
    /// Copies everything into a new file. Conflict if it exists.
    Result<void> saveAs(const QString &path);
    /// An empty file that only its owner may read. Conflict if it exists.
    static Result<void> makeNew(const QString &path);

private:
    static constexpr qint64 chunkBytes = 256 << 10;

    CaptureFile(QString path, QString connection);
    Result<void> prepare(Mode mode);
    Result<void> run(const QString &statement);
    Result<void> addBody(quint64 seq, Side side, const CapturedBodies::Body &body);
    Result<void> addMarks(quint64 seq, Side side, const std::vector<BodyMark> &marks);
    [[nodiscard]] qint64 number(const QString &statement);
    [[nodiscard]] std::unexpected<Error> failed(const QSqlError &error, const QString &doing) const;

    QString m_path;
    QString m_connection;
    QSqlDatabase m_database;
    std::unique_ptr<QSqlQuery> m_insert;
    std::unique_ptr<QSqlQuery> m_insertBody;
};

} // namespace gatehouse::observe
