// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/headscanner.h"

#include <QTest>

using namespace gatehouse;

namespace {

/// "complete begin end" or the name of the error, or "incomplete".
QByteArray outcome(const HeadScanner &scanner, const Result<HeadScanner::Status> &status)
{
    if (!status)
        return QByteArray::fromStdString(std::string(errorName(status.error().code())));
    if (*status == HeadScanner::Status::Incomplete)
        return "incomplete";
    return "complete " + QByteArray::number(qulonglong(scanner.begin())) + ' '
        + QByteArray::number(qulonglong(scanner.end()));
}

QByteArray scanIn(std::string_view text, std::size_t step, const HeadLimits &limits)
{
    HeadScanner scanner;
    for (std::size_t size = std::min(step, text.size());;
         size = std::min(size + step, text.size())) {
        const Result<HeadScanner::Status> status = scanner.scan(text.substr(0, size), limits);
        const bool isOver = !status || *status == HeadScanner::Status::Complete;
        if (isOver || size == text.size())
            return outcome(scanner, status);
    }
}

HeadLimits smallLimits()
{
    HeadLimits limits;
    limits.bytes = 200;
    limits.count = 4;
    limits.uriBytes = 40;
    return limits;
}

QByteArray headOf(int lineBytes, int fields, int fieldBytes)
{
    QByteArray head = "GET /" + QByteArray(lineBytes - 16, 'a') + " HTTP/1.1\r\n";
    for (int i = 0; i < fields; ++i)
        head += "X: " + QByteArray(fieldBytes - 5, 'b') + "\r\n";
    return head + "\r\n";
}

} // namespace

class TestHeadScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHeadScansTheSameHoweverItArrives_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QByteArray &expected) {
            QTest::newRow(name) << text << expected;
        };
        row("smallest", "GET / HTTP/1.1\r\n\r\n", "complete 0 18");
        row("with a body", "GET / HTTP/1.1\r\n\r\nbody\nbody", "complete 0 18");
        row("with a long body", "GET / HTTP/1.1\r\n\r\n" + QByteArray(1000, 'x'), "complete 0 18");
        row("empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n\r\n", "complete 4 22");
        row("empty lines alone", "\r\n\r\n", "incomplete");
        row("too many empty lines", "\r\n\r\n\r\n\r\n\r\n", "bad_request");
        row("unfinished", "GET / HTTP/1.1\r\nHost: a\r\n", "incomplete");
        row("CR at the end", "GET / HTTP/1.1\r\n\r", "incomplete");
        row("nothing", "", "incomplete");
        row("bare LF", "GET / HTTP/1.1\n\n", "bad_request");
        row("no version", "GET /\r\n", "bad_request");
        row("binary", QByteArray("\x00\x01", 2), "bad_request");
        row("the longest start line", headOf(104, 0, 0), "complete 0 106");
        row("a start line too long", headOf(105, 0, 0), "uri_too_long");
        row("a start line much too long", headOf(1000, 0, 0), "uri_too_long");
        row("a start line without end", QByteArray(300, 'a'), "uri_too_long");
        row("the largest head", headOf(50, 1, 148), "complete 0 200");
        row("a head too large by one", headOf(50, 1, 149), "header_too_large");
        row("a field without end", "GET / HTTP/1.1\r\n" + QByteArray(300, 'a'), "header_too_large");
        row("the most fields", headOf(20, 4, 10), "complete 0 62");
        row("a field too many", headOf(20, 5, 10), "header_too_large");
    }
    void aHeadScansTheSameHoweverItArrives()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const std::string bytes = text.toStdString();
        for (std::size_t step = 1; step <= std::max<std::size_t>(bytes.size(), 1); ++step)
            QCOMPARE(scanIn(bytes, step, smallLimits()), expected);
    }

    void singleBytesCostNoMoreThanOneRead()
    {
        std::string text = "GET / HTTP/1.1\r\n";
        while (text.size() < (64 << 10) - 1100)
            text += "X: " + std::string(1000, 'y') + "\r\n";
        text += "\r\n";
        const std::clock_t before = std::clock(); // of this process: others may be busy
        QVERIFY(scanIn(text, 1, HeadLimits()).startsWith("complete"));
        const std::string line = "GET / HTTP/1.1\r\nX: " + std::string(65'000, 'y') + "\r\n\r\n";
        QVERIFY(scanIn(line, 1, HeadLimits()).startsWith("complete"));
        const std::clock_t took = (std::clock() - before) * 1000 / CLOCKS_PER_SEC;
        QVERIFY2(took < 50, std::to_string(took).c_str());
    }

    void itKnowsWhetherAHeadHasBegun()
    {
        HeadScanner scanner;
        QVERIFY(!scanner.hasBegun());
        QVERIFY(scanner.scan("\r\n", HeadLimits()));
        QVERIFY(!scanner.hasBegun());
        QVERIFY(scanner.scan("\r\nG", HeadLimits()));
        QVERIFY(scanner.hasBegun());
        scanner.reset();
        QVERIFY(!scanner.hasBegun());
    }
};

QTEST_GUILESS_MAIN(TestHeadScanner)
#include "tst_headscanner.moc"
