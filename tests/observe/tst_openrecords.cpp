// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/observe/recordertools.h"

#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::observe;
using test::FinishedExchange;
using test::found;
using test::send;
using test::watching;

namespace {

/// An exchange of \a recorder's first tap that is shown before it ends.
class OpenExchange
{
public:
    OpenExchange(Recorder &recorder, std::string_view path, std::string_view type)
        : m_tap(recorder.tap(0))
        , m_finished(path, Exchange::Watch::Bodies)
        , m_stream(m_tap.newStream())
    {
        m_finished.exchange.setContentType(type);
        CapturedBodies &bodies = m_tap.keepBodies(m_finished.exchange);
        QVERIFY(m_tap.recordOpen(m_finished.exchange, 1, m_stream));
        bodies.follower = &m_tap;
        bodies.stream = m_stream;
        m_bodies = &bodies;
    }
    ~OpenExchange() { delete m_bodies; }
    Q_DISABLE_COPY_MOVE(OpenExchange)
    void send(std::string_view piece)
    {
        m_bodies->add(Side::Response, piece);
        m_finished.exchange.addBytesSent(qint64(piece.size()));
    }
    void end()
    {
        m_tap.record(m_finished.finish(), 1, m_stream);
        m_bodies = nullptr; // the tap's
    }

private:
    Tap &m_tap;
    FinishedExchange m_finished;
    quint64 m_stream;
    CapturedBodies *m_bodies = nullptr;
};

} // namespace

