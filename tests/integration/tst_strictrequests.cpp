// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/parsedrequest.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray post = "POST / HTTP/1.1\r\nHost: a\r\n";
const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

QByteArray get(const QByteArray &lines)
{
    return "GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n";
}

} // namespace

/// Whatever is refused is answered, ends its connection and never reaches the upstream.
class TestStrictRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(ok));
        m_gateway = std::make_unique<GatewayProcess>(GatewayProcess::proxyTo(m_upstream->url()));
        QVERIFY(m_gateway->isRunning());
    }
    void cleanupTestCase()
    {
        // After all that was refused the gateway still serves.
        RawClient client(m_gateway->port());
        client.send(get({}));
        QCOMPARE(statusOf(client.readResponse()), 200);
        QCOMPARE(m_upstream->requests().size(), 1);
        m_gateway.reset();
        m_upstream.reset();
    }

    // S002-I11
    void refusesWithoutForwarding_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        requestLines();
        fields();
        lengths();
        chunks();
        limits();
    }
    void refusesWithoutForwarding()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        RawClient client(m_gateway->port());
        client.send(request);
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), status);
        QCOMPARE(fieldOf(response, "connection"), "close");
        QCOMPARE(fieldOf(response, "content-type"), "application/problem+json");
        QVERIFY(bodyOf(response).contains("\"code\""));
        QVERIFY(client.isClosed());
        QVERIFY(m_upstream->requests().isEmpty());
    }

    void answersItselfWithoutForwarding_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("OPTIONS *") << QByteArray("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n") << 204;
        QTest::newRow("OPTIONS on its last hop")
            << QByteArray("OPTIONS /x HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n") << 204;
        QTest::newRow("TRACE") << QByteArray("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n") << 405;
        QTest::newRow("TRACE on its last hop")
            << QByteArray("TRACE / HTTP/1.1\r\nHost: a\r\nMax-Forwards: 0\r\n\r\n") << 405;
        QTest::newRow("CONNECT") << QByteArray("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n")
                                 << 405;
    }
    void answersItselfWithoutForwarding()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        RawClient client(m_gateway->port());
        client.send(request);
        const QByteArray response = client.readResponse();
        QCOMPARE(statusOf(response), status);
        QVERIFY(fieldOf(response, "allow").contains("GET"));
        QVERIFY(m_upstream->requests().isEmpty());
    }

