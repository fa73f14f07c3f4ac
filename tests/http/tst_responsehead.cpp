// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/headscanner.h"
#include "engine/http/responseparser.h"
#include "tests/support/parsedrequest.h"

using namespace gatehouse;
using test::bytes;
using Kind = Framing::Kind;

namespace {

/// What a client makes of the bytes of an answer's head.
struct ParsedResponse
{
    explicit ParsedResponse(const QByteArray &text, Method method = Method::Get)
        : m_bytes(text.toStdString())
        , framing(parse(method))
    {
    }

    Result<Framing> parse(Method method)
    {
        HeadScanner scanner;
        const auto status = scanner.scan(m_bytes, HeadLimits());
        if (!status || *status != HeadScanner::Status::Complete)
            return fail(ErrorCode::UpstreamProtocol, "the head has no end");
        const std::string_view head = m_bytes;
        return parseResponseHead(head.substr(scanner.begin(), scanner.end() - scanner.begin()),
                                 method, response);
    }
    [[nodiscard]] QByteArray reason() const
    {
        return framing ? "accepted" : framing.error().text().toUtf8();
    }

private:
    std::string m_bytes;
    Arena m_arena;

public:
    Response response{m_arena, 0};
    Result<Framing> framing;
};

ParsedResponse answer(const QByteArray &fields, const char *status = "HTTP/1.1 200 OK",
                      Method method = Method::Get)
{
    return ParsedResponse(status + QByteArray("\r\n") + fields + "\r\n", method);
}

} // namespace

