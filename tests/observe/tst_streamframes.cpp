// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/livebodies.h"
#include "engine/observe/streamframes.h"

#include <QTest>

using namespace gatehouse::observe;

namespace {

/// "event/id/retry/comment/data" of each frame.
QStringList framesOf(StreamKind kind, std::string_view body)
{
    QStringList texts;
    FrameReader reader(kind, body, {});
    StreamFrame frame;
    while (reader.next(frame)) {
        const QString retry = frame.retry < 0 ? QString() : QString::number(frame.retry);
        texts << QString("%1/%2/%3/%4/%5")
                     .arg(QString::fromStdString(frame.event), QString::fromStdString(frame.id),
                          retry, QString::fromStdString(frame.comment),
                          QString::fromStdString(frame.data))
                     .replace('\n', '|');
    }
    return texts;
}

} // namespace

class TestStreamFrames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTypeSaysHowItIsCut_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("events") << QByteArray("text/event-stream; charset=utf-8")
                                << QByteArray("sse");
        QTest::newRow("case") << QByteArray("Text/Event-Stream") << QByteArray("sse");
        QTest::newRow("ndjson") << QByteArray("application/x-ndjson") << QByteArray("lines");
        QTest::newRow("sequence") << QByteArray("application/json-seq") << QByteArray("lines");
        QTest::newRow("json") << QByteArray("application/json") << QByteArray();
        QTest::newRow("none") << QByteArray() << QByteArray();
    }
    void theTypeSaysHowItIsCut()
    {
        QFETCH(const QByteArray, type);
        QFETCH(const QByteArray, name);
        const std::string_view found =
            streamKindName(streamKindOf({type.constData(), std::size_t(type.size())}));
        QCOMPARE(QByteArray(found.data(), qsizetype(found.size())), name);
    }

    /// WHATWG HTML 9.2.6, "interpreting an event stream".
    void eventsAreRead_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("frames");
        QTest::newRow("one") << QByteArray("data: a\n\n") << QStringList{"////a"};
        QTest::newRow("all fields") << QByteArray("event: tick\nid: 7\nretry: 3000\ndata: a\n\n")
                                    << QStringList{"tick/7/3000//a"};
        QTest::newRow("lines of data")
            << QByteArray("data: a\ndata\ndata:b\n\n") << QStringList{"////a||b"};
        QTest::newRow("one space only") << QByteArray("data:  a\n\n") << QStringList{"//// a"};
        QTest::newRow("comment") << QByteArray(": still here\n\n") << QStringList{"///still here/"};
        QTest::newRow("line ends") << QByteArray("data: a\r\n\r\ndata: b\r\rdata: c\n\n")
                                   << QStringList{"////a", "////b", "////c"};
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf"
                                                       "data: a\n\n")
                                         << QStringList{"////a"};
        QTest::newRow("bad retry") << QByteArray("retry: 3s\ndata: a\n\n") << QStringList{"////a"};
        QTest::newRow("unknown field") << QByteArray("foo: b\ndata: a\n\n") << QStringList{"////a"};
        QTest::newRow("nul in an id")
            << QByteArray("id: a\0b\ndata: a\n\n", 18) << QStringList{"////a"};
        QTest::newRow("empty lines before")
            << QByteArray("\n\n\ndata: a\n\n") << QStringList{"////a"};
        QTest::newRow("unfinished") << QByteArray("data: a\n\ndata: b\n") << QStringList{"////a"};
        QTest::newRow("nothing") << QByteArray() << QStringList{};
    }
    void eventsAreRead()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QStringList, frames);
        QCOMPARE(framesOf(StreamKind::Events, {body.constData(), std::size_t(body.size())}),
                 frames);
    }

    void eachLineOfJsonIsAFrame()
    {
        QCOMPARE(framesOf(StreamKind::Lines, "{\"a\":1}\r\n\n\x1e{\"b\":2}\n{\"c\""),
                 (QStringList{"////{\"a\":1}", "////{\"b\":2}"}));
    }

    void aFrameHasThePlaceAndTheTimeOfItsEnd()
    {
        const std::vector<BodyMark> marks{{5, 100}, {18, 250}};
        FrameReader reader(StreamKind::Events, "data: 1\n\ndata: 2\n\ndata: 3\n\n", marks);
        StreamFrame frame;
        QVERIFY(reader.next(frame));
        QCOMPARE(frame.at, 250);
        QCOMPARE(frame.size, std::size_t(9));
        QVERIFY(reader.next(frame));
        QCOMPARE(frame.offset, std::size_t(9));
        QCOMPARE(frame.at, 250);
        QVERIFY(reader.next(frame));
        QCOMPARE(frame.at, -1); // nobody noted when
        QVERIFY(!reader.next(frame));
        QCOMPARE(reader.place(), std::size_t(27));
    }

    void aReaderGoesOnBehindWhatItSkipped()
    {
        FrameReader reader(StreamKind::Lines, "1\n2\n3\n4", {});
        QCOMPARE(reader.skip(2), std::size_t(2));
        StreamFrame frame;
        QVERIFY(reader.next(frame));
        QCOMPARE(frame.data, std::string("3"));
        QCOMPARE(reader.skip(2), std::size_t(0)); // the last one has no end
    }

    /// What comes byte by byte is what comes at once.
    void piecesMakeTheSameFrames()
    {
        const std::string body = "data: 1\r\n\r\nid: 2\rdata: x\r\r: c\n\ndata: 4\n\n";
        const std::size_t whole = FrameReader(StreamKind::Events, body, {}).skipAll();
        QCOMPARE(whole, std::size_t(4));
        LiveBodies live;
        const LiveBodies::Live *last = nullptr;
        for (std::size_t i = 0; i < body.size(); ++i)
            last = live.add(1, StreamKind::Events, {quint32(i + 1), quint32(i)},
                            std::string_view(body).substr(i, 1));
        QVERIFY(last);
        QCOMPARE(last->frames, whole);
        QCOMPARE(live.bytes(), qint64(body.size()));
        live.remove(1);
        QCOMPARE(live.bytes(), 0);
        QVERIFY(!live.find(1));
    }

    void aMissingPieceEndsWhatIsShown()
    {
        LiveBodies live;
        QVERIFY(live.add(1, StreamKind::Lines, {3, 1}, "{}\n"));
        QVERIFY(!live.add(1, StreamKind::Lines, {9, 2}, "{}\n"));
        QCOMPARE(live.find(1)->body.bytes, std::string("{}\n"));
    }
};

QTEST_GUILESS_MAIN(TestStreamFrames)
#include "tst_streamframes.moc"
