// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"
#include "tests/support/fakebody.h"

using namespace gatehouse;
using std::chrono::milliseconds;
using test::Answer;
using test::ChainRunner;
using test::FakeBody;

/// The middlewares timeout and body_limit: both only set what others keep.
class TestRequestLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDeadlineCountsFromTheRequest()
    {
        ChainRunner runner(test::make("timeout", "request: 250ms"));
        Exchange &exchange = runner.exchange();
        (void)runner.send();
        QVERIFY(exchange.deadline() == exchange.startTime() + milliseconds(250));
    }

    void theEarlierDeadlineWins()
    {
        std::vector<Chain::Link> links;
        links.push_back(test::link("outer", test::make("timeout", "request: 100ms")));
        links.push_back(test::link("inner", test::make("timeout", "request: 10s")));
        ChainRunner runner(std::move(links));
        (void)runner.send();
        QVERIFY(runner.exchange().deadline() == runner.exchange().startTime() + milliseconds(100));
    }

    void aDeclaredBodyOverItsLimitIsRefusedUnread_data()
    {
        QTest::addColumn<QByteArray>("limit");
        QTest::addColumn<bool>("isLengthKnown");
        QTest::addColumn<int>("status");
        QTest::newRow("under") << QByteArray("6") << true << 200;
        QTest::newRow("equal") << QByteArray("5") << true << 200;
        QTest::newRow("over") << QByteArray("4") << true << 413;
        QTest::newRow("no limit") << QByteArray("0") << true << 200;
        // A chunked body shows its size as it comes: whoever reads it keeps the limit.
        QTest::newRow("not declared") << QByteArray("4") << false << 200;
    }
    void aDeclaredBodyOverItsLimitIsRefusedUnread()
    {
        QFETCH(QByteArray, limit);
        QFETCH(bool, isLengthKnown);
        QFETCH(int, status);
        ChainRunner runner(test::make("body_limit", "bytes: " + limit.toStdString()));
        FakeBody body({"hello"});
        body.isLengthKnown = isLengthKnown;
        runner.exchange().request().setBody(&body);
        const Answer answer = runner.send();
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.closes, status == 413);
        QCOMPARE(runner.exchange().bodyLimit(), limit.toLongLong());
        QCOMPARE(runner.handled(), status == 200 ? 1 : 0);
    }

    void aRequestWithoutBodyIsWithinEveryLimit()
    {
        ChainRunner runner(test::make("body_limit", "bytes: 1"));
        QCOMPARE(runner.send().status, 200);
    }

    void badSettingsNameTheirKey()
    {
        QVERIFY(test::refusal("timeout", "").startsWith("request: "));
        QVERIFY(test::refusal("timeout", "request: soon").startsWith("request: "));
        QVERIFY(test::refusal("timeout", "request: 0s").startsWith("request: "));
        QVERIFY(test::refusal("body_limit", "").startsWith("bytes: "));
        QVERIFY(test::refusal("body_limit", "bytes: -1").startsWith("bytes: "));
    }
};

QTEST_GUILESS_MAIN(TestRequestLimits)
#include "tst_requestlimits.moc"
