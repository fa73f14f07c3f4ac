// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QSemaphore>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

} // namespace

// S002-101, S002-107: bodies pass without being held; see also bench_slowreader.
class TestStreaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    // S002-56, S002-69
    void theFirstByteComesBeforeTheLastIsProduced_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("last");
        QTest::newRow("chunked") << chunkedHead << QByteArray("5\r\nfirst\r\n")
                                 << QByteArray("4\r\nlast\r\n0\r\n\r\n");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
                                << QByteArray("first") << QByteArray("last");
        QTest::newRow("long length")
            << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1000009\r\n\r\n")
            << QByteArray("first") << QByteArray(1'000'000, 'x') + "last";
        QTest::newRow("until close")
            << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QByteArray("first") << QByteArray("last");
    }
    void theFirstByteComesBeforeTheLastIsProduced()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const QByteArray, first);
        QFETCH(const QByteArray, last);
        const auto mayEnd = std::make_shared<QSemaphore>();
        start([=](UpstreamPeer &peer) {
            peer.readRequest();
            peer.send(head);
            peer.send(first);
            mayEnd->tryAcquire(1, 5000);
            peer.send(last);
        });
        RawClient client(m_gateway->port());
        client.send(get);
        QVERIFY(client.readUntil("first").endsWith("first"));
        mayEnd->release();
        QVERIFY(client.readUntil("last").endsWith("last"));
    }

    // S002-83
    void theUploadReachesTheUpstreamBeforeItsEnd_data()
    {
        QTest::addColumn<QByteArray>("framing");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("last");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n\r\n")
                                 << QByteArray("5\r\nfirst\r\n")
                                 << QByteArray("4\r\nlast\r\n0\r\n\r\n");
        QTest::newRow("length") << QByteArray("Content-Length: 9\r\n\r\n") << QByteArray("first")
                                << QByteArray("last");
        QTest::newRow("long length") << QByteArray("Content-Length: 1000009\r\n\r\n")
                                     << QByteArray("first") << QByteArray(1'000'000, 'x') + "last";
    }
    void theUploadReachesTheUpstreamBeforeItsEnd()
    {
        QFETCH(const QByteArray, framing);
        QFETCH(const QByteArray, first);
        QFETCH(const QByteArray, last);
        const auto hasFirst = std::make_shared<QSemaphore>();
        start([=](UpstreamPeer &peer) {
            QByteArray seen = peer.readHead();
            bool isTold = false;
            while (!seen.contains("last")) {
                const QByteArray more = peer.readSome();
                if (more.isEmpty())
                    return;
                seen += more;
                if (!isTold && seen.contains("first")) {
                    isTold = true;
                    hasFirst->release();
                }
            }
            peer.send(ok);
        });
        RawClient client(m_gateway->port());
        client.send(post + framing + first);
        QVERIFY(hasFirst->tryAcquire(1, 5000));
        client.send(last);
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    // S002-84
    void aClientThatDoesNotReadStopsTheUpstream_data()
    {
        QTest::addColumn<bool>("isChunked");
        QTest::newRow("spliced") << false;
        QTest::newRow("chunked") << true;
    }
    void aClientThatDoesNotReadStopsTheUpstream()
    {
        QFETCH(const bool, isChunked);
        constexpr qint64 most = 256 << 20;
        const auto sent = std::make_shared<std::atomic<qint64>>(0);
        start([=](UpstreamPeer &peer) {
            peer.readRequest();
            const QByteArray piece(1 << 20, 'x');
            peer.send(isChunked ? chunkedHead
                                : "HTTP/1.1 200 OK\r\nContent-Length: 268435456\r\n\r\n");
            while (*sent < most) {
                if (!peer.send(isChunked ? "100000\r\n" + piece + "\r\n" : piece))
                    return;
                *sent += piece.size();
            }
        });
        RawClient client(m_gateway->port());
        client.send(get);
        QVERIFY(client.readUntil("\r\n\r\n").startsWith("HTTP/1.1 200"));
        qint64 before = -1;
        while (before != *sent) { // until it is stuck
            before = *sent;
            QTest::qSleep(150);
        }
        qInfo() << "in flight:" << before;
        QVERIFY(before < 32 << 20); // the buffers of four sockets
        client.reset();
    }

    // S002-I09
    void slowDripsArriveWhole()
    {
        start(
            [](UpstreamPeer &peer) {
                peer.readRequest();
                peer.send(chunkedHead);
                for (int i = 0; i < 40; ++i) {
                    QTest::qSleep(10);
                    peer.send("1\r\nx\r\n");
                }
                peer.send("0\r\n\r\n");
            },
            "timeouts: {response_header: 200ms, idle: 200ms}");
        RawClient client(m_gateway->port());
        client.send(get);
        QCOMPARE(unchunked(bodyOf(client.readResponse())), QByteArray(40, 'x'));
    }

    // S002-I09
    void slowUploadsOutlastTheAnswersDeadline()
    {
        start(FakeUpstream::answering(ok), "timeouts: {response_header: 200ms, idle: 5s}");
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 30\r\n\r\n");
        for (int i = 0; i < 30; ++i) {
            QTest::qSleep(20);
            client.send("x");
        }
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    void anEarlyAnswerComesWhileTheUploadGoesOn()
    {
        start([](UpstreamPeer &peer) {
            peer.readHead();
            peer.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        });
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 9000000\r\n\r\n" + QByteArray(1000, 'x'));
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), 403);
        QCOMPARE(bodyOf(response), "no");
        QVERIFY(client.isClosed());
    }

    void anEchoStreamsBothWaysAtOnce()
    {
        start([](UpstreamPeer &peer) {
            peer.readHead();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n");
            for (qsizetype done = 0; done < 30;) {
                const QByteArray some = peer.readSome();
                if (some.isEmpty() || !peer.send(some))
                    return;
                done += some.size();
            }
        });
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 30\r\n\r\n");
        QCOMPARE(statusOf(client.readUntil("\r\n\r\n")), 200);
        for (const char *piece : {"0123456789", "abcdefghij", "ABCDEFGHIJ"}) {
            client.send(piece);
            QCOMPARE(client.readUntil(QByteArray(piece).right(1)), piece);
        }
    }

    void aHalfClosedClientStillGetsItsAnswer()
    {
        start([](UpstreamPeer &peer) {
            peer.readRequest();
            QTest::qSleep(50); // the half-close arrives meanwhile
            peer.send(ok);
        });
        RawClient client(m_gateway->port());
        client.send(get);
        client.shutdownWrite();
        QCOMPARE(bodyOf(client.readResponse()), "ok");
        QVERIFY(client.isClosed());
    }

    void aHalfClosedUploadStillGetsItsAnswer()
    {
        start(FakeUpstream::answering(ok));
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 3\r\n\r\nabc");
        client.shutdownWrite();
        QCOMPARE(bodyOf(client.readResponse()), "ok");
    }

    void aTruncatedUploadIsNoRequest()
    {
        const auto isCut = std::make_shared<QSemaphore>();
        start([isCut](UpstreamPeer &peer) {
            if (bodyOf(peer.readRequest()).size() < 10)
                isCut->release();
        });
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 10\r\n\r\nabc");
        client.shutdownWrite();
        QVERIFY(isCut->tryAcquire(1, 5000));
        QVERIFY(statusOf(client.readResponse()) != 200);
    }

    void aClientThatLeavesEndsTheUpstreamsWork()
    {
        const auto hasSeenEnd = std::make_shared<QSemaphore>();
        start([hasSeenEnd](UpstreamPeer &peer) {
            peer.readRequest();
            if (peer.readSome().isEmpty())
                hasSeenEnd->release();
        });
        RawClient client(m_gateway->port());
        client.send(get);
        while (m_upstream->requests().isEmpty())
            QTest::qSleep(1);
        client.reset();
        QVERIFY(hasSeenEnd->tryAcquire(1, 2000));
    }

private:
    void start(FakeUpstream::Script script, const QByteArray &serviceSettings = {})
    {
        m_upstream = std::make_unique<FakeUpstream>(std::move(script));
        m_gateway = std::make_unique<GatewayProcess>(
            GatewayProcess::proxyTo(m_upstream->url(), serviceSettings));
        QVERIFY(m_gateway->isRunning());
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestStreaming)
#include "tst_streaming.moc"