private:
    static void row(const char *name, const QByteArray &request, int status = 400)
    {
        QTest::newRow(name) << request << status;
    }

    static void requestLines()
    {
        const QByteArray host = "\r\nHost: a\r\n\r\n";
        row("garbage", "\x16\x03\x01\x02 hello there\r\n\r\n");
        row("HTTP/0.9", "GET /\r\n\r\n");
        row("HTTP/2.0", "GET / HTTP/2.0" + host, 505);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
        row("HTTP/3.1", "GET / HTTP/3.1" + host, 505);
        row("lower-case version", "GET / http/1.1" + host);
        row("short version", "GET / HTTP/1" + host);
        row("long version", "GET / HTTP/1.10" + host);
        row("other protocol", "GET / ICY/1.1" + host);
        row("two spaces after the method", "GET  / HTTP/1.1" + host);
        row("two spaces after the target", "GET /  HTTP/1.1" + host);
        row("tab for a space", "GET\t/ HTTP/1.1" + host);
        row("space in the target", "GET /a b HTTP/1.1" + host);
        row("space at the end", "GET / HTTP/1.1 " + host);
        row("space before the method", " GET / HTTP/1.1" + host);
        row("no target", "GET HTTP/1.1" + host);
        row("only a method", "GET\r\n\r\n");
        row("method with a delimiter", "GE(T / HTTP/1.1" + host);
        row("method of 40 letters", QByteArray(40, 'M') + " / HTTP/1.1" + host, 501);
        row("target without slash", "GET x HTTP/1.1" + host);
        row("GET *", "GET * HTTP/1.1" + host);
        row("fragment", "GET /a#b HTTP/1.1" + host);
        row("control byte in the target", bytes("GET /a\x01 HTTP/1.1") + host);
        row("NUL in the target", bytes("GET /a\0b HTTP/1.1") + host);
        row("DEL in the target", bytes("GET /a\x7f HTTP/1.1") + host);
        row("raw UTF-8 in the target", "GET /\xc3\xa4 HTTP/1.1" + host);
        row("bad percent", "GET /a%zz HTTP/1.1" + host);
        row("percent at the end", "GET /a%4 HTTP/1.1" + host);
        row("user in the target", "GET http://u:p@a/ HTTP/1.1" + host);
        row("empty host in the target", "GET http:///x HTTP/1.1" + host);
        row("three empty lines", "\r\n\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1" + host);
        row("bare LF after the request line", "GET / HTTP/1.1\nHost: a\r\n\r\n");
        row("bare CR in the request line", "GET /\rx HTTP/1.1" + host);
    }

    static void fields()
    {
        row("no Host", "GET / HTTP/1.1\r\n\r\n");
        row("two Hosts", get("Host: b\r\n"));
        row("two equal Hosts", get("Host: a\r\n"));
        row("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
        row("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n");
        row("Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n");
        row("Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n");
        row("Host with a bad port", "GET / HTTP/1.1\r\nHost: a:x\r\n\r\n");
        row("obs-fold", get("X-A: b\r\n c\r\n"));
        row("obs-fold by tab", get("X-A: b\r\n\tc\r\n"));
        row("fold of the first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n");
        row("bare LF after a field", get("X-A: b\nX-B: c\r\n"));
        row("bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n");
        row("all bare LF", "GET / HTTP/1.1\nHost: a\n\n");
        row("bare CR in a value", get("X-A: b\rc\r\n"));
        row("space before the colon", get("X-A : b\r\n"));
        row("tab before the colon", get("X-A\t: b\r\n"));
        row("no colon", get("X-A b\r\n"));
        row("no name", get(": b\r\n"));
        row("name with a space", get("X A: b\r\n"));
        row("name with a slash", get("X/A: b\r\n"));
        row("name with a control byte", get("X\x01: b\r\n"));
        row("name with UTF-8", get("X\xc3\xa4: b\r\n"));
        row("NUL in a value", get(bytes("X-A: b\0c\r\n")));
        row("control byte in a value", get("X-A: b\x02\r\n"));
        row("DEL in a value", get("X-A: b\x7f\r\n"));
        row("other expectation", post + "Content-Length: 2\r\nExpect: 200-ok\r\n\r\nxy", 417);
        row("TRACE with a body", "TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    }

    static void lengths()
    {
        const auto length = [](const QByteArray &value) {
            return post + "Content-Length: " + value + "\r\n\r\nabc";
        };
        row("two lengths", length("3\r\nContent-Length: 4"));
        row("two equal lengths", length("3\r\nContent-Length: 3"));
        row("list of lengths", length("3, 3"));
        row("negative length", length("-1"));
        row("signed length", length("+3"));
        row("hexadecimal length", length("0x3"));
        row("fraction of a length", length("3.0"));
        row("empty length", length(""));
        row("length in words", length("three"));
        row("length with a space", length("1 2"));
        row("huge length", length("99999999999999999999"));
        row("length and coding", length("3\r\nTransfer-Encoding: chunked"));
        row("coding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n");
        row("coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        const auto coding = [](const QByteArray &value) {
            return post + "Transfer-Encoding: " + value + "\r\n\r\n0\r\n\r\n";
        };
        row("chunked is not last", coding("chunked, gzip"));
        row("chunked twice", coding("chunked, chunked"));
        row("chunked in two lines", coding("chunked\r\nTransfer-Encoding: chunked"));
        row("identity", coding("identity"));
        row("unknown coding", coding("x"));
        row("empty coding", coding(""));
        row("vertical tab in the coding",
            coding("\x0b"
                   "chunked"));
        row("quoted coding", coding("\"chunked\""));
        row("gzip, chunked", coding("gzip, chunked"), 501);
    }

    static void chunks()
    {
        row("size is no number", chunked + "x\r\nabc\r\n0\r\n\r\n");
        row("size is empty", chunked + "\r\nabc\r\n0\r\n\r\n");
        row("size is negative", chunked + "-1\r\nabc\r\n0\r\n\r\n");
        row("size with 0x", chunked + "0x3\r\nabc\r\n0\r\n\r\n");
        row("size with a space before", chunked + " 3\r\nabc\r\n0\r\n\r\n");
        row("size overflows", chunked + "fffffffffffffffff\r\nabc\r\n0\r\n\r\n");
        row("size ends in bare LF", chunked + "3\nabc\r\n0\r\n\r\n");
        row("NUL in an extension", chunked + bytes("3;a=\0\r\nabc\r\n0\r\n\r\n"));
    }

    static void limits()
    {
        row("100 KiB header", get("X-A: " + QByteArray(100 << 10, 'a') + "\r\n"), 431);
        row("100 KiB of headers", get(QByteArray("X-A: 0123456789\r\n").repeated(6000)), 431);
        row("101 fields", get(QByteArray("X-A: b\r\n").repeated(101)), 431);
        row("100 KiB header name", get(QByteArray(100 << 10, 'a') + ": b\r\n"), 431);
        const QByteArray path(17 << 10, 'a');
        row("long target", "GET /" + path + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        row("endless target", "GET /" + path + path, 414);
        row("huge declared body", post + "Content-Length: 11534336\r\n\r\n", 413);
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestStrictRequests)
#include "tst_strictrequests.moc"
