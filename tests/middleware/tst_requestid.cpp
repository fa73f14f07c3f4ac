// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

#include <QRegularExpression>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::toBytes;

namespace {

const QByteArray head = "GET / HTTP/1.1\r\nHost: a";

bool isMade(const QByteArray &id)
{
    static const QRegularExpression shape("^[0-9]{13}-[0-9a-f]{8}$");
    return shape.match(id).hasMatch();
}

} // namespace

/// S002-I05: a valid id of the client is kept, everything else is replaced by ours.
class TestRequestId : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreKeptOrMade_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("isKept");
        const auto row = [](const char *name, const QByteArray &id, bool isKept) {
            QTest::newRow(name) << "\r\nX-Request-ID: " + id << isKept;
        };
        QTest::newRow("none") << QByteArray() << false;
        row("ours", "1700000000000-0123abcd", true);
        row("a UUID", "f47ac10b-58cc-4372-a567-0e02b2c3d479", true);
        row("empty", "", false);
        row("a blank inside", "a b", false);
        row("a quote", "a\"b", false);
        row("a backslash", "a\\b", false);
        row("UTF-8", "\xC3\xA4", false);
        row("the longest", QByteArray(128, 'a'), true);
        row("too long", QByteArray(129, 'a'), false);
        QTest::newRow("two lines") << QByteArray("\r\nX-Request-ID: a\r\nX-Request-ID: b") << true;
    }
    void idsAreKeptOrMade()
    {
        QFETCH(QByteArray, fields);
        QFETCH(bool, isKept);
        ChainRunner runner(test::make("request_id"));
        const Answer answer = runner.send(head + fields);
        const QByteArray id = toBytes(runner.exchange().requestId());
        QCOMPARE(isMade(id), !isKept || fields.contains("1700"));
        QCOMPARE(answer.value("X-Request-ID"), id);
        QCOMPARE(test::sent(runner, "X-Request-ID"), id); // the upstream sees one line
        if (isKept)
            QVERIFY(fields.contains(id));
    }

    void everyIdIsAnother()
    {
        ChainRunner runner(test::make("request_id"));
        QByteArrayList ids;
        for (int i = 0; i < 200; ++i)
            ids << runner.send(head).value("X-Request-ID");
        std::ranges::sort(ids);
        QVERIFY(std::ranges::adjacent_find(ids) == ids.end());
    }

    void anIdOfTheUpstreamIsReplaced()
    {
        ChainRunner runner(test::make("request_id"));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("x-request-id", "theirs");
        });
        QCOMPARE(runner.send(head + "\r\nX-Request-ID: mine").value("X-Request-ID"), "mine");
    }

    void theFieldCanHaveAnotherName()
    {
        ChainRunner runner(test::make("request_id", "header: X-Trace\nkeep: false"));
        const Answer answer = runner.send(head + "\r\nX-Trace: mine");
        QVERIFY(isMade(answer.value("X-Trace")));
        QCOMPARE(answer.value("X-Request-ID"), "(none)");
    }

    void aFieldThatCannotCarryAnIdIsRefused()
    {
        for (const char *name : {"'a b'", "'a:'", "''", "Host", "Content-Length", "'a\\r\\nb'"})
            QVERIFY2(
                test::refusal("request_id", std::string("header: ") + name).startsWith("header: "),
                name);
    }
};

QTEST_GUILESS_MAIN(TestRequestId)
#include "tst_requestid.moc"
