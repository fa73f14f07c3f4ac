// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/framemodel.h"
#include "ui/models/streamend.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

StreamFrame frameOf(qint64 index, qint64 at, const QString &data, const QString &event = {})
{
    StreamFrame frame;
    frame.index = index;
    frame.at = at;
    frame.data = data;
    frame.dataBytes = data.toUtf8().size();
    frame.size = frame.dataBytes + 8;
    frame.event = event;
    return frame;
}

std::vector<StreamFrame> framesOf(qint64 from, int count)
{
    std::vector<StreamFrame> frames;
    for (int i = 0; i < count; ++i)
        frames.push_back(frameOf(from + i, (from + i) * 1000, QString("n%1").arg(from + i),
                                 (from + i) % 2 ? "tick" : "tock"));
    return frames;
}

} // namespace

class TestFrameModels final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameIsReadAsTheEngineTellsIt()
    {
        const FramePage page =
            FramePage::from(QJsonObject{{"seq", 12},
                                        {"open", true},
                                        {"kind", "sse"},
                                        {"total", 42},
                                        {"cut", true},
                                        {"next", 7},
                                        {"frames",
                                         QJsonArray{QJsonObject{{"index", 0},
                                                                {"at_us", 12345},
                                                                {"size", 34},
                                                                {"offset", 5},
                                                                {"event", "tick"},
                                                                {"id", "7"},
                                                                {"retry_ms", 3000},
                                                                {"data", "a\nb"},
                                                                {"data_bytes", 30}}}}});
        QCOMPARE(page.seq, 12u);
        QVERIFY(page.isOpen && page.isEvents && page.isCut);
        QCOMPARE(page.total, 42);
        QCOMPARE(page.next, 7);
        const StreamFrame &frame = page.frames.at(0);
        QCOMPARE(frame.at, 12345);
        QCOMPARE(frame.retryMs, 3000);
        QVERIFY(frame.isDataCut());
        QCOMPARE(frame.firstLine(), "a");
        QCOMPARE(frame.toJson()["data_bytes"].toInt(), 30);
    }

    void aFrameHasAKind_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("data");
        QTest::addColumn<QString>("comment");
        QTest::addColumn<int>("retry");
        QTest::addColumn<bool>("isEvents");
        QTest::addColumn<QString>("kind");
        QTest::newRow("named") << "tick" << "1" << "" << -1 << true << "tick";
        QTest::newRow("unnamed") << "" << "1" << "" << -1 << true << "message";
        QTest::newRow("comment") << "" << "" << "keep-alive" << -1 << true << "comment";
        QTest::newRow("retry") << "" << "" << "" << 3000 << true << "retry 3.00\u202Fs";
        QTest::newRow("empty") << "" << "" << "" << -1 << true << "empty";
        QTest::newRow("line") << "" << "{}" << "" << -1 << false << "line";
    }
    void aFrameHasAKind()
    {
        QFETCH(QString, event);
        QFETCH(QString, data);
        QFETCH(QString, comment);
        QFETCH(int, retry);
        QFETCH(bool, isEvents);
        StreamFrame frame = frameOf(0, 0, data, event);
        frame.comment = comment;
        frame.retryMs = retry;
        QTEST(frame.kind(isEvents), "kind");
    }

    void theDataOfAnEventIsWhatABrowserSees_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("one") << QByteArray("event: a\ndata: x\n\n") << QByteArray("x");
        QTest::newRow("two") << QByteArray("data: x\r\ndata:y\r\n\r\n") << QByteArray("x\ny");
        QTest::newRow("spaces") << QByteArray("data:  x\n\n") << QByteArray(" x");
        QTest::newRow("empty") << QByteArray("data\ndata\n\n") << QByteArray("\n");
        QTest::newRow("other") << QByteArray(": data: x\ndatax: y\n\n") << QByteArray();
    }
    void theDataOfAnEventIsWhatABrowserSees()
    {
        QFETCH(QByteArray, raw);
        QTEST(eventData(raw), "data");
    }

    void aFilterFindsFrames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("nothing") << "" << QList{0, 1, 2};
        QTest::newRow("text") << "ALPHA" << QList{0};
        QTest::newRow("not") << "-alpha" << QList{1, 2};
        QTest::newRow("event") << "event:tick" << QList{1, 2};
        QTest::newRow("unnamed") << "event:message" << QList{0};
        QTest::newRow("id") << "id:7" << QList{1};
        QTest::newRow("gap") << "gap>200ms" << QList{2};
        QTest::newRow("short gap") << "gap<200ms" << QList{1};
        QTest::newRow("size") << "size>12" << QList{0};
        QTest::newRow("both") << "event:tick gap>1ms" << QList{1, 2};
        QTest::newRow("quoted") << "\"two words\"" << QList{0};
        QTest::newRow("a lone minus") << "-" << QList<int>{};
    }
    void aFilterFindsFrames()
    {
        QFETCH(QString, text);
        QFETCH(QList<int>, rows);
        FrameModel model;
        std::vector<StreamFrame> frames{frameOf(0, 0, "alpha two words"),
                                        frameOf(1, 100'000, "b", "tick"),
                                        frameOf(2, 500'000, "c", "tick")};
        frames[1].id = "7";
        model.append(frames);
        const auto filter = FrameFilter::parse(text);
        QVERIFY(filter.has_value());
        model.setFilter(*filter);
        QList<int> found;
        for (int row = 0; row < model.rowCount(); ++row)
            found << int(model.frame(row).index);
        QCOMPARE(found, rows);
    }

    void aWrongFilterSaysWhatToWrite_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("message");
        QTest::newRow("gap") << "gap>12"
                             << "gap>12: a gap is a number with its unit, as in gap>200ms";
        QTest::newRow("size") << "size<x"
                              << "size<x: a size is a number of bytes, as in size>1KiB";
        QTest::newRow("many") << QString("a ").repeated(40) << "at most 32 words";
        QTest::newRow("long") << QString(5000, 'a') << "at most 4096 characters";
    }
    void aWrongFilterSaysWhatToWrite()
    {
        QFETCH(QString, text);
        const auto filter = FrameFilter::parse(text);
        QVERIFY(!filter);
        QTEST(filter.error().message(), "message");
    }

    void framesComeWithTheirGaps()
    {
        FrameModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.append({frameOf(0, 1000, "a"), frameOf(1, 1500, "b")});
        model.append({frameOf(1, 1500, "b again"), frameOf(5, 9000, "after a hole")});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.frame(0).gap, -1);
        QCOMPARE(model.frame(1).gap, 500);
        QCOMPARE(model.frame(2).gap, -1);
        QCOMPARE(model.rowOf(5), 2);
        QCOMPARE(model.rowOf(3), -1);
        QCOMPARE(model.data(model.index(1, FrameModel::Gap), FrameModel::GapShareRole).toDouble(),
                 1.0);
        QCOMPARE(
            model.data(model.index(1, 0), Qt::AccessibleTextRole).toString(),
            "frame 1, message, 1.50\u202Fms after the start, 500\u202Fµs after the one before, "
            "9\u202FB: b");
        model.restart(false);
        QCOMPARE(model.rowCount(), 0);
    }

    void theModelStaysWithinItsBounds()
    {
        FrameModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setFilter(*FrameFilter::parse("event:tick"));
        qint64 next = 0;
        while (model.dropped() == 0) {
            model.append(framesOf(next, 5000));
            next += 5000;
            QVERIFY(next <= qint64(FrameModel::mostFrames) + 5000);
        }
        QVERIFY(model.frames().size() <= FrameModel::mostFrames);
        QCOMPARE(model.lastIndex(), next - 1);
        QCOMPARE(model.frame(model.rowCount() - 1).index, next - 1);
        QCOMPARE(model.frame(0).event, "tick");
    }

    void tenThousandFramesArriveInNoTime()
    {
        FrameModel model;
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 10; ++i)
            model.append(framesOf(i * 1000, 1000));
        QCOMPARE(model.rowCount(), 10'000);
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void whoEndedAStreamIsSaid_data()
    {
        QTest::addColumn<QString>("error");
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<QString>("start");
        QTest::newRow("open") << "" << QStringList{"open"} << "";
        QTest::newRow("client") << "client_closed" << QStringList{"aborted"}
                                << "The client closed the stream";
        QTest::newRow("upstream") << "upstream_reset" << QStringList{"aborted"}
                                  << "The upstream broke the stream off";
        QTest::newRow("deadline") << "timeout" << QStringList{}
                                  << "The gateway ended the stream: a deadline passed.";
        QTest::newRow("other") << "internal" << QStringList{}
                               << "The gateway ended the stream: internal.";
        QTest::newRow("cut") << "" << QStringList{"aborted"} << "The client left, or";
        QTest::newRow("complete") << "" << QStringList{} << "The upstream ended the stream";
    }
    void whoEndedAStreamIsSaid()
    {
        QFETCH(QString, error);
        QFETCH(QStringList, flags);
        QFETCH(QString, start);
        client::ExchangeDetail detail;
        detail.summary = {{"error", error}, {"flags", QJsonArray::fromStringList(flags)}};
        detail.durationUs = 3'400'000;
        const QString text = streamEnd(detail);
        QVERIFY2(text.left(start.size()) == start && text.isEmpty() == start.isEmpty(),
                 qPrintable(text));
        QCOMPARE(text.contains("It was open for 3.40\u202Fs."), !start.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFrameModels)
#include "tst_framemodels.moc"