/// Exchanges that are recorded before they end.
class TestOpenRecords final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath("a.ghc");
    }

    void whatIsUnderWayIsShownAndEndsInItsPlace()
    {
        Recorder recorder(1);
        QVERIFY(recorder.configure(watching()));
        OpenExchange open(recorder, "/slow", "text/plain");
        send(recorder, "/after");
        recorder.settle();
        QCOMPARE(found(recorder, "is:open"), std::vector<quint64>{1});
        QCOMPARE(found(recorder, "is:aborted").size(), std::size_t(0));
        open.end();
        recorder.settle();
        QCOMPARE(found(recorder, "is:open").size(), std::size_t(0));
        QCOMPARE(found(recorder, "path:/slow"), std::vector<quint64>{1});
        QCOMPARE(recorder.status().held, 2u);
    }

    void framesAreCountedWhileTheyCome()
    {
        Recorder recorder(1);
        QVERIFY(recorder.configure(watching()));
        OpenExchange open(recorder, "/events", "text/event-stream");
        open.send("data: 1\n\ndata:");
        recorder.settle();
        QCOMPARE(int(recorder.detail(1)->hot.frames), 1);
        open.send(" 2\n\n");
        recorder.settle();
        QCOMPARE(int(recorder.detail(1)->hot.frames), 2);
        QCOMPARE(recorder.answer(1)->bytes, QByteArray("data: 1\n\ndata: 2\n\n"));
        QCOMPARE(recorder.answer(1)->marks.size(), std::size_t(2));
        QCOMPARE(*recorder.body(1, Side::Response, 5, 3), QByteArray(" 1\n"));
        open.end();
        recorder.settle();
        QCOMPARE(int(recorder.detail(1)->hot.frames), 2);
        QCOMPARE(recorder.answer(1)->marks.size(), std::size_t(2));
        QCOMPARE(recorder.detail(1)->hot.size, 18);
    }

    /// A rule that says so after the row was shown does not leave it open for ever.
    void aRuleDoesNotKeepTheEndOfWhatWasShown()
    {
        Recorder recorder(1);
        QVERIFY(recorder.configure(watching()));
        OpenExchange open(recorder, "/slow", "text/plain");
        recorder.settle();
        RecordingSettings settings = watching();
        settings.rules = {{"path:/slow", CaptureRule::Keep::Nothing, -1}};
        QVERIFY(recorder.configure(settings));
        open.end();
        recorder.settle();
        QCOMPARE(found(recorder, "is:open").size(), std::size_t(0));
        QCOMPARE(recorder.status().held, 1u);
    }

    void framesAndTheirTimesOutliveTheRecorder()
    {
        {
            Recorder recorder(1);
            QVERIFY(recorder.openCapture(m_file));
            QVERIFY(recorder.configure(watching()));
            OpenExchange open(recorder, "/events", "text/event-stream");
            recorder.settle(); // the open row is in the file
            open.send("data: 1\n\n");
            open.send("data: 2\n\n");
            open.end();
        }
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QVERIFY(!reader.detail(1)->hot.is(filter::Flag::Open));
        QCOMPARE(int(reader.detail(1)->hot.frames), 2);
        const Result<Recorder::Kept> kept = reader.answer(1);
        QVERIFY(kept);
        QCOMPARE(kept->bytes, QByteArray("data: 1\n\ndata: 2\n\n"));
        QCOMPARE(kept->marks.size(), std::size_t(2));
        QCOMPARE(kept->marks[1].end, 18u);
    }

    void whatWasOpenWhenTheEngineDiedIsAborted()
    {
        {
            Recorder recorder(1);
            QVERIFY(recorder.openCapture(m_file));
            QVERIFY(recorder.configure(watching()));
            OpenExchange open(recorder, "/slow", "text/plain");
            recorder.settle();
        }
        Recorder reader(0);
        QVERIFY(reader.readCapture(m_file));
        QCOMPARE(found(reader, "is:open").size(), std::size_t(0));
        QCOMPARE(found(reader, "is:aborted decision:failed"), std::vector<quint64>{1});
        const Result<Recorder::Detail> detail = reader.detail(1);
        QVERIFY(detail);
        const auto raw =
            RawExchange::read({detail->raw.constData(), std::size_t(detail->raw.size())});
        QVERIFY(!(raw->head.bits & RawHead::Open));
    }

    /// The ring is full when it ends: its end waits for room.
    void theEndOfWhatWasShownIsNeverLost()
    {
        Tap tap;
        tap.setWatch(Exchange::Watch::Summary, 0);
        const quint64 stream = tap.newStream();
        {
            FinishedExchange open("/open");
            QVERIFY(tap.recordOpen(open.exchange, 1, stream));
            while (tap.lost() == 0) {
                FinishedExchange finished("/fill");
                tap.record(finished.finish(), 1);
            }
            tap.record(open.finish(), 1, stream);
        }
        QCOMPARE(tap.lost(), 1u);
        int ends = 0;
        for (int round = 0; round < 2; ++round) {
            for (std::span<char> memory = tap.front(); !memory.empty(); memory = tap.front()) {
                const std::optional<RawExchange> raw = RawExchange::read(memory);
                QVERIFY(raw);
                ends += raw->head.stream == stream && !(raw->head.bits & RawHead::Open);
                tap.pop();
            }
            FinishedExchange next("/next");
            tap.record(next.finish(), 1);
        }
        QCOMPARE(ends, 1);
    }

    /// An open row that has ended is on the disk again, and may leave the memory as others do.
    void whatWasWrittenTwiceNeedsNoMemory()
    {
        Recorder recorder(1);
        QVERIFY(recorder.openCapture(m_file));
        RecordingSettings settings = watching();
        settings.memoryBudget = 2 << 20;
        QVERIFY(recorder.configure(settings));
        OpenExchange open(recorder, "/slow", "text/plain");
        recorder.settle();
        send(recorder, "/between");
        recorder.settle();
        open.send(std::string(10'000, 'x'));
        open.end();
        for (int i = 0; i < 60; ++i) {
            recorder.settle();
            send(recorder, "/" + std::to_string(i), QByteArray(100'000, 'z'));
        }
        recorder.settle();
        QCOMPARE(recorder.status().held, 62u);
        QVERIFY(recorder.status().memoryUsed <= settings.memoryBudget);
        QCOMPARE(recorder.body(1, Side::Response, 0, 1 << 20)->size(), 10'000);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(TestOpenRecords)
#include "tst_openrecords.moc"
