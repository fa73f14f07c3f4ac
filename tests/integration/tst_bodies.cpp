// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QCryptographicHash>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray oldGet = "GET / HTTP/1.0\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray chunkedHello = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n";

QByteArray sha(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
}

/// Bytes that differ everywhere, so that a lost, doubled or moved piece shows.
QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = char(state >> 24);
    }
    return bytes;
}

/// Sends each request's body back, with a length.
void echo(UpstreamPeer &peer)
{
    while (true) {
        const QByteArray request = peer.readRequest();
        if (request.isEmpty())
            return;
        const bool isChunked = fieldOf(request, "transfer-encoding") == "chunked";
        const QByteArray body = isChunked ? unchunked(bodyOf(request)) : bodyOf(request);
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size())
                  + "\r\n\r\n" + body);
    }
}

} // namespace

class TestBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    // S002-13
    void aChunkedRequestKeepsItsTrailers()
    {
        QByteArray seen;
        start([&seen](UpstreamPeer &peer) {
            seen = peer.readRequest();
            peer.send(ok);
        });
        const QByteArray response =
            exchange(post
                     + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                       "3\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Sum: 7\r\nX-Sum: 8\r\n\r\n");
        QCOMPARE(statusOf(response), 200);
        QCOMPARE(fieldOf(seen, "transfer-encoding"), "chunked");
        QCOMPARE(fieldsOf(seen, "content-length").size(), 0);
        QCOMPARE(unchunked(bodyOf(seen)), "abcdefg");
        QVERIFY2(seen.endsWith("0\r\nX-Sum: 7\r\nX-Sum: 8\r\n\r\n"), seen);
    }

    // S002-13
    void aChunkedAnswerKeepsItsTrailers()
    {
        start(FakeUpstream::answering(chunkedHello + "X-Sum: 11\r\nX-Sum: 12\r\n\r\n"));
        const QByteArray response = exchange(get);
        QCOMPARE(fieldOf(response, "transfer-encoding"), "chunked");
        QCOMPARE(unchunked(bodyOf(response)), "hello world");
        QVERIFY2(response.endsWith("0\r\nX-Sum: 11\r\nX-Sum: 12\r\n\r\n"), response);
    }

    void framingIsTranslated_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("codings"); ///< Content-Length | Transfer-Encoding
        QTest::addColumn<QByteArray>("body");
        const QByteArray untilClose = "HTTP/1.1 200 OK\r\n\r\nhello";
        const QByteArray oldAnswer = "HTTP/1.0 200 OK\r\n\r\nhello";
        const QByteArray hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        const QByteArray notModified =
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\n";
        const QByteArray head = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n";
        QTest::newRow("length") << get << hello << QByteArray("5|") << QByteArray("hello");
        QTest::newRow("length, to 1.0")
            << oldGet << hello << QByteArray("5|") << QByteArray("hello");
        QTest::newRow("until close")
            << get << untilClose << QByteArray("|chunked") << QByteArray("5\r\nhello\r\n0\r\n\r\n");
        QTest::newRow("until close, to 1.0")
            << oldGet << untilClose << QByteArray("|") << QByteArray("hello");
        QTest::newRow("1.0 answer")
            << get << oldAnswer << QByteArray("|chunked") << QByteArray("5\r\nhello\r\n0\r\n\r\n");
        QTest::newRow("chunked, to 1.0") << oldGet << chunkedHello + "\r\n"
                                         << QByteArray("|") << QByteArray("hello world");
        QTest::newRow("chunked trailers, to 1.0") << oldGet << chunkedHello + "X-T: 1\r\n\r\n"
                                                  << QByteArray("|") << QByteArray("hello world");
        QTest::newRow("empty") << get << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                               << QByteArray("0|") << QByteArray();
        QTest::newRow("HEAD") << head << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
                              << QByteArray("5|") << QByteArray();
        QTest::newRow("HEAD of chunked")
            << head << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            << QByteArray("|") << QByteArray();
        QTest::newRow("204") << get << QByteArray("HTTP/1.1 204 No Content\r\n\r\n")
                             << QByteArray("|") << QByteArray();
        QTest::newRow("204 with a length")
            << get << QByteArray("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
            << QByteArray("|") << QByteArray();
        QTest::newRow("304 with a length")
            << get << notModified << QByteArray("5|") << QByteArray();
    }
    void framingIsTranslated()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const QByteArray, answer);
        start(FakeUpstream::answeringOnce(answer));
        const QByteArray response = exchange(request);
        QTEST(fieldOf(response, "content-length") + "|" + fieldOf(response, "transfer-encoding"),
              "codings");
        QTEST(bodyOf(response), "body");
    }

    void anAnswerWithoutBodyKeepsTheConnection_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("HEAD") << QByteArray("HEAD")
                              << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        QTest::newRow("HEAD of chunked")
            << QByteArray("HEAD")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        QTest::newRow("204") << QByteArray("GET") << QByteArray("HTTP/1.1 204 None\r\n\r\n");
        QTest::newRow("304") << QByteArray("GET")
                             << QByteArray("HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n");
    }
    void anAnswerWithoutBodyKeepsTheConnection()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const QByteArray, answer);
        start(FakeUpstream::answering(answer));
        RawClient client(m_gateway->port());
        for (int i = 0; i < 3; ++i) {
            client.send(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
            QCOMPARE(statusOf(client.readResponse(true)), statusOf(answer));
        }
        QCOMPARE(m_upstream->connections(), 1);
    }

    void bodiesComeBackEqual_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<bool>("isChunked");
        for (const int size : {0, 1, 4095, 65536, 5 << 20}) {
            QTest::addRow("length of %d", size) << size << false;
            QTest::addRow("chunks of %d", size) << size << true;
        }
    }
    void bodiesComeBackEqual()
    {
        QFETCH(const int, size);
        QFETCH(const bool, isChunked);
        start(echo);
        const QByteArray body = pattern(size);
        RawClient client(m_gateway->port());
        if (isChunked) {
            client.send(post + "Transfer-Encoding: chunked\r\n\r\n");
            for (qsizetype at = 0; at < size; at += 70'001) {
                const QByteArray chunk = body.mid(at, 70'001);
                client.send(QByteArray::number(chunk.size(), 16) + "\r\n" + chunk + "\r\n");
            }
            client.send("0\r\n\r\n");
        } else {
            client.send(post + "Content-Length: " + QByteArray::number(size) + "\r\n\r\n" + body);
        }
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), 200);
        QCOMPARE(sha(bodyOf(response)), sha(body));
    }

    // S002-69
    void aLongDownloadComesWhole_data()
    {
        QTest::addColumn<bool>("isChunked");
        QTest::newRow("spliced") << false;
        QTest::newRow("chunked") << true;
    }
    void aLongDownloadComesWhole()
    {
        QFETCH(const bool, isChunked);
        const QByteArray body = pattern(50 << 20);
        start([&body, isChunked](UpstreamPeer &peer) {
            peer.readRequest();
            const QByteArray size = QByteArray::number(body.size(), isChunked ? 16 : 10);
            const QByteArray head = "HTTP/1.1 200 OK\r\n";
            peer.send(head
                      + (isChunked ? "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n"
                                   : "Content-Length: " + size + "\r\n\r\n"));
            peer.send(body);
            peer.send(isChunked ? "\r\n0\r\n\r\n" : "");
        });
        RawClient client(m_gateway->port());
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        const QByteArray response = client.readToEnd();
        const QByteArray received = isChunked ? unchunked(bodyOf(response)) : bodyOf(response);
        QCOMPARE(received.size(), body.size());
        QCOMPARE(sha(received), sha(body));
    }

private:
    void start(FakeUpstream::Script script)
    {
        m_upstream = std::make_unique<FakeUpstream>(std::move(script));
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(m_upstream->url()));
        QVERIFY(m_gateway->isRunning());
    }
    QByteArray exchange(const QByteArray &request)
    {
        RawClient client(m_gateway->port());
        client.send(request);
        return client.readResponse(request.startsWith("HEAD"));
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestBodies)
#include "tst_bodies.moc"
