// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/parsedrequest.h"
#include "tests/support/rawclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray line = "HTTP/1.1 200 OK\r\n";
const QByteArray hello = line + "Content-Length: 5\r\n\r\nhello";

} // namespace

/// What an upstream does wrong never reaches the client as a good answer.
class TestStrictUpstreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // One gateway for the tables, in front of an upstream that says what the row says.
        m_upstream = std::make_unique<FakeUpstream>([this](UpstreamPeer &peer) {
            while (!peer.readRequest().isEmpty()) {
                const Answer answer = current(); // a copy: the next row may begin while we send
                peer.send(answer.bytes);
                if (answer.ends == Answer::WithReset)
                    peer.reset();
                if (answer.ends != Answer::Open)
                    return;
            }
        });
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(
            m_upstream->url(),
            "timeouts: {response_header: 200ms, idle: 200ms}, health: {unhealthy_after: 1000}"));
        QVERIFY(m_gateway->isRunning());
    }
    void cleanupTestCase()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    void aBrokenAnswerIsABadGateway_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *name, const QByteArray &answer) {
            QTest::newRow(name) << answer;
        };
        const QByteArray end = "Content-Length: 5\r\n\r\nhello";
        row("garbage", bytes("\x00\xff\x13 what\r\n\r\n"));
        row("ICY", "ICY 200 OK\r\n" + end);
        row("HTTP/2", "HTTP/2 200\r\n" + end);
        row("HTTP/2.0", "HTTP/2.0 200 OK\r\n" + end);
        row("lower case", "http/1.1 200 OK\r\n" + end);
        row("no version", "200 OK\r\n" + end);
        row("two spaces", "HTTP/1.1  200 OK\r\n" + end);
        row("two digits", "HTTP/1.1 20 OK\r\n" + end);
        row("four digits", "HTTP/1.1 2000 OK\r\n" + end);
        row("status in words", "HTTP/1.1 two OK\r\n" + end);
        row("status 000", "HTTP/1.1 000 OK\r\n" + end);
        row("status 099", "HTTP/1.1 099 OK\r\n" + end);
        row("status 600", "HTTP/1.1 600 OK\r\n" + end);
        row("control byte in the reason", "HTTP/1.1 200 O\x01K\r\n" + end);
        row("length and coding",
            line + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("two lengths", line + "Content-Length: 5\r\n" + "Content-Length: 6\r\n\r\nhello");
        row("two equal lengths", line + "Content-Length: 5\r\n" + end);
        row("list of lengths", line + "Content-Length: 5, 5\r\n\r\nhello");
        row("negative length", line + "Content-Length: -5\r\n\r\nhello");
        row("length in words", line + "Content-Length: five\r\n\r\nhello");
        row("empty length", line + "Content-Length:\r\n\r\nhello");
        row("huge length", line + "Content-Length: 99999999999999999999\r\n\r\nhello");
        row("unknown coding", line + "Transfer-Encoding: x\r\n\r\n");
        row("gzip, chunked", line + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        row("chunked, gzip", line + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n");
        row("chunked twice", line + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
        row("coding in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("obs-fold", line + "X-A: b\r\n c\r\n" + end);
        row("fold of the first line", line + " X-A: b\r\n" + end);
        row("bare LF", line + "X-A: b\n" + end);
        row("bare LF after the status line", "HTTP/1.1 200 OK\n" + end);
        row("bare CR", line + "X-A: b\rc\r\n" + end);
        row("NUL", line + bytes("X-A: b\0c\r\n") + end);
        row("control byte", line + "X-A: b\x02\r\n" + end);
        row("no colon", line + "X-A b\r\n" + end);
        row("no name", line + ": b\r\n" + end);
        row("name with a space", line + "X A: b\r\n" + end);
        row("head too large", line + "X-A: " + QByteArray(100 << 10, 'a') + "\r\n" + end);
        row("too many fields", line + QByteArray("X-A: b\r\n").repeated(1000) + end);
        row("first chunk is none", line + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello");
        row("empty chunk size", line + "Transfer-Encoding: chunked\r\n\r\n\r\nhello");
    }
    void aBrokenAnswerIsABadGateway()
    {
        QFETCH(const QByteArray, answer);
        set(answer, Answer::Closed);
        const QByteArray response = ask();
        QCOMPARE(statusOf(response), 502);
        const QJsonObject problem = QJsonDocument::fromJson(bodyOf(response)).object();
        QCOMPARE(fieldOf(response, "content-type"), "application/problem+json");
        QCOMPARE(problem["code"].toString(), "upstream_protocol");
        QVERIFY(!problem["request_id"].toString().isEmpty());
        QVERIFY(!response.contains("hello"));
    }

    void aMissingAnswerIsABadGateway_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("resets");
        QTest::newRow("closes") << QByteArray() << false;
        QTest::newRow("resets") << QByteArray() << true;
        QTest::newRow("closes in the status line") << QByteArray("HTTP/1.1 20") << false;
        QTest::newRow("closes in the head") << line + "X-A: b\r\n" << false;
        QTest::newRow("resets in the head") << line + "X-A: b\r\n" << true;
    }
    void aMissingAnswerIsABadGateway()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, resets);
        set(answer, resets ? Answer::WithReset : Answer::Closed);
        const QByteArray response = ask();
        QCOMPARE(statusOf(response), 502);
        QVERIFY(bodyOf(response).contains("\"code\":\"upstream_reset\""));
    }

    void aLateAnswerIsATimeoutThatNamesItsKey_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("half a head") << line + "X-A: b\r\n";
    }
    void aLateAnswerIsATimeoutThatNamesItsKey()
    {
        QFETCH(const QByteArray, answer);
        set(answer, Answer::Open);
        const QByteArray response = ask();
        QCOMPARE(statusOf(response), 504);
        QVERIFY(bodyOf(response).contains("\"code\":\"timeout\""));
        QVERIFY(m_gateway->waitForLog("timeouts.response_header"));
    }

    void aCutBodyIsNeverACleanEnd_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<bool>("resets");
        QTest::addColumn<bool>("closes");
        const auto row = [](const char *name, const QByteArray &answer, bool resets = false,
                            bool closes = true) {
            QTest::newRow(name) << answer << resets << closes;
        };
        const QByteArray chunked = line + "Transfer-Encoding: chunked\r\n\r\n";
        row("closes before the length", line + "Content-Length: 9\r\n\r\nhello");
        row("resets before the length", line + "Content-Length: 9\r\n\r\nhello", true);
        row("closes before a long length", line + "Content-Length: 900000\r\n\r\nhello");
        row("closes in a chunk", chunked + "9\r\nhello");
        row("closes between chunks", chunked + "5\r\nhello\r\n");
        row("closes in the trailers", chunked + "5\r\nhello\r\n0\r\nX-A: b\r\n");
        row("resets in a chunk", chunked + "9\r\nhello", true);
        row("bad size after a chunk", chunked + "5\r\nhello\r\nxyz\r\n");
        row("bad end of a chunk", chunked + "5\r\nhelloxx0\r\n\r\n");
        row("bad trailer", chunked + "5\r\nhello\r\n0\r\nX A: b\r\n\r\n");
        row("resets instead of closing", line + "\r\nhello", true);
        row("falls silent within the length", line + "Content-Length: 9\r\n\r\nhello", false,
            false);
        row("falls silent in a chunk", chunked + "9\r\nhello", false, false);
    }
    void aCutBodyIsNeverACleanEnd()
    {
        QFETCH(const QByteArray, answer);
        QFETCH(const bool, resets);
        QFETCH(const bool, closes);
        set(answer, resets ? Answer::WithReset : closes ? Answer::Closed : Answer::Open);
        for (const char *version : {"1.1", "1.0"}) {
            RawClient client(m_gateway->port());
            client.send(QByteArray("GET / HTTP/") + version + "\r\nHost: a\r\n\r\n");
            const QByteArray response = client.readToEnd();
            if (statusOf(response) == 502)
                continue; // it was noticed before anything was sent
            const qsizetype length = fieldOf(response, "content-length").toLongLong();
            const bool isWhole = fieldOf(response, "transfer-encoding") == "chunked"
                ? chunkedSize(bodyOf(response)) >= 0
                : length > 0 && bodyOf(response).size() >= length;
            QVERIFY2(!isWhole, response);
            // Where neither length nor chunks tell, the end itself must.
            const bool tells = length > 0 || fieldOf(response, "transfer-encoding") == "chunked";
            QVERIFY2(client.wasReset() || tells || response.isEmpty(), response);
        }
    }

    void theEndOfAnUntilCloseAnswerIsClean()
    {
        set(line + "\r\nhello", Answer::Closed);
        QCOMPARE(unchunked(bodyOf(ask())), "hello");
    }

    void blanksBeforeTheColonAreRemoved()
    {
        set(line + "X-A : b\r\nX-B\t: c\r\nContent-Length : 5\r\n\r\nhello", Answer::Closed);
        const QByteArray response = ask();
        QCOMPARE(statusOf(response), 200);
        QCOMPARE(fieldOf(response, "x-a"), "b");
        QVERIFY(response.contains("\r\nX-A: b\r\n"));
        QCOMPARE(bodyOf(response), "hello");
    }

    void bytesAfterTheAnswerAreNotDelivered_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const QByteArray extra = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil";
        QTest::newRow("after a length") << hello + extra;
        QTest::newRow("after chunks")
            << line + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + extra;
        QTest::newRow("after 204") << "HTTP/1.1 204 None\r\n\r\n" + extra;
        QTest::newRow("after 304") << "HTTP/1.1 304 Same\r\n\r\n" + extra;
    }
    void bytesAfterTheAnswerAreNotDelivered()
    {
        QFETCH(const QByteArray, answer);
        set(answer, Answer::Open);
        RawClient client(m_gateway->port());
        const int before = m_upstream->connections();
        for (int i = 0; i < 3; ++i) {
            client.send(get);
            const QByteArray response = client.readResponse();
            QCOMPARE(statusOf(response), statusOf(answer));
            QVERIFY(!response.contains("evil"));
        }
        QCOMPARE(m_upstream->connections(), before + 3); // such a connection is not used again
    }

private:
    /// What the upstream says to every request of a row, and how its connection ends then.
    struct Answer
    {
        enum End { Open, Closed, WithReset };
        QByteArray bytes;
        End ends = Open;
    };
    void set(const QByteArray &bytes, Answer::End ends)
    {
        const QMutexLocker lock(&m_mutex);
        m_answer = {bytes, ends};
    }
    Answer current() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_answer;
    }
    QByteArray ask()
    {
        RawClient client(m_gateway->port());
        client.send(get);
        return client.readResponse();
    }

    mutable QMutex m_mutex; // the scripts read in their own threads
    Answer m_answer;        // of the current row
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestStrictUpstreams)
#include "tst_strictupstreams.moc"
