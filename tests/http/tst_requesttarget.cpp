// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/requesttarget.h"

#include "tests/support/parsedrequest.h"

using namespace gatehouse;
using test::bytes;
using test::ParsedRequest;

/// RFC 9112, section 3.2, with the grammar of RFC 3986.
class TestRequestTarget : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTargetIsTakenOrRefused_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const QByteArray &target, int status, const QByteArray &path = {}) {
            QTest::newRow(target.toPercentEncoding("/:@[]?%*#").left(60).constData())
                << target << status << path;
        };
        originForms(row);
        dotSegments(row);
        absoluteForms(row);
        row("*", 400);
        row("**", 400);
        row("host:80", 400);
        row("example.com", 400);
        row("a/b", 400);
        row("?q", 400);
        row("#", 400);
    }
    void aTargetIsTakenOrRefused()
    {
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QFETCH(QByteArray, path);
        const ParsedRequest parsed(
            ("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n").toStdString());
        QVERIFY2(parsed.status() == status, parsed.reason());
        if (status == 200)
            QCOMPARE(QByteArray::fromStdString(std::string(parsed.request().path())), path);
    }

    void theAbsoluteFormWinsOverHost()
    {
        const ParsedRequest parsed("GET http://b.example:81/x?y HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(parsed.status(), 200);
        QVERIFY(parsed.request().authority() == "b.example:81");
        QVERIFY(parsed.request().path() == "/x");
        QVERIFY(parsed.request().query() == "y");
        QVERIFY(parsed.request().originalTarget() == "http://b.example:81/x?y");
    }

    void anEmptyQueryIsNotNoQuery()
    {
        const ParsedRequest with("GET /a? HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(with.request().hasQuery());
        QVERIFY(with.request().query().empty());
        const ParsedRequest without("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(!without.request().hasQuery());
    }

    void onlyOptionsTakesTheAsterisk()
    {
        const ParsedRequest options("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(options.status(), 200);
        QVERIFY(options.request().path() == "*");
        // RFC 9112, section 3.2.4: an absolute form without path means the same.
        const ParsedRequest absolute("OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(absolute.request().path() == "*");
        QCOMPARE(ParsedRequest("POST * HTTP/1.1\r\nHost: a\r\n\r\n").status(), 400);
    }

    void connectOpensNoTunnel()
    {
        QCOMPARE(ParsedRequest("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n").status(), 405);
        QCOMPARE(ParsedRequest("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n").status(), 405);
    }

    void longTargetsAre414()
    {
        HeadLimits limits;
        limits.uriBytes = 100;
        const auto statusOf = [&limits](int length) {
            const std::string target = "/" + std::string(std::size_t(length - 1), 'a');
            return ParsedRequest("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n", limits).status();
        };
        QCOMPARE(statusOf(100), 200);
        QCOMPARE(statusOf(101), 414);
        QCOMPARE(statusOf(5000), 414);
        QCOMPARE(statusOf(100'000), 414);
    }

private:
    template<typename Row>
    static void originForms(const Row &row)
    {
        row("/", 200, "/");
        row("/a/b;c=d,e", 200, "/a/b;c=d,e");
        row("/a//b", 200, "/a//b");
        row("//a", 200, "//a");
        row("/a%20b", 200, "/a%20b");
        row("/%41%2F%e2%82%ac", 200, "/%41%2F%e2%82%ac");
        row("/a:b@c!$&'()*+,;=~", 200, "/a:b@c!$&'()*+,;=~");
        row("/a?b=c&d[]=e?/", 200, "/a");
        row("/a?{b}|^`", 200, "/a");
        row("/a?%00", 200, "/a");
        row("/a#b", 400);
        row("/a?b#c", 400);
        row("/%", 400);
        row("/%4", 400);
        row("/%zz", 400);
        row("/%4g", 400);
        row("/a%", 400);
        row("/%00", 400);
        row("/a?%", 400);
        row("/a?b=%zz", 400);
        row("/a?b=%4", 400);
        row("/a\"b", 400);
        row("/a<b>", 400);
        row("/a\\b", 400);
        row("/a`b", 400);
        row("/a{b}", 400);
        row("/a?b\"", 400);
        row("/a?b<c", 400);
        row("/\xC3\xA4", 400);
        row("/a?\xC3\xA4", 400);
        row("/\xFF", 400);
        row(bytes("/a\0b"), 400);
        row("/a\tb", 400);
        row("/a\rb", 400);
        row("/a\x7F", 400);
        row("/a\x01", 400);
    }

    template<typename Row>
    static void dotSegments(const Row &row)
    {
        row("/.", 200, "/");
        row("/./a", 200, "/a");
        row("/a/.", 200, "/a/");
        row("/a/..", 200, "/");
        row("/a/../b", 200, "/b");
        row("/a/b/../../c", 200, "/c");
        row("/a//../b", 200, "/a/b");
        row("/a/%2e%2e/b", 200, "/b");
        row("/a/%2E./b", 200, "/b");
        row("/a/.%2e/b", 200, "/b");
        row("/a/%2e/b", 200, "/a/b");
        row("/...", 200, "/...");
        row("/a/..b/.c", 200, "/a/..b/.c");
        row("/a.b/c%2e", 200, "/a.b/c%2e");
        row("/a?../..", 200, "/a");
        row("/..", 400);
        row("/../a", 400);
        row("/a/../../b", 400);
        row("/%2e%2e/etc/passwd", 400);
        row("/a/%2e%2e/%2E%2E/b", 400);
    }

    template<typename Row>
    static void absoluteForms(const Row &row)
    {
        row("http://a", 200, "/");
        row("http://a/", 200, "/");
        row("HTTP://A/b", 200, "/b");
        row("http://a?b", 200, "/");
        row("http://a:8080/b/../c", 200, "/c");
        row("http://[::1]:80/b", 200, "/b");
        row("http://a:/b", 200, "/b");
        row("http://", 400);
        row("http:///a", 400);
        row("http://?a", 400);
        row("http://:80/", 400);
        row("http://a#b", 400);
        row("http://a/b#c", 400);
        row("http://u@a/", 400);
        row("http://u:p@a/", 400);
        row("http://a:b/", 400);
        row("http://a:99999/", 400);
        row("http://a:-1/", 400);
        row("http://[::1/", 400);
        row("http://a b/", 400);
        row("http:/a", 400);
        row("http:a", 400);
        row("ftp://a/", 400);
        row("://a", 400);
        row("https://a/", 421);
    }
};

QTEST_GUILESS_MAIN(TestRequestTarget)
#include "tst_requesttarget.moc"
