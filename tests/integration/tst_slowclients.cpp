// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray mock =
    "routes: [{id: r, match: {path: /}, middleware: [{use: respond, body: ok}]}]\n";

} // namespace

/// Deadlines and limits of a listener; each names its key in the log.
class TestSlowClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSlowHeadIsCut()
    {
        GatewayProcess gateway(mock, "timeouts: {header: 100ms}");
        RawClient client(gateway.port());
        client.send("GET / HTTP/1.1\r\nHost:");
        QElapsedTimer timer;
        timer.start();
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), 408);
        QCOMPARE(fieldOf(response, "connection"), "close");
        QVERIFY(client.isClosed());
        QVERIFY(timer.elapsed() < 3000);
        QVERIFY(gateway.waitForLog("listeners[web].timeouts.header"));
    }

    void drippingDoesNotExtendTheHeadsDeadline()
    {
        GatewayProcess gateway(mock, "timeouts: {header: 150ms}");
        RawClient client(gateway.port());
        client.send("GET / HTTP/1.1\r\n");
        bool isCut = false;
        for (int i = 0; i < 100 && !isCut; ++i) {
            client.send("X-A: b\r\n");
            isCut = statusOf(client.readUntil("\r\n\r\n", std::chrono::milliseconds(20))) == 408;
        }
        QVERIFY(isCut);
    }

    void aSlowHeadOnAKeptConnectionIsCut()
    {
        GatewayProcess gateway(mock, "timeouts: {header: 100ms, idle: 60s}");
        RawClient client(gateway.port());
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send("GET / HTT");
        QCOMPARE(statusOf(client.readResponse()), 408);
        QVERIFY(client.isClosed());
    }

    // S002-28
    void anIdleConnectionIsClosed()
    {
        GatewayProcess gateway(mock, "timeouts: {idle: 100ms}");
        RawClient client(gateway.port());
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 200);
        QCOMPARE(client.readToEnd(), ""); // without an answer that nobody asked for
        QVERIFY(client.isClosed(std::chrono::milliseconds(0)));
    }

    void aSilentConnectionIsClosed()
    {
        GatewayProcess gateway(mock, "timeouts: {header: 100ms}");
        RawClient client(gateway.port());
        QCOMPARE(client.readToEnd(), "");
        QVERIFY(client.isClosed(std::chrono::milliseconds(0)));
    }

    void aStalledUploadIsCut_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::newRow("nothing") << QByteArray("Content-Length: 10\r\n\r\n");
        QTest::newRow("length") << QByteArray("Content-Length: 10\r\n\r\nabc");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        QTest::newRow("long") << "Content-Length: 1000000\r\n\r\n" + QByteArray(100'000, 'x');
    }
    void aStalledUploadIsCut()
    {
        QFETCH(const QByteArray, begin);
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()),
                               "timeouts: {body_idle: 100ms}");
        RawClient client(gateway.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\n" + begin);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(statusOf(client.readResponse()), 408);
        QVERIFY(client.isClosed());
        QVERIFY(timer.elapsed() < 3000);
        QVERIFY(gateway.waitForLog("timeouts.body_idle"));
    }

    void aClientThatTakesNothingIsCut_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("spliced") << QByteArray("Content-Length: 268435456\r\n\r\n");
        QTest::newRow("until close") << QByteArray("\r\n");
    }
    void aClientThatTakesNothingIsCut()
    {
        QFETCH(const QByteArray, head);
        FakeUpstream upstream([&head](UpstreamPeer &peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\n" + head);
            const QByteArray piece(1 << 20, 'x');
            for (int i = 0; i < 256 && peer.send(piece); ++i) {}
        });
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()),
                               "timeouts: {write_idle: 200ms}");
        RawClient client(gateway.port());
        client.send(get);
        QVERIFY(gateway.waitForLog("timeouts.write_idle"));
        (void)client.readToEnd();
        QVERIFY(client.wasReset());
    }

    void slowReadersAreNotCut()
    {
        const QByteArray body(8 << 20, 'x');
        FakeUpstream upstream(
            FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 8388608\r\n\r\n" + body));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()),
                               "timeouts: {write_idle: 500ms}");
        RawClient client(gateway.port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        for (int i = 0; i < 4; ++i) {
            QTest::qSleep(150);
            (void)client.isClosed(std::chrono::milliseconds(0)); // takes what is there
        }
        QCOMPARE(bodyOf(client.readToEnd()).size(), body.size());
    }

    // S002-28
    void connectionsOverTheLimitAreRefused_data()
    {
        QTest::addColumn<QString>("workers");
        QTest::newRow("one worker") << "1";
        QTest::newRow("four workers") << "4";
    }
    void connectionsOverTheLimitAreRefused()
    {
        QFETCH(const QString, workers);
        GatewayProcess gateway(mock, "limits: {connections: 3}", {"--workers", workers});
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 3; ++i) {
            clients.push_back(std::make_unique<RawClient>(gateway.port()));
            clients.back()->send(get);
            QCOMPARE(statusOf(clients.back()->readResponse()), 200);
        }
        for (int i = 0; i < 5; ++i) {
            RawClient refused(gateway.port());
            const QByteArray response = refused.readResponse();
            QCOMPARE(statusOf(response), 503);
            QCOMPARE(fieldOf(response, "content-type"), "application/problem+json");
            QVERIFY(refused.isClosed());
        }
        QVERIFY(gateway.waitForLog("limits.connections"));
        clients.pop_back(); // makes room
        int status = 503;
        for (int i = 0; i < 500 && status != 200; ++i) { // until the end of the third has arrived
            RawClient client(gateway.port());
            client.send(get);
            status = statusOf(client.readResponse());
        }
        QCOMPARE(status, 200);
    }
};

QTEST_GUILESS_MAIN(TestSlowClients)
#include "tst_slowclients.moc"
