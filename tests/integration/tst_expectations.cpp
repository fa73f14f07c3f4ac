// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
const QByteArray expect = "Expect: 100-continue\r\n";
constexpr std::chrono::milliseconds soon{30};

} // namespace

/// Interim answers, Expect: 100-continue and the limit of a body.
class TestExpectations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    void earlyHintsArePassedOn()
    {
        start(hints + ok);
        RawClient client(m_gateway->port());
        client.send(get);
        const QByteArray interim = client.readUntil("\r\n\r\n");
        QCOMPARE(statusOf(interim), 103);
        QCOMPARE(fieldOf(interim, "link"), "</a.css>; rel=preload");
        QCOMPARE(bodyOf(client.readResponse()), "ok");
    }

    void earlyHintsAreNotForOldClients()
    {
        start(hints + ok);
        RawClient client(m_gateway->port());
        client.send("GET / HTTP/1.0\r\n\r\n");
        const QByteArray all = client.readToEnd();
        QCOMPARE(statusOf(all), 200);
        QCOMPARE(bodyOf(all), "ok");
    }

    void continueIsForTheGatewayOnly()
    {
        start("HTTP/1.1 100 Continue\r\n\r\n" + ok);
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 1\r\n\r\nx");
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    void anUnaskedUpgradeIsABadAnswer()
    {
        start("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
        RawClient client(m_gateway->port());
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 502);
    }

    void endlessInterimAnswersAreABadAnswer()
    {
        start(QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(100) + ok);
        RawClient client(m_gateway->port());
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 502);
    }

    void aWantedBodyIsAskedFor_data()
    {
        QTest::addColumn<QByteArray>("framing");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("length") << QByteArray("Content-Length: 3\r\n") << QByteArray("abc");
        QTest::newRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                                 << QByteArray("3\r\nabc\r\n0\r\n\r\n");
        QTest::newRow("long") << QByteArray("Content-Length: 200000\r\n")
                              << QByteArray(200'000, 'x');
    }
    void aWantedBodyIsAskedFor()
    {
        QFETCH(const QByteArray, framing);
        QFETCH(const QByteArray, body);
        start(ok);
        RawClient client(m_gateway->port());
        client.send(post + framing + expect + "\r\n");
        QCOMPARE(client.readUntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
        client.send(body);
        QCOMPARE(statusOf(client.readResponse()), 200);
        QCOMPARE(fieldOf(m_upstream->requests().value(0), "expect"), "");
        client.send(get); // and the connection is in step
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    void aBodyThatIsThereIsNotAskedFor()
    {
        start(ok);
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 3\r\n" + expect + "\r\nabc");
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    void anOldClientIsNeverAskedToContinue()
    {
        start(ok);
        RawClient client(m_gateway->port());
        client.send("POST / HTTP/1.0\r\nContent-Length: 3\r\n" + expect + "\r\n");
        QCOMPARE(client.readUntil("\r\n", soon), "");
        client.send("abc");
        QCOMPARE(statusOf(client.readResponse()), 200);
    }

    void anUnwantedBodyIsNotAskedFor_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        QTest::newRow("too large") << post + "Content-Length: 11534336\r\n" << 413;
        QTest::newRow("no route") << QByteArray(
            "POST /none HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n")
                                  << 404;
        QTest::newRow("method not allowed")
            << QByteArray("POST /get HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n") << 405;
    }
    void anUnwantedBodyIsNotAskedFor()
    {
        QFETCH(const QByteArray, head);
        QFETCH(const int, status);
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(ok));
        m_gateway = std::make_unique<GatewayProcess>(
            "services: {b: {instances: [\"" + m_upstream->url()
            + "\"]}}\nroutes:\n- {id: r, match: {path: /}, service: b}\n"
              "- {id: g, match: {path: /get, methods: [GET]}, service: b}\n");
        RawClient client(m_gateway->port());
        client.send(head + expect + "\r\n");
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), status);
        QCOMPARE(fieldOf(response, "connection"), "close");
        QVERIFY(client.isClosed());
        QVERIFY(m_upstream->requests().isEmpty());
    }

    // S002-I11
    void aDeclaredBodyOverTheLimitIsRefusedUnread()
    {
        start(ok);
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 11534336\r\n\r\n"); // and not one byte of it
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), 413);
        QVERIFY(bodyOf(response).contains("\"payload_too_large\""));
        QVERIFY(client.isClosed());
        QVERIFY(m_upstream->requests().isEmpty());
    }

    // S002-I11
    void aChunkedBodyOverTheLimitEndsTheConnection()
    {
        const auto hasWhole = std::make_shared<std::atomic<bool>>(false);
        m_upstream = std::make_unique<FakeUpstream>([hasWhole](UpstreamPeer &peer) {
            const QByteArray request = peer.readRequest();
            if (chunkedSize(bodyOf(request)) >= 0)
                *hasWhole = true;
        });
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(m_upstream->url()));
        RawClient client(m_gateway->port());
        client.send(post + "Transfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 11; ++i)
            client.send("100000\r\n" + QByteArray(1 << 20, 'x') + "\r\n");
        client.send("0\r\n\r\n");
        QCOMPARE(statusOf(client.readResponse()), 413);
        QVERIFY(client.isClosed());
        QVERIFY(!*hasWhole);
    }

    void aBodyAtItsLimitPasses()
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(ok));
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(m_upstream->url()),
                                                     "limits: {body_bytes: 10}");
        RawClient client(m_gateway->port());
        client.send(post + "Content-Length: 10\r\n\r\n0123456789");
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send(post + "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n");
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send(post + "Content-Length: 11\r\n\r\n0123456789a");
        QCOMPARE(statusOf(client.readResponse()), 413);
    }

private:
    void start(const QByteArray &answer)
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(answer));
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(m_upstream->url()));
        QVERIFY(m_gateway->isRunning());
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestExpectations)
#include "tst_expectations.moc"