/// RFC 9112, sections 4 and 6.3. What an upstream gets wrong becomes a 502, never a guess.
class TestResponseHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStatusLineIsTakenOrRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("status"); // 0: refused
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const QByteArray &line, int status,
                            const char *reason = "") {
            QTest::newRow(name) << line << status << QByteArray(reason);
        };
        row("plain", "HTTP/1.1 200 OK", 200, "OK");
        row("1.0", "HTTP/1.0 404 Not Found", 404, "Not Found");
        row("a higher minor", "HTTP/1.2 200 OK", 200, "OK");
        row("no phrase", "HTTP/1.1 200 ", 200);
        row("no blank after the code", "HTTP/1.1 200", 200);
        row("an unknown code", "HTTP/1.1 299 Odd", 299, "Odd");
        row("the last code", "HTTP/1.1 599 Odd", 599, "Odd");
        row("obs-text in the phrase", "HTTP/1.1 200 \xC3\xA4", 200, "\xC3\xA4");
        row("two digits", "HTTP/1.1 20 OK", 0);
        row("four digits", "HTTP/1.1 2000 OK", 0);
        row("000", "HTTP/1.1 000 OK", 0);
        row("099", "HTTP/1.1 099 OK", 0);
        row("600", "HTTP/1.1 600 OK", 0);
        row("999", "HTTP/1.1 999 OK", 0);
        row("negative", "HTTP/1.1 -20 OK", 0);
        row("letters", "HTTP/1.1 2xx OK", 0);
        row("no code", "HTTP/1.1 OK", 0);
        row("nothing after the version", "HTTP/1.1", 0);
        row("two blanks", "HTTP/1.1  200 OK", 0);
        row("tabs", "HTTP/1.1\t200\tOK", 0);
        row("a tab after the code", "HTTP/1.1 200\tOK", 0);
        row("lower case", "http/1.1 200 OK", 0);
        row("HTTP/2", "HTTP/2 200 OK", 0);
        row("HTTP/2.0", "HTTP/2.0 200 OK", 0);
        row("HTTP/0.9", "HTTP/0.9 200 OK", 0);
        row("HTTP/1.11", "HTTP/1.11 200 OK", 0);
        row("ICY", "ICY 200 OK", 0);
        row("a blank before", " HTTP/1.1 200 OK", 0);
        row("NUL in the phrase", bytes("HTTP/1.1 200 O\0K"), 0);
        row("CR in the phrase", "HTTP/1.1 200 O\rK", 0);
        row("a control in the phrase", "HTTP/1.1 200 \x1BOK", 0);
        row("HTML instead", "<html>", 0);
    }
    void aStatusLineIsTakenOrRefused()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        const ParsedResponse whole(line + "\r\nContent-Length: 0\r\n\r\n");
        QVERIFY2(whole.framing.has_value() == (status != 0), whole.reason());
        if (status == 0) {
            QVERIFY(whole.framing.error().code() == ErrorCode::UpstreamProtocol);
            return;
        }
        QCOMPARE(whole.response.status(), status);
        QCOMPARE(QByteArray::fromStdString(std::string(whole.response.reason())), reason);
    }

    void theEndOfTheBodyIsKnown_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<int>("kind"); // -1: refused
        QTest::addColumn<bool>("keepsAlive");
        const auto row = [](const char *name, const char *status, const char *fields, Kind kind,
                            bool keepsAlive) {
            QTest::newRow(name) << QByteArray(status) << QByteArray(fields) << int(kind)
                                << keepsAlive;
        };
        const char *const ok = "HTTP/1.1 200 OK";
        const char *const old = "HTTP/1.0 200 OK";
        row("length", ok, "Content-Length: 5\r\n", Kind::Length, true);
        row("length 0", ok, "Content-Length: 0\r\n", Kind::None, true);
        row("chunked", ok, "Transfer-Encoding: Chunked\r\n", Kind::Chunked, true);
        row("until close", ok, "", Kind::UntilClose, false);
        row("until close, though it says keep-alive", ok, "Connection: keep-alive\r\n",
            Kind::UntilClose, false);
        row("close", ok, "Connection: close\r\nContent-Length: 5\r\n", Kind::Length, false);
        row("1.0", old, "Content-Length: 5\r\n", Kind::Length, false);
        row("1.0 keep-alive", old, "Connection: keep-alive\r\nContent-Length: 5\r\n", Kind::Length,
            true);
        row("204", "HTTP/1.1 204 No Content", "", Kind::None, true);
        row("204 with a length", "HTTP/1.1 204 No Content", "Content-Length: 5\r\n", Kind::None,
            true);
        row("204 chunked", "HTTP/1.1 204 No Content", "Transfer-Encoding: chunked\r\n", Kind::None,
            true);
        row("304", "HTTP/1.1 304 Not Modified", "Content-Length: 5\r\n", Kind::None, true);
        row("100", "HTTP/1.1 100 Continue", "", Kind::None, true);
        row("103", "HTTP/1.1 103 Early Hints", "Link: </a>\r\nContent-Length: 9\r\n", Kind::None,
            true);
        row("a blank before the colon", ok, "Content-Length \t: 5\r\n", Kind::Length, true);
        const auto bad = [](const char *name, const char *status, const QByteArray &fields) {
            QTest::newRow(name) << QByteArray(status) << fields << -1 << false;
        };
        bad("length and chunked", ok, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n");
        bad("bad length", ok, "Content-Length: five\r\n");
        bad("negative length", ok, "Content-Length: -5\r\n");
        bad("empty length", ok, "Content-Length:\r\n");
        bad("two equal lengths", ok, "Content-Length: 5\r\nContent-Length: 5\r\n");
        bad("two lengths", ok, "Content-Length: 5\r\nContent-Length: 6\r\n");
        bad("a list of lengths", ok, "Content-Length: 5, 5\r\n");
        bad("gzip", ok, "Transfer-Encoding: gzip\r\n");
        bad("gzip, chunked", ok, "Transfer-Encoding: gzip, chunked\r\n");
        bad("chunked, gzip", ok, "Transfer-Encoding: chunked, gzip\r\n");
        bad("chunked twice", ok, "Transfer-Encoding: chunked, chunked\r\n");
        bad("identity", ok, "Transfer-Encoding: identity\r\n");
        bad("empty coding", ok, "Transfer-Encoding:\r\n");
        bad("chunked in 1.0", old, "Transfer-Encoding: chunked\r\n");
        bad("folded", ok, "X: y\r\n z\r\nContent-Length: 5\r\n");
        bad("folded first", ok, " X: y\r\nContent-Length: 5\r\n");
        bad("bare LF", ok, "X: y\nContent-Length: 5\r\n");
        bad("no colon", ok, "X\r\n");
        bad("no name", ok, ": y\r\n");
        bad("blanks alone before the colon", ok, " : y\r\n");
        bad("a blank in the name", ok, "X Y: z\r\n");
        bad("NUL", ok, bytes("X: \0\r\n"));
        bad("CR", ok, "X: a\rb\r\n");
        bad("control", ok, "X: a\x02\r\n");
    }
    void theEndOfTheBodyIsKnown()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, fields);
        QFETCH(int, kind);
        QFETCH(bool, keepsAlive);
        const ParsedResponse parsed = answer(fields, status.constData());
        QVERIFY2(parsed.framing.has_value() == (kind >= 0), parsed.reason());
        if (kind >= 0) {
            QCOMPARE(int(parsed.framing->kind), kind);
            QCOMPARE(parsed.framing->keepsAlive, keepsAlive);
            return;
        }
        QVERIFY(parsed.framing.error().code() == ErrorCode::UpstreamProtocol);
    }

    void anAnswerToHeadHasNoContent()
    {
        for (const char *fields : {"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", ""}) {
            const ParsedResponse parsed = answer(fields, "HTTP/1.1 200 OK", Method::Head);
            QVERIFY2(parsed.framing.has_value(), parsed.reason());
            QVERIFY(parsed.framing->kind == Kind::None);
            QVERIFY(parsed.framing->keepsAlive);
        }
    }

    void blanksBeforeTheColonAreRemoved() // RFC 9112, section 5.1
    {
        const ParsedResponse parsed = answer("X-A : b\r\nContent-Length: 0\r\n");
        QVERIFY(parsed.framing);
        QVERIFY(parsed.response.headers().fields()[0].name == "X-A");
        QVERIFY(parsed.response.headers().value("X-A") == "b");
    }
};

QTEST_GUILESS_MAIN(TestResponseHead)
#include "tst_responsehead.moc"
