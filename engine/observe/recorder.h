// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/observe/capturefile.h"
#include "engine/observe/livebodies.h"
#include "engine/observe/recording.h"
#include "engine/observe/recordmaker.h"
#include "engine/observe/rules.h"
#include "engine/observe/tap.h"
#include "engine/observe/workthread.h"

#include <QMutex>

#include <atomic>
#include <functional>

namespace gatehouse::observe {

/// Collects what the workers' taps have, makes records of it, keeps them in memory and in a capture
/// file within their budgets, and gives them to whoever asks. Works on threads of its own: one
/// empties the taps, one has the file. A disk that stands still delays neither a request nor the
/// other thread, and loses nothing as long as memory has room.
///
/// Public functions may be called from any thread.
class Recorder
{
public:
    explicit Recorder(int workers);
    ~Recorder();
    Q_DISABLE_COPY_MOVE(Recorder)

    /// Outlives the worker.
    [[nodiscard]] Tap &tap(int worker) { return *m_taps[std::size_t(worker)]; }

    /// Takes effect at once. InvalidConfig if a rule is none.
    Result<void> configure(const RecordingSettings &settings);
    [[nodiscard]] RecordingSettings settings() const;
    [[nodiscard]] RecordingStatus status() const;
    /// Which stage is of which family from now on.
    void setFamilies(StageFamilies families);
    /// For the capture: a configuration that is in force from now on.
    void addRevision(const CapturedRevision &revision);

    /// Writes to \a path from now on, after what it has. Unavailable if that cannot be.
    Result<void> openCapture(const QString &path);
    /// Reads a capture into memory without ever writing to it.
    Result<void> readCapture(const QString &path);
    /// The file may not grow beyond \a bytes, or its present size: what comes then stays in memory,
    /// as on a full disk.
    Result<void> limitCapture(qint64 bytes);
    /// Copies the capture file, or what memory has if nothing is written to one. Conflict if \a
    /// path exists.
    Result<void> saveCapture(const QString &path);
    /// Those of the capture file, oldest first.
    [[nodiscard]] std::vector<CapturedRevision> revisions();

    /// Takes what the taps have now, without waiting for the next round: for who has just sent a
    /// request.
    void collect();
    /// The same, and writes it down: for tests.
    void settle();

    /// Records with a greater seq, oldest first, at most \a limit.
    struct Batch
    {
        quint32 epoch = 0;
        std::shared_ptr<const filter::Strings> strings;
        std::vector<filter::HotRecord> records;
        quint64 skipped = 0; ///< records between \a after and the first one that are gone
    };
    [[nodiscard]] Batch since(quint64 after, std::size_t limit) const;
    /// Records that have changed after \a change, and the number to ask with next.
    [[nodiscard]] Batch changedSince(quint64 &change) const;
    /// Counts of what was never taken.
    [[nodiscard]] quint64 lost() const;

    /// Calls \a take with each record, newest first, from before \a before on; until it says false.
    /// The recorder stands still meanwhile: decide, and no more.
    using Visit = std::function<bool(const filter::HotRecord &hot)>;
    void visit(quint64 before, std::shared_ptr<const filter::Strings> &strings,
               const Visit &take) const;
    [[nodiscard]] std::shared_ptr<const filter::Strings> strings() const;

