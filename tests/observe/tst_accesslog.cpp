// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/accesslog.h"

#include "tests/support/chainrunner.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace gatehouse;

namespace {

/// A finished exchange; its texts need not be what a parser would let through.
void finish(Exchange &exchange, std::string_view target, int status)
{
    exchange.request().setMethod("GET");
    exchange.request().setOriginalTarget(target);
    exchange.request().setOriginalAuthority("a.example");
    exchange.setClientAddress("192.0.2.7");
    exchange.setRequestId("id-1");
    exchange.setRoute("users", 1);
    exchange.setStatus(status);
    exchange.addBytesSent(12);
    exchange.addBytesReceived(34);
    const SteadyTime start{std::chrono::seconds(100)};
    exchange.setStartTime(start);
    exchange.trace().start(start);
    exchange.trace().mark("route.match", start + std::chrono::microseconds(15));
    exchange.finish(start + std::chrono::microseconds(1'234'567));
}

QByteArray jsonLine(const Exchange &exchange, bool withStages = false)
{
    std::string line;
    observe::appendJsonLine(line, exchange, withStages);
    return QByteArray::fromStdString(line);
}

QJsonObject parsed(const QByteArray &line)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    return error.error == QJsonParseError::NoError && line.endsWith('\n') && line.count('\n') == 1
        ? document.object()
        : QJsonObject();
}

} // namespace

/// S001-57, S001-61, S002-109
class TestAccessLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLineSaysWhatHappened()
    {
        Exchange exchange;
        exchange.upstream() = {"users", "http://10.0.0.1:80", 2, true};
        exchange.setErrorCode(ErrorCode::UpstreamReset);
        finish(exchange, "/a/b?c=d&token=t", 502);
        const QJsonObject line = parsed(jsonLine(exchange));
        static const QRegularExpression timestamp("^20\\d\\d-\\d\\d-\\d\\dT[\\d:]{8}\\.\\d{3}Z$");
        QVERIFY(timestamp.match(line["ts"].toString()).hasMatch());
        QCOMPARE(line["level"].toString(), "error");
        QCOMPARE(line["msg"].toString(), "request");
        QCOMPARE(line["component"].toString(), "access");
        QCOMPARE(line["request_id"].toString(), "id-1");
        QCOMPARE(line["client"].toString(), "192.0.2.7");
        QCOMPARE(line["method"].toString(), "GET");
        QCOMPARE(line["host"].toString(), "a.example");
        QCOMPARE(line["path"].toString(), "/a/b");
        QCOMPARE(line["query"].toString(), "c=d&token=***");
        QCOMPARE(line["protocol"].toString(), "HTTP/1.1");
        QCOMPARE(line["status"].toInt(), 502);
        QCOMPARE(line["duration_ms"].toDouble(), 1234.567);
        QCOMPARE(line["bytes_sent"].toInt(), 12);
        QCOMPARE(line["bytes_received"].toInt(), 34);
        QCOMPARE(line["route"].toString(), "users");
        QCOMPARE(line["service"].toString(), "users");
        QCOMPARE(line["instance"].toString(), "http://10.0.0.1:80");
        QCOMPARE(line["attempts"].toInt(), 2);
        QCOMPARE(line["reused"].toBool(), true);
        QCOMPARE(line["error"].toString(), "upstream_reset");
        QVERIFY(!line.contains("stages"));
    }

    void theLevelFollowsTheStatus_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("level");
        const auto row = [](int status, const char *level) {
            QTest::addRow("%d", status) << status << QString(level);
        };
        row(200, "info");
        row(304, "info");
        row(400, "warning");
        row(499, "warning");
        row(500, "error");
        row(504, "error");
        row(0, "warning"); // cancelled before an answer
    }
    void theLevelFollowsTheStatus()
    {
        QFETCH(int, status);
        QFETCH(QString, level);
        Exchange exchange;
        finish(exchange, "/", status);
        QCOMPARE(parsed(jsonLine(exchange))["level"].toString(), level);
    }

    void stagesAreAChoice()
    {
        Exchange exchange;
        finish(exchange, "/", 200);
        const QJsonArray stages = parsed(jsonLine(exchange, true))["stages"].toArray();
        QCOMPARE(stages.size(), 1);
        QCOMPARE(stages[0].toObject()["name"].toString(), "route.match");
        QCOMPARE(stages[0].toObject()["us"].toInt(), 15);
        QCOMPARE(stages[0].toObject()["verdict"].toString(), "passed");
    }

    void hostileInputStaysInItsLine_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("quotes") << QByteArray("/\"},{\"status\":200");
        QTest::newRow("backslash") << QByteArray("/a\\");
        QTest::newRow("newline") << QByteArray("/a\r\n{\"forged\":1}");
        QTest::newRow("escape") << QByteArray("/\x1B[2J");
        QTest::newRow("NUL") << QByteArray("/a\0b", 4);
        QTest::newRow("invalid UTF-8") << QByteArray("/\xFF\xC3\x28\xED\xA0\x80\xF8");
        QTest::newRow("cut UTF-8") << QByteArray("/\xE2\x82");
        QTest::newRow("in the query") << QByteArray("/?\"\r\n&token=\"\x7F");
        QByteArray all;
        for (int c = 0; c < 256; ++c)
            all.append(char(c));
        QTest::newRow("every byte") << all;
        QTest::newRow("every byte in the query") << "/?" + all;
    }
    void hostileInputStaysInItsLine()
    {
        QFETCH(QByteArray, text);
        const std::string hostile = text.toStdString();
        Exchange exchange;
        exchange.upstream() = {hostile, hostile, 1, false};
        exchange.trace().mark(hostile, SteadyTime(), Verdict::Failed, hostile);
        finish(exchange, hostile, 400);
        exchange.setRequestId(hostile);
        const QJsonObject line = parsed(jsonLine(exchange, true));
        QCOMPARE(line["status"].toInt(), 400);
        QVERIFY(!line.contains("forged"));

        std::string common;
        observe::appendCommonLine(common, exchange);
        QCOMPARE(std::ranges::count(common, '\n'), 1);
        QCOMPARE(std::ranges::count(common, '"'), 2);
        QVERIFY(std::ranges::none_of(
            common, [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7F || c < 0; }));
    }

    void theCommonFormatIsThatOfTheNcsa()
    {
        Exchange exchange;
        finish(exchange, "/a?b=c&password=secret", 200);
        exchange.request().setMinorVersion(0);
        std::string line;
        observe::appendCommonLine(line, exchange);
        static const QRegularExpression shape(
            "^192\\.0\\.2\\.7 - - \\[\\d\\d/[A-Z][a-z]{2}/20\\d\\d:[\\d:]{8} \\+0000\\] "
            "\"GET /a\\?b=c&password=\\*\\*\\* HTTP/1\\.0\" 200 12\n$");
        QVERIFY2(shape.match(QString::fromStdString(line)).hasMatch(), line.c_str());
    }
};

QTEST_GUILESS_MAIN(TestAccessLog)
#include "tst_accesslog.moc"
