// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/parsedrequest.h"

using namespace gatehouse;
using test::bytes;
using test::ParsedRequest;

/// RFC 9112, section 3, and section 2.2 for what stands before it.
// S002-09: raw bytes become a Request, here without a socket.
class TestRequestLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineIsTakenOrRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &line, int status) {
            QTest::newRow(name) << line << status;
        };
        row("plain", "GET / HTTP/1.1\r\n", 200);
        row("HTTP/1.0", "GET / HTTP/1.0\r\n", 200);
        row("a higher minor is 1.1", "GET / HTTP/1.2\r\n", 200);
        row("an extension method", "M-SEARCH / HTTP/1.1\r\n", 200);
        row("every token character", "!#$%&'*+-.^_`|~09azAZ / HTTP/1.1\r\n", 200);
        row("a lower-case method is another method", "get / HTTP/1.1\r\n", 200);
        row("one CRLF before", "\r\nGET / HTTP/1.1\r\n", 200);
        row("four CRLFs before", "\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n", 200);
        row("a flood of CRLFs before", "\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n", 400);
        row("a bare LF before", "\nGET / HTTP/1.1\r\n", 400);
        row("a bare CR before", "\rGET / HTTP/1.1\r\n", 400);
        row("a space before", " GET / HTTP/1.1\r\n", 400);
        row("a tab before", "\tGET / HTTP/1.1\r\n", 400);
        row("two spaces before the target", "GET  / HTTP/1.1\r\n", 400);
        row("two spaces before the version", "GET /  HTTP/1.1\r\n", 400);
        row("a space after the version", "GET / HTTP/1.1 \r\n", 400);
        row("a tab after the version", "GET / HTTP/1.1\t\r\n", 400);
        row("tabs between", "GET\t/\tHTTP/1.1\r\n", 400);
        row("a tab before the target", "GET\t/ HTTP/1.1\r\n", 400);
        row("a vertical tab between", "GET\v/ HTTP/1.1\r\n", 400);
        row("a space in the target", "GET /a b HTTP/1.1\r\n", 400);
        row("HTTP/0.9", "GET /\r\n", 400);
        row("HTTP/0.9 with its version", "GET / HTTP/0.9\r\n", 505);
        row("HTTP/2.0", "GET / HTTP/2.0\r\n", 505);
        row("the preface of HTTP/2", "PRI * HTTP/2.0\r\n", 505);
        row("HTTP/3.0", "GET / HTTP/3.0\r\n", 505);
        row("HTTP/2 without minor", "GET / HTTP/2\r\n", 400);
        row("HTTP/1", "GET / HTTP/1\r\n", 400);
        row("HTTP/1.", "GET / HTTP/1.\r\n", 400);
        row("HTTP/11.1", "GET / HTTP/11.1\r\n", 400);
        row("HTTP/1.11", "GET / HTTP/1.11\r\n", 400);
        row("HTTP/1.a", "GET / HTTP/1.a\r\n", 400);
        row("HTTP/1,1", "GET / HTTP/1,1\r\n", 400);
        row("HTTP/-1.1", "GET / HTTP/-1.1\r\n", 400);
        row("lower-case http", "GET / http/1.1\r\n", 400);
        row("mixed case", "GET / Http/1.1\r\n", 400);
        row("a space in the version", "GET / HTTP/ 1.1\r\n", 400);
        row("another protocol", "GET / HTTPS/1.1\r\n", 400);
        row("SIP", "OPTIONS / SIP/2.0\r\n", 400);
        row("no version", "GET / \r\n", 400);
        row("no target", "GET HTTP/1.1\r\n", 400);
        row("an empty target", "GET  HTTP/1.1\r\n", 400);
        row("the method alone", "GET\r\n", 400);
        row("the version alone", "HTTP/1.1\r\n", 400);
        row("no method", " / HTTP/1.1\r\n", 400);
        row("a separator in the method", "GE(T / HTTP/1.1\r\n", 400);
        row("a colon after the method", "GET: / HTTP/1.1\r\n", 400);
        row("an at sign in the method", "G@T / HTTP/1.1\r\n", 400);
        row("a quote before the method", "\"GET / HTTP/1.1\r\n", 400);
        row("a non-ASCII method", "G\xC3\x84T / HTTP/1.1\r\n", 400);
        row("NUL in the method", bytes("G\0T / HTTP/1.1\r\n"), 400);
        row("NUL in the version", bytes("GET / HTTP/1.\0\r\n"), 400);
        row("NUL after the version", bytes("GET / HTTP/1.1\0\r\n"), 400);
        row("CR in the line", "GET /\rHTTP/1.1\r\n", 400);
        row("CR in the method", "GE\rT / HTTP/1.1\r\n", 400);
        row("CR twice at the end", "GET / HTTP/1.1\r\r\n", 400);
        row("bare LF at the end", "GET / HTTP/1.1\n", 400);
        row("bare CR at the end", "GET / HTTP/1.1\r", 400);
        row("a method longer than any", QByteArray(40, 'M') + " / HTTP/1.1\r\n", 501);
        row("TLS to the plain port", bytes("\x16\x03\x01\x02\0\x01\0\x01\xFC\x03\x03\r\n"), 400);
    }
    void aLineIsTakenOrRefused()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        const ParsedRequest parsed((line + "Host: a\r\n\r\n").toStdString());
        QVERIFY2(parsed.status() == status, parsed.reason());
    }

    void whatCanNeverBecomeARequestIsRefusedAtOnce_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("HTTP/0.9, waiting for its answer") << QByteArray("GET /\r\n");
        QTest::newRow("lower-case http") << QByteArray("GET / http/1.1\r\n");
        QTest::newRow("bare LF") << QByteArray("GET / HTTP/1.1\n");
        QTest::newRow("bare LF twice") << QByteArray("\n\n");
        QTest::newRow("TLS") << QByteArray("\x16\x03");
        QTest::newRow("a space") << QByteArray(" ");
        QTest::newRow("a field line with bare LF") << QByteArray("GET / HTTP/1.1\r\nHost: a\n");
    }
    void whatCanNeverBecomeARequestIsRefusedAtOnce()
    {
        QFETCH(QByteArray, start);
        QCOMPARE(ParsedRequest(start.toStdString()).status(), 400);
    }

    void methodAndVersionAreKept()
    {
        const ParsedRequest parsed("PATCH /x HTTP/1.0\r\n\r\n");
        QCOMPARE(parsed.status(), 200);
        QVERIFY(parsed.request().method() == Method::Patch);
        QCOMPARE(parsed.request().minorVersion(), 0);
        const ParsedRequest other("get /x HTTP/1.7\r\nHost: a\r\n\r\n");
        QVERIFY(other.request().method() == Method::Other);
        QVERIFY(other.request().methodText() == "get");
        QCOMPARE(other.request().minorVersion(), 1);
    }
};

QTEST_GUILESS_MAIN(TestRequestLine)
#include "tst_requestline.moc"
