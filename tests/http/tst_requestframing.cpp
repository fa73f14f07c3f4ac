// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/parsedrequest.h"

using namespace gatehouse;
using test::bytes;
using test::ParsedRequest;

namespace {

ParsedRequest post(const QByteArray &fields, const char *version = "HTTP/1.1",
                   const char *method = "POST")
{
    std::string head = std::string(method) + " / " + version + "\r\nHost: a\r\n";
    return ParsedRequest(head + fields.toStdString() + "\r\n");
}

} // namespace

/// RFC 9112, section 6; RFC 9110, sections 8.6 and 10.1.1. Smuggling begins where two parties read
/// these differently, so everything that could be read in two ways is refused.
class TestRequestFraming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contentLengthIsANumberOnce_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<qlonglong>("length"); // -1: refused
        const auto row = [](const QByteArray &value, qlonglong length) {
            QTest::newRow(value.isEmpty() ? "(empty)" : value.toPercentEncoding().constData())
                << value << length;
        };
        row("5", 5);
        row("0", 0);
        row("  5\t", 5);
        row("0005", 5);
        row("999999999999999999", 999999999999999999);
        row("", -1);
        row("+5", -1);
        row("-5", -1);
        row("-0", -1);
        row("0x5", -1);
        row("5 5", -1);
        row("5,5", -1);
        row("5, 5", -1);
        row("5,", -1);
        row("5;", -1);
        row("5.0", -1);
        row("5e1", -1);
        row("1_000", -1);
        row("\"5\"", -1);
        row("five", -1);
        row("9223372036854775807", -1);
        row("9223372036854775808", -1);
        row("18446744073709551621", -1); // 2^64 + 5
        row("99999999999999999999999999", -1);
        row("\xEF\xBC\x95", -1); // a full-width 5
        row(bytes("5\0"), -1);
        row("5\v", -1);
    }
    void contentLengthIsANumberOnce()
    {
        QFETCH(QByteArray, value);
        QFETCH(qlonglong, length);
        const ParsedRequest parsed = post("Content-Length: " + value + "\r\n");
        QVERIFY2(parsed.status() == (length < 0 ? 400 : 200), parsed.reason());
        if (length < 0)
            return;
        QCOMPARE(parsed.framing().length, length);
        QVERIFY(parsed.framing().kind
                == (length > 0 ? Framing::Kind::Length : Framing::Kind::None));
    }

    void repeatedContentLengthIsRefused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("same") << QByteArray("Content-Length: 5\r\nContent-Length: 5\r\n");
        QTest::newRow("different") << QByteArray("Content-Length: 5\r\ncontent-length: 6\r\n");
        QTest::newRow("zero first") << QByteArray("Content-Length: 0\r\nContent-Length: 5\r\n");
        QTest::newRow("far apart")
            << QByteArray("Content-Length: 5\r\nX: y\r\nContent-Length: 5\r\n");
        QTest::newRow("one is empty") << QByteArray("Content-Length: 5\r\nContent-Length:\r\n");
    }
    void repeatedContentLengthIsRefused()
    {
        QFETCH(QByteArray, fields);
        QCOMPARE(post(fields).status(), 400);
    }

    void transferEncodingIsChunkedOrRefused_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("status");
        const auto row = [](const QByteArray &value, int status) {
            QTest::newRow(value.isEmpty() ? "(empty)" : value.toPercentEncoding().constData())
                << "Transfer-Encoding: " + value + "\r\n"
                << status;
        };
        row("chunked", 200);
        row("Chunked", 200);
        row("CHUNKED", 200);
        row(" chunked\t", 200);
        row("chunked, chunked", 400);
        row("chunked,chunked", 400);
        row("gzip, chunked", 501);
        row("deflate,gzip,chunked", 501);
        row("chunked, gzip", 400);
        row("chunked, identity", 400);
        row("identity", 400);
        row("identity, chunked", 501);
        row("gzip", 400);
        row("xchunked", 400);
        row("chunkedx", 400);
        row("chunk", 400);
        row("", 400);
        row(",", 400);
        row("\"chunked\"", 400);
        row("chunked;q=1", 400);
        row("chunked;", 400);
        row("chun ked", 400);
        row("chunked chunked", 400);
        row("\vchunked", 400);
        row(bytes("chunked\0"), 400);
        row("ch\xC3\xBCnked", 400);
        const auto lines = [](const char *name, const char *fields, int status) {
            QTest::newRow(name) << QByteArray(fields) << status;
        };
        lines("two lines, both chunked",
              "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400);
        lines("two lines, gzip first", "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
              501);
        lines("two lines, gzip last", "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n",
              400);
        lines("two lines, identity last",
              "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", 400);
        lines("two lines, empty last", "Transfer-Encoding: chunked\r\nTransfer-Encoding:\r\n", 400);
        lines("with Content-Length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400);
        lines("after Content-Length", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400);
        lines("with Content-Length 0", "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", 400);
        lines("a blank before the colon", "Transfer-Encoding : chunked\r\n", 400);
        lines("folded", "Transfer-Encoding:\r\n chunked\r\n", 400);
        lines("an underscore is another field", "Transfer_Encoding: chunked\r\n", 200);
    }
    void transferEncodingIsChunkedOrRefused()
    {
        QFETCH(QByteArray, fields);
        QFETCH(int, status);
        const ParsedRequest parsed = post(fields);
        QVERIFY2(parsed.status() == status, parsed.reason());
        if (status == 200 && fields.contains('-'))
            QVERIFY(parsed.framing().kind == Framing::Kind::Chunked);
        QCOMPARE(post(fields, "HTTP/1.0").status(), fields.contains("_") ? 200 : 400);
    }

    void withoutFramingThereIsNoBody()
    {
        QVERIFY(post("").framing().kind == Framing::Kind::None);
        QVERIFY(post("Content-Type: text/plain\r\n").framing().kind == Framing::Kind::None);
    }

    void traceHasNoBody()
    {
        QCOMPARE(post("", "HTTP/1.1", "TRACE").status(), 200);
        QCOMPARE(post("Content-Length: 0\r\n", "HTTP/1.1", "TRACE").status(), 200);
        QCOMPARE(post("Content-Length: 1\r\n", "HTTP/1.1", "TRACE").status(), 400);
        QCOMPARE(post("Transfer-Encoding: chunked\r\n", "HTTP/1.1", "TRACE").status(), 400);
    }

    void onlyTheContinueExpectationIsKnown_data()
    {
        QTest::addColumn<QByteArray>("expect");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *expect, int status) {
            QTest::newRow(name) << QByteArray(expect) << status;
        };
        row("continue", "Expect: 100-continue\r\n", 200);
        row("any case", "expect: 100-Continue\r\n", 200);
        row("other", "Expect: 200-ok\r\n", 417);
        row("both in one", "Expect: 100-continue, other\r\n", 417);
        row("other line first", "Expect: other\r\nExpect: 100-continue\r\n", 417);
        row("other line last", "Expect: 100-continue\r\nExpect: other\r\n", 417);
        row("with a parameter", "Expect: 100-continue;a=b\r\n", 417);
        row("empty", "Expect:\r\n", 200);
    }
    void onlyTheContinueExpectationIsKnown()
    {
        QFETCH(QByteArray, expect);
        QFETCH(int, status);
        QCOMPARE(post(expect + "Content-Length: 5\r\n").status(), status);
        QCOMPARE(post(expect).status(), status);
        const ParsedRequest older = post(expect + "Content-Length: 5\r\n", "HTTP/1.0");
        QCOMPARE(older.status(), 200); // RFC 9110, section 10.1.1: ignored
        QVERIFY(!older.framing().expectsContinue);
    }

    void aBodyIsContinuedOnlyIfThereIsOne()
    {
        const QByteArray expect = "Expect: 100-continue\r\n";
        QVERIFY(post(expect + "Content-Length: 5\r\n").framing().expectsContinue);
        QVERIFY(post(expect + "Transfer-Encoding: chunked\r\n").framing().expectsContinue);
        QVERIFY(!post(expect + "Content-Length: 0\r\n").framing().expectsContinue);
        QVERIFY(!post(expect).framing().expectsContinue);
    }

    void connectionTokensDecideOnKeepAlive_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("in11");
        QTest::addColumn<bool>("in10");
        const auto row = [](const char *name, const char *fields, bool in11, bool in10) {
            QTest::newRow(name) << QByteArray(fields) << in11 << in10;
        };
        row("none", "", true, false);
        row("close", "Connection: close\r\n", false, false);
        row("any case", "Connection: CLOSE\r\n", false, false);
        row("keep-alive", "Connection: Keep-Alive\r\n", true, true);
        row("in a list", "Connection: foo , close,bar\r\n", false, false);
        row("on another line", "Connection: keep-alive\r\nConnection: close\r\n", false, false);
        row("close wins", "Connection: close, keep-alive\r\n", false, false);
        row("not a part of a token", "Connection: closed\r\n", true, false);
        row("empty", "Connection:\r\n", true, false);
        row("empty members", "Connection: ,, keep-alive ,\r\n", true, true);
    }
    void connectionTokensDecideOnKeepAlive()
    {
        QFETCH(QByteArray, fields);
        QFETCH(bool, in11);
        QFETCH(bool, in10);
        QCOMPARE(post(fields).framing().keepsAlive, in11);
        QCOMPARE(post(fields, "HTTP/1.0").framing().keepsAlive, in10);
    }
};

QTEST_GUILESS_MAIN(TestRequestFraming)
#include "tst_requestframing.moc"