    /// Everything about one exchange. NotFound if it is not there any more.
    struct Detail
    {
        filter::HotRecord hot;
        std::shared_ptr<const filter::Strings> strings;
        QByteArray raw;
        QString note;
    };
    [[nodiscard]] Result<Detail> detail(quint64 seq);
    /// Of a stream that is under way: what has come so far.
    [[nodiscard]] Result<QByteArray> body(quint64 seq, Side side, qint64 offset, qint64 limit);
    /// What is kept of an answer, and when it came. Empty if nothing is.
    struct Kept
    {
        QByteArray bytes;
        std::vector<BodyMark> marks;
    };
    [[nodiscard]] Result<Kept> answer(quint64 seq);
    Result<void> pin(quint64 seq, bool isPinned, const QString &note);
    /// Forgets what \a which accepts. Gives their number.
    quint64 remove(const std::function<bool(const filter::HotRecord &)> &which);
    /// Adds an exchange that did not come from a worker (an imported one). Gives its seq.
    quint64 add(qint64 start, QByteArray raw, std::unique_ptr<CapturedBodies> bodies);

private:
    struct Arrival
    {
        qint64 start = 0; ///< nanoseconds since 1970
        qint64 end = 0;
        QByteArray raw;
        std::unique_ptr<CapturedBodies> bodies;
        std::pair<const Tap *, quint64> stream; ///< whose it is, and its number; 0: none
        bool isOpen = false;
    };
    using Stream = std::pair<const Tap *, quint64>;
    struct Piece
    {
        Stream stream;
        BodyMark mark;
        std::string bytes;
    };
    struct Row ///< of a capture
    {
        quint64 seq;
        qint64 start;
        bool isPinned;
        std::shared_ptr<const ColdRecord> cold;
    };
    struct Arrivals
    {
        std::vector<Arrival> exchanges;
        std::vector<Piece> pieces;
    };

    void collectHere();
    static void takeFrom(Tap &tap, qint64 wallOffset, Arrivals &arrivals);
    void storePieces(std::vector<Piece> &pieces);
    void nameFamilies(QByteArray &raw);
    bool storeAgain(Arrival &arrival, RecordStore::Entry &entry);
    quint64 store(Arrival arrival);
    [[nodiscard]] bool isWanted(const filter::HotRecord &hot, CapturedBodies *bodies);
    void readRules();
    void noteChange(quint64 seq);
    void writeDown();
    Result<void> writeRows(std::vector<quint64> &again);
    void noteWritten(const std::vector<quint64> &again);
    [[nodiscard]] static Row rowOf(const RecordStore::Entry &entry);
    void addRows(std::vector<Row> &rows, quint64 seq) const;
    Result<void> saveMemory(const QString &path);
    void keepMemory();
    void keepDisk();
    void giveUpFile(const Error &error);
    Result<void> load(CaptureFile &file);
    [[nodiscard]] filter::HotRecord recordOf(const RawExchange &raw);
    Result<void> fromFile(const std::function<Result<void>(CaptureFile &)> &question);

    std::vector<std::unique_ptr<Tap>> m_taps;

    mutable QMutex m_mutex; ///< for what follows
    RecordingSettings m_settings;
    RecordingStatus m_status;
    RecordStore m_store;
    Rules m_rules;
    quint32 m_rulesEpoch = 0; ///< of the pool that m_rules reads
    StageFamilies m_families;
    static constexpr std::size_t mostChanges = 65536;
    std::vector<quint64> m_changed; ///< seqs, in the order of their changes; bounded
    quint64 m_changesBefore = 0;    ///< that are not in m_changed any more
    quint64 m_nextSeq = 1;
    std::vector<quint64> m_rewritten; ///< seqs that the file has, but not as they are now
    std::map<Stream, quint64> m_open; ///< seqs of exchanges that are under way
    LiveBodies m_live;
    RawExchange m_raw; ///< what is stored just now; its memory is used again and again

    bool m_hasFile = false;

    // Only on the thread of the file:
    std::unique_ptr<CaptureFile> m_file;
    bool m_mayWrite = false; ///< false for a capture that is only read
    std::vector<CapturedRevision> m_newRevisions;
    quint64 m_written = 0; ///< everything up to this seq is in the file
    SteadyTime m_retryAt;  ///< after a failure, not before

    std::atomic<bool> m_isStarted = false;
    WorkThread m_disk{QStringLiteral("recorder disk")};
    WorkThread m_collector{QStringLiteral("recorder")};
};

} // namespace gatehouse::observe
