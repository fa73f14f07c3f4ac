// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace gatehouse::test;

namespace {

/// Answers with the target of each request, so that answers can be told apart.
void answerWithTarget(UpstreamPeer &peer)
{
    while (true) {
        const QByteArray request = peer.readRequest();
        if (request.isEmpty())
            return;
        const QByteArray target = request.split(' ').value(1);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(target.size())
                  + "\r\n\r\n" + target);
    }
}

QByteArray get(const QByteArray &target, const QByteArray &lines = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
}

} // namespace

// S002-22, S003-10: HTTP/1.1 as clients speak it, through the real program.
class TestRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_upstream = std::make_unique<FakeUpstream>(answerWithTarget);
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(m_upstream->url()));
        QVERIFY(m_gateway->isRunning());
    }
    void cleanup()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    void anEmptyLineBeforeTheRequestIsSkipped()
    {
        RawClient client(m_gateway->port());
        client.send("\r\n" + get("/x"));
        QCOMPARE(bodyOf(client.readResponse()), "/x");
        client.send("\r\n" + get("/y"));
        QCOMPARE(bodyOf(client.readResponse()), "/y");
    }

    void theAbsoluteFormReplacesHost()
    {
        RawClient client(m_gateway->port());
        client.send(get("http://real.example:81/p?q"));
        QCOMPARE(bodyOf(client.readResponse()), "/p?q");
        QCOMPARE(fieldOf(m_upstream->requests().value(0), "host"), "real.example:81");
    }

    void anOldClientGetsOneAnswerAndTheEnd()
    {
        RawClient client(m_gateway->port());
        client.send("GET /x HTTP/1.0\r\n\r\n");
        const QByteArray response = client.readResponse();
        QVERIFY(response.startsWith("HTTP/1.1 200"));
        QCOMPARE(fieldOf(response, "connection"), "close");
        QVERIFY(client.isClosed());
    }

    void anOldClientMayKeepItsConnection()
    {
        RawClient client(m_gateway->port());
        for (const char *target : {"/1", "/2", "/3"}) {
            client.send(QByteArray("GET ") + target
                        + " HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
            const QByteArray response = client.readResponse();
            QCOMPARE(bodyOf(response), target);
            QCOMPARE(fieldOf(response, "connection"), "keep-alive");
        }
        QVERIFY(!client.isClosed(std::chrono::milliseconds(20)));
    }

    void connectionCloseEndsAfterTheAnswer()
    {
        RawClient client(m_gateway->port());
        client.send(get("/x", "Connection: close\r\n") + get("/never"));
        const QByteArray response = client.readResponse();
        QCOMPARE(bodyOf(response), "/x");
        QCOMPARE(fieldOf(response, "connection"), "close");
        QCOMPARE(client.readToEnd(), "");
        QCOMPARE(m_upstream->requests().size(), 1);
    }

    void pipelinedRequestsAreAnsweredInOrder()
    {
        QByteArray requests;
        for (int i = 0; i < 10; ++i)
            requests += get("/" + QByteArray::number(i));
        RawClient client(m_gateway->port());
        client.send(requests);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(bodyOf(client.readResponse()), "/" + QByteArray::number(i));
    }

    void aPipelinedBodyDoesNotBecomeARequest()
    {
        const QByteArray inner = get("/smuggled");
        RawClient client(m_gateway->port());
        client.send(
            "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(inner.size())
            + "\r\n\r\n" + inner
            + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
              "0\r\n\r\n"
            + get("/3"));
        for (const char *target : {"/1", "/2", "/3"})
            QCOMPARE(bodyOf(client.readResponse()), target);
        QCOMPARE(m_upstream->requests().size(), 3);
    }

    void aBadRequestEndsThePipelineAfterTheGoodAnswers()
    {
        RawClient client(m_gateway->port());
        client.send(get("/1") + get("/2") + get("/3", "X-A : b\r\n") + get("/4"));
        QCOMPARE(bodyOf(client.readResponse()), "/1");
        QCOMPARE(bodyOf(client.readResponse()), "/2");
        QCOMPARE(statusOf(client.readResponse()), 400);
        QCOMPARE(client.readToEnd(), "");
        QCOMPARE(m_upstream->requests().size(), 2);
    }

    void aClientMaySendOneByteAtATime()
    {
        RawClient client(m_gateway->port());
        const QByteArray request =
            "POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3;x=\"y\"\r\nabc\r\n0\r\nX-T: 1\r\n\r\n"
            + get("/next");
        for (const char byte : request) {
            client.send(QByteArray(1, byte));
            QTest::qSleep(1); // so that each byte is a packet of its own
        }
        QCOMPARE(bodyOf(client.readResponse()), "/slow");
        QCOMPARE(bodyOf(client.readResponse()), "/next");
    }

    void aHeadAtItsLimitPasses()
    {
        RawClient client(m_gateway->port());
        client.send(get("/" + QByteArray(16000, 'p'), "X-A: " + QByteArray(40000, 'a') + "\r\n"));
        QCOMPARE(statusOf(client.readResponse()), 200);
        client.send(get("/", QByteArray("X-A: b\r\n").repeated(99)));
        QCOMPARE(statusOf(client.readResponse()), 200);
        QCOMPARE(fieldsOf(m_upstream->requests().value(1), "x-a").size(), 99);
    }

    void nothingLeaksBetweenConnections()
    {
        RawClient half(m_gateway->port());
        half.send("GET /half HTTP/1.1\r\nHost: a\r\nX-Secret: 1\r\n");
        RawClient other(m_gateway->port());
        other.send(get("/other"));
        QCOMPARE(bodyOf(other.readResponse()), "/other");
        QCOMPARE(fieldOf(m_upstream->requests().value(0), "x-secret"), "");
        half.reset();
        RawClient third(m_gateway->port());
        third.send("X-More: 1\r\n\r\n"); // would have completed the first
        QCOMPARE(statusOf(third.readResponse()), 400);
        QCOMPARE(m_upstream->requests().size(), 1);
    }

    void maxForwardsCountsDownForOptionsOnly()
    {
        RawClient client(m_gateway->port());
        client.send("OPTIONS /o HTTP/1.1\r\nHost: a\r\nMax-Forwards: 5\r\n\r\n");
        QCOMPARE(bodyOf(client.readResponse()), "/o");
        QCOMPARE(fieldOf(m_upstream->requests().value(0), "max-forwards"), "4");
        client.send(get("/g", "Max-Forwards: 0\r\n"));
        QCOMPARE(bodyOf(client.readResponse()), "/g");
        QCOMPARE(fieldOf(m_upstream->requests().value(1), "max-forwards"), "0");
    }

    void extensionMethodsPass()
    {
        RawClient client(m_gateway->port());
        client.send("PROPFIND /dav HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(bodyOf(client.readResponse()), "/dav");
        QVERIFY(m_upstream->requests().value(0).startsWith("PROPFIND /dav HTTP/1.1\r\n"));
    }

private:
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestRequests)
#include "tst_requests.moc"
