// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// A port that nobody listens on.
QByteArray deadUrl()
{
    const FakeUpstream gone(FakeUpstream::answering(ok));
    return gone.url();
}

/// Answers one request; the second of a connection is read, and the connection closed instead.
void answerOnceThenClose(UpstreamPeer &peer)
{
    peer.readRequest();
    peer.send(ok);
    peer.readRequest();
}

QJsonObject problemOf(const QByteArray &response)
{
    return QJsonDocument::fromJson(bodyOf(response)).object();
}

} // namespace

/// Connections to instances: used again, stale, refused; and what errors tell in which environment.
class TestUpstreamConnections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    void aStaleConnectionIsRetriedForGet()
    {
        start(answerOnceThenClose);
        RawClient client(m_gateway->port());
        for (int i = 0; i < 3; ++i) {
            client.send(get);
            QCOMPARE(statusOf(client.readResponse()), 200);
        }
        // Once over its own connection, twice over a stale one first.
        QCOMPARE(m_upstream->requests().size(), 5);
        QCOMPARE(m_upstream->connections(), 3);
    }

    void aStaleConnectionIsNotRetriedForPost()
    {
        start(answerOnceThenClose);
        RawClient client(m_gateway->port());
        client.send(post);
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send(post); // it may have been carried out
        QCOMPARE(statusOf(client.readResponse()), 502);
        QCOMPARE(m_upstream->requests().size(), 2);
    }

    void aClosedConnectionIsNotUsedForPost()
    {
        start(FakeUpstream::answeringOnce(ok));
        RawClient client(m_gateway->port());
        for (int i = 0; i < 5; ++i) {
            client.send(post);
            QCOMPARE(statusOf(client.readResponse()), 200);
            QTRY_VERIFY(poolIsEmpty()); // the upstream's end has come
        }
    }

    void theRetryHappensOnce()
    {
        start([](UpstreamPeer &peer) {
            peer.readRequest();
            if (peer.number() == 0) {
                peer.send(ok);
                peer.readRequest();
            }
        });
        RawClient client(m_gateway->port());
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 502);
        QCOMPARE(m_upstream->requests().size(), 3);
    }

    void aFreshConnectionIsNeverRetried()
    {
        start([](UpstreamPeer &peer) { peer.readRequest(); });
        RawClient client(m_gateway->port());
        client.send(get);
        QCOMPARE(statusOf(client.readResponse()), 502);
        QCOMPARE(m_upstream->requests().size(), 1);
    }

    void connectionCloseIsHonoured_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray end = "Content-Length: 2\r\n\r\nok";
        QTest::newRow("close") << "HTTP/1.1 200 OK\r\nConnection: close\r\n" + end;
        QTest::newRow("close in a list") << "HTTP/1.1 200 OK\r\nConnection: x, Close\r\n" + end;
        QTest::newRow("HTTP/1.0") << "HTTP/1.0 200 OK\r\n" + end;
    }
    void connectionCloseIsHonoured()
    {
        QFETCH(const QByteArray, answer);
        start(FakeUpstream::answering(answer)); // which does not close itself
        RawClient client(m_gateway->port());
        for (int i = 0; i < 3; ++i) {
            client.send(get);
            QCOMPARE(statusOf(client.readResponse()), 200);
        }
        QCOMPARE(m_upstream->connections(), 3);
    }

    void anOldUpstreamMayKeepItsConnection()
    {
        start(FakeUpstream::answering(
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"));
        RawClient client(m_gateway->port());
        for (int i = 0; i < 3; ++i) {
            client.send(get);
            const QByteArray response = client.readResponse();
            QCOMPARE(statusOf(response), 200);
            QCOMPARE(fieldOf(response, "connection"), "");
        }
        QCOMPARE(m_upstream->connections(), 1);
    }

    void aRefusedConnectIsABadGateway()
    {
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(deadUrl()));
        const QByteArray response = ask(get);
        QCOMPARE(statusOf(response), 502);
        QCOMPARE(fieldOf(response, "content-type"), "application/problem+json");
        const QJsonObject problem = problemOf(response);
        QCOMPARE(problem["status"].toInt(), 502);
        QVERIFY(!problem["code"].toString().isEmpty());
        QVERIFY(!problem["request_id"].toString().isEmpty());
    }

    void aNameThatDoesNotResolveIsABadGateway()
    {
        m_gateway = std::make_unique<GatewayProcess>(
            GatewayProcess::proxyTo("http://gatehouse-test.invalid:80"));
        QCOMPARE(statusOf(ask(get)), 502);
    }

    // S001-11
    void detailsAreForDevelopmentOnly()
    {
        const QByteArray yaml = GatewayProcess::proxyTo(deadUrl());
        m_gateway = std::make_unique<GatewayProcess>(yaml, QByteArray(),
                                                     QStringList{"--env", "development"});
        const QByteArray inside = ask(get);
        m_gateway = std::make_unique<GatewayProcess>(yaml, QByteArray(),
                                                     QStringList{"--env", "production"});
        const QByteArray outside = ask(get);

        QCOMPARE(statusOf(inside), statusOf(outside));
        QCOMPARE(problemOf(inside)["code"], problemOf(outside)["code"]);
        QVERIFY(bodyOf(inside).contains("127.0.0.1"));
        QVERIFY(!bodyOf(outside).contains("127.0.0.1"));
        QCOMPARE(problemOf(outside).keys(),
                 QStringList({"code", "request_id", "status", "title", "type"}));
        QCOMPARE(fieldOf(inside, "gatehouse-error"), problemOf(inside)["code"].toString());
        QCOMPARE(fieldOf(outside, "gatehouse-error"), "");
    }

    void aDateIsAddedAndNeverReplaced()
    {
        start([](UpstreamPeer &peer) {
            peer.readRequest();
            peer.send(ok);
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
                      "Content-Length: 0\r\n\r\n");
        });
        RawClient client(m_gateway->port());
        client.send(get);
        QVERIFY(fieldOf(client.readResponse(), "date").endsWith(" GMT"));
        client.send(get);
        QCOMPARE(fieldsOf(client.readResponse(), "date"),
                 QList<QByteArray>{"Thu, 01 Jan 1970 00:00:00 GMT"});
    }

    // S002-I10
    void redirectsPassUntouched()
    {
        start(FakeUpstream::answering("HTTP/1.1 302 Found\r\nLocation: http://in:1/x?y#z\r\n"
                                      "Content-Length: 0\r\n\r\n"));
        const QByteArray response = ask(get);
        QVERIFY(response.startsWith("HTTP/1.1 302 Found\r\n"));
        QCOMPARE(fieldOf(response, "location"), "http://in:1/x?y#z");
        QCOMPARE(m_upstream->requests().size(), 1);
    }

    void theReasonPhraseIsKept()
    {
        start(FakeUpstream::answering("HTTP/1.1 299 Quite Alright\r\nContent-Length: 0\r\n\r\n"));
        QVERIFY(ask(get).startsWith("HTTP/1.1 299 Quite Alright\r\n"));
    }

    // S000-I12: a service that fails is asked four times at most.
    void aFlappingServiceIsAskedAgain_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("calls");
        QTest::newRow("one failure") << QByteArray("GET") << 1 << 200 << 2;
        QTest::newRow("three failures") << QByteArray("GET") << 3 << 200 << 4;
        QTest::newRow("too many failures") << QByteArray("GET") << 9 << 503 << 4;
        QTest::newRow("not repeatable") << QByteArray("POST") << 1 << 503 << 1;
    }
    void aFlappingServiceIsAskedAgain()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const int, failures);
        const auto left = std::make_shared<std::atomic<int>>(failures);
        start(
            [left](UpstreamPeer &peer) {
                while (!peer.readRequest().isEmpty()) {
                    peer.send((*left)-- > 0 ? "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno"
                                            : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                }
            },
            "retries: {attempts: 3}");
        RawClient client(m_gateway->port());
        client.send(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        QTEST(statusOf(client.readResponse()), "status");
        QTEST(int(m_upstream->requests().size()), "calls");
    }

    void aResetIsAskedAgainOnAnotherConnection()
    {
        start(
            [](UpstreamPeer &peer) {
                peer.readRequest();
                if (peer.number() == 0)
                    return; // closes without an answer
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            },
            "retries: {attempts: 1}");
        RawClient client(m_gateway->port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(bodyOf(client.readResponse()), "ok");
    }

private:
    // S002-53
    bool poolIsEmpty()
    {
        const QByteArray gauge = "gatehouse_pool_idle_connections{service=\"backend\",instance=\""
            + m_upstream->url() + "\"} ";
        return m_gateway->admin("/metrics").contains(gauge + "0\n");
    }
    void start(FakeUpstream::Script script, const QByteArray &serviceSettings = {})
    {
        m_upstream = std::make_unique<FakeUpstream>(std::move(script));
        m_gateway = std::make_unique<GatewayProcess>(
            GatewayProcess::proxyTo(m_upstream->url(), serviceSettings), QByteArray(),
            QStringList{"--workers", "1"});
        QVERIFY(m_gateway->isRunning());
    }
    QByteArray ask(const QByteArray &request)
    {
        RawClient client(m_gateway->port());
        client.send(request);
        return client.readResponse();
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestUpstreamConnections)
#include "tst_upstreamconnections.moc"
