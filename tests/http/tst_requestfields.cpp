// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/parsedrequest.h"

using namespace gatehouse;
using test::bytes;
using test::ParsedRequest;

/// RFC 9112, sections 3.2 (Host) and 5 (field syntax).
class TestRequestFields : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostIsRequiredOnceAndValid_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("in11");
        QTest::addColumn<int>("in10");
        const auto row = [](const char *name, const QByteArray &fields, int in11, int in10) {
            QTest::newRow(name) << fields << in11 << in10;
        };
        row("missing", "", 400, 200);
        row("there", "Host: a\r\n", 200, 200);
        row("any case", "hOST: a\r\n", 200, 200);
        row("with port", "Host: a:8080\r\n", 200, 200);
        row("twice", "Host: a\r\nHost: b\r\n", 400, 400);
        row("twice the same", "Host: a\r\nhost: a\r\n", 400, 400);
        row("empty", "Host:\r\n", 400, 400);
        row("a port alone", "Host: :80\r\n", 400, 400);
        const auto value = [&row](const QByteArray &host, int status) {
            row(host.toPercentEncoding(":[]/@").constData(), "Host: " + host + "\r\n", status,
                status);
        };
        value("a:", 200);
        value("a:0", 200);
        value("a:65535", 200);
        value("a:65536", 400);
        value("a:123456", 400);
        value("a:-1", 400);
        value("a:+1", 400);
        value("a:8 0", 400);
        value("a:80:80", 400);
        value("a:http", 400);
        value("127.0.0.1", 200);
        value("[::1]", 200);
        value("[::1]:80", 200);
        value("[2001:db8::ff00:42:8329]", 200);
        value("[::ffff:192.0.2.1]", 200);
        value("[::1", 400);
        value("::1", 400);
        value("[]", 400);
        value("[::g]", 400);
        value("[1:2]", 400);
        value("[:::]", 400);
        value("[127.0.0.1]", 400);
        value("[::1]x", 400);
        value("[::1]:x", 400);
        value("[fe80::1%25lo]", 400);
        value("a b", 400);
        value("a, b", 400);
        value("a/b", 400);
        value("a?b", 400);
        value("a#b", 400);
        value("a\\b", 400);
        value("u@a", 400);
        value("http://a", 400);
        value("a<b", 400);
        value("a%20b", 200);
        value("a%2", 400);
        value("\xC3\xA4", 400);
        value("xn--bcher-kva.example", 200);
        value("under_score", 200);
        value(QByteArray(256, 'a'), 400);
    }
    void hostIsRequiredOnceAndValid()
    {
        QFETCH(QByteArray, fields);
        QFETCH(int, in11);
        QFETCH(int, in10);
        const ParsedRequest newer(("GET / HTTP/1.1\r\n" + fields + "\r\n").toStdString());
        QVERIFY2(newer.status() == in11, newer.reason());
        const ParsedRequest older(("GET / HTTP/1.0\r\n" + fields + "\r\n").toStdString());
        QVERIFY2(older.status() == in10, older.reason());
        // An absolute form replaces Host; it does not excuse it.
        const ParsedRequest absolute(
            ("GET http://b/ HTTP/1.1\r\n" + fields + "\r\n").toStdString());
        QVERIFY2(absolute.status() == in11, absolute.reason());
    }

    // RFC 9110, section 7.6.1: what the sender lists is for this hop, and gone before anybody looks
    void fieldsThatConnectionNamesAreTakenOut_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("left");
        const auto row = [](const char *name, const QByteArray &fields, const QByteArray &left) {
            QTest::newRow(name) << fields << left;
        };
        row("one", "Connection: X-A\r\nX-A: 1\r\nX-B: 2\r\n", "Connection X-B");
        row("named after it", "X-A: 1\r\nConnection: x-a\r\n", "Connection");
        row("every line", "X-A: 1\r\nConnection: close, X-A\r\nX-A: 2\r\n", "Connection");
        row("two lists", "Connection: X-A\r\nConnection: X-B\r\nX-A: 1\r\nX-B: 2\r\n",
            "Connection Connection");
        row("a known one", "Connection: X-Request-ID\r\nX-Request-ID: 1\r\n", "Connection");
        row("none", "Connection: keep-alive\r\nKeep-Alive: 5\r\n", "Connection Keep-Alive");
        row("for the codec", "Connection: Upgrade, TE\r\nUpgrade: x\r\nTE: trailers\r\n",
            "Connection Upgrade TE");
        row("framing", "Connection: Content-Length\r\nContent-Length: 3\r\n",
            "Connection Content-Length");
        row("itself", "Connection: Connection, Host\r\n", "Connection");
        row("the way it took",
            "Connection: X-Forwarded-For, Via\r\nX-Forwarded-For: 1\r\nVia: 1\r\n",
            "Connection X-Forwarded-For Via");
    }
    void fieldsThatConnectionNamesAreTakenOut()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const QByteArray, left);
        const ParsedRequest parsed(
            ("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").toStdString());
        QVERIFY2(parsed.status() == 200, parsed.reason());
        QByteArrayList names;
        for (const Field &field : parsed.request().headers().fields())
            names.append(QByteArray(field.name.data(), qsizetype(field.name.size())));
        QCOMPARE(names.join(' '), "Host " + left);
    }

    void aFieldLineIsTakenOrRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("value");
        const auto row = [](const char *name, const QByteArray &line, int status,
                            const QByteArray &value = {}) {
            QTest::newRow(name) << line << status << value;
        };
        row("plain", "X: y\r\n", 200, "y");
        row("no blank", "X:y\r\n", 200, "y");
        row("blanks around", "X: \t y z\t \r\n", 200, "y z");
        row("empty", "X:\r\n", 200, "");
        row("blanks alone", "X: \t \r\n", 200, "");
        row("a tab inside", "X: y\tz\r\n", 200, "y\tz");
        row("colons in the value", "X: y:z:\r\n", 200, "y:z:");
        row("UTF-8", "X: \xC3\xA4\r\n", 200, "\xC3\xA4");
        row("obs-text", "X: \xFF\x80\r\n", 200, "\xFF\x80");
        row("every token character", "X!#$%&'*+-.^_`|~: y\r\nX: y\r\n", 200, "y");
        row("a blank before the colon", "X : y\r\n", 400);
        row("a tab before the colon", "X\t: y\r\n", 400);
        row("a blank before the name", " X: y\r\n", 400);
        row("a blank in the name", "X Y: z\r\n", 400);
        row("folded", "X: y\r\n z\r\n", 400);
        row("folded with a tab", "X: y\r\n\tz\r\n", 400);
        row("folded, blanks alone", "X: y\r\n \r\n", 400);
        row("no colon", "X\r\n", 400);
        row("no colon, last", "X: y\r\nZ\r\n", 400);
        row("no name", ": y\r\n", 400);
        row("a colon alone", ":\r\n", 400);
        row("parentheses in the name", "X(Y): z\r\n", 400);
        row("a slash in the name", "X/Y: z\r\n", 400);
        row("a quote in the name", "\"X\": z\r\n", 400);
        row("UTF-8 in the name", "X\xC3\xA4: z\r\n", 400);
        row("NUL in the name", bytes("X\0: z\r\n"), 400);
        row("NUL in the value", bytes("X: y\0z\r\n"), 400);
        row("NUL at the end", bytes("X: y\0\r\n"), 400);
        row("CR in the value", "X: y\rz\r\n", 400);
        row("CR at the end of the value", "X: y\r\r\n", 400);
        row("CR alone", "X: \r\r\n", 400);
        row("CR in the name", "X\rY: z\r\n", 400);
        row("bare LF at the end", "X: y\n", 400);
        row("bare LF inside", "X: y\nZ: z\r\n", 400);
        row("SOH", "X: \x01\r\n", 400);
        row("escape", "X: \x1B[2J\r\n", 400);
        row("vertical tab", "X: y\v\r\n", 400);
        row("form feed", "X: y\f\r\n", 400);
        row("DEL", "X: y\x7F\r\n", 400);
        row("DEL after many", "X: " + QByteArray(40, 'y') + "\x7F\r\n", 400);
        row("a long value", "X: " + QByteArray(5000, 'y') + "\r\n", 200, QByteArray(5000, 'y'));
    }
    void aFieldLineIsTakenOrRefused()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        QFETCH(QByteArray, value);
        const ParsedRequest first(("GET / HTTP/1.1\r\n" + line + "Host: a\r\n\r\n").toStdString());
        QVERIFY2(first.status() == status, first.reason());
        const ParsedRequest last(("GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n").toStdString());
        QVERIFY2(last.status() == status, last.reason());
        if (status != 200)
            return;
        QVERIFY(last.request().headers().find("X"));
        QCOMPARE(QByteArray::fromStdString(std::string(last.request().headers().value("X"))),
                 value);
    }

    void tooManyOrTooLargeFieldsAre431()
    {
        const auto withLines = [](int count) {
            std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
            for (int i = 1; i < count; ++i)
                head += "X-" + std::to_string(i) + ": y\r\n";
            return head + "\r\n";
        };
        QCOMPARE(ParsedRequest(withLines(100)).status(), 200);
        QCOMPARE(ParsedRequest(withLines(101)).status(), 431);
        QCOMPARE(ParsedRequest(withLines(10'000)).status(), 431);
        const std::string huge = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(70'000, 'y');
        QCOMPARE(ParsedRequest(huge + "\r\n\r\n").status(), 431);
        QCOMPARE(ParsedRequest(huge).status(), 431); // no need to wait for its end
        const std::string hugeName = "GET / HTTP/1.1\r\nHost: a\r\n" + std::string(70'000, 'y');
        QCOMPARE(ParsedRequest(hugeName).status(), 431);
    }
};

QTEST_GUILESS_MAIN(TestRequestFields)
#include "tst_requestfields.moc"
