// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/memorystore.h"
#include "tests/middleware/builtin.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace gatehouse;
using namespace gatehouse::test;

class TestRateLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_services = {};
        m_services.limits = std::make_shared<limits::Book>();
        m_services.store = std::make_shared<state::MemoryStore>();
    }

    // S001-38, S001-I06, S003-I05: what an empty section means
    void everyAlgorithmHasItsNumbers_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<QString>("numbers"); ///< limit window burst penalty
        const auto row = [](const char *settings, const char *numbers) {
            QTest::newRow(settings) << QString(settings) << QString(numbers);
        };
        row("{}", "100 60000 50 0");
        row("{rate: 50/s}", "50 1000 50 0");
        row("{rate: 50/s, burst: 100}", "50 1000 100 0");
        row("{rate: 1000/1h, burst: 0}", "1000 3600000 1 0");
        row("{rate: 60/min}", "60 60000 60 0");
        row("{limit: 7, window: 5s}", "7 5000 7 0");
        row("{algorithm: penalty_window}", "50 60000 0 40000");
        row("{algorithm: penalty_window, rate: 5/10s, penalty: 1m}", "5 10000 0 60000");
        row("{algorithm: leaky_bucket, rate: 50/60s, burst: 3, penalty: 40s}", "50 60000 3 40000");
        row("{algorithm: fixed_window}", "100 60000 0 0");
        row("{algorithm: sliding_window}", "100 60000 0 0");
        row("{algorithm: concurrency, limit: 4}", "4 60000 0 0");
    }
    void everyAlgorithmHasItsNumbers()
    {
        QFETCH(const QString, settings);
        const auto limit = make("rate_limit", settings.toStdString(), context());
        const limits::Rule rule = m_services.limits->all().front()->rule();
        const auto ms = [](limits::Nanoseconds time) {
            return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
        };
        QTEST(QString("%1 %2 %3 %4")
                  .arg(rule.limit)
                  .arg(ms(rule.window))
                  .arg(rule.burst)
                  .arg(ms(rule.penalty)),
              "numbers");
    }

    void settingsThatMakeNoSenseAreRefused_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *settings, const char *reason) {
            QTest::newRow(settings) << QString(settings) << QString(reason);
        };
        row("{rate: 50}", "must be requests per time");
        row("{rate: 0/s}", "must be requests per time");
        row("{rate: 5/0s}", "must be requests per time");
        row("{rate: 5/fortnight}", "must be requests per time");
        row("{rate: 9999999/s}", "must be requests per time");
        row("{rate: 5/s, limit: 3}", "has rate as well as limit or window");
        row("{window: 0s}", "must be longer than 0");
        row("{key: nobody}", "nothing to count by");
        row("{rate: 5/s, cost: 6}", "cost: is more than the limit ever has, 5");
        row("{rate: 5/s, penalty: 40s}", "penalty: is for");
        row("{algorithm: guess}", "must be one of");
        row("{scope: 'a\"b'}", "other than quotes");
        row("{scope: 'a\\b'}", "other than quotes");
        row("{scope: 'a:b'}", "other than quotes");
        row("{scope: b\u00fccher}", "other than quotes");
        row("{rate: 1/3650d, burst: 1000000}", "burst: would take more than 3650d");
        row("{algorithm: leaky_bucket, rate: 1/3650d, burst: 1}", "burst: would take more");
    }
    void settingsThatMakeNoSenseAreRefused()
    {
        QFETCH(const QString, settings);
        QFETCH(const QString, reason);
        const QString refused = refusal("rate_limit", settings.toStdString(), context());
        QVERIFY2(refused.contains(reason), qPrintable(refused));
    }

    void eachCallerHasItsOwnBudget()
    {
        ChainRunner runner(make("rate_limit", "{rate: 2/60s, key: \"header:X-Team\"}", context()));
        const QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\nX-Team: ";
        QCOMPARE(runner.send(head + "red").status, 200);
        QCOMPARE(runner.send(head + "red").status, 200);
        QCOMPARE(runner.send(head + "red").status, 429);
        QCOMPARE(runner.send(head + "blue").status, 200);
        QCOMPARE(runner.handled(), 3);
    }

    void someAreNotCounted()
    {
        ChainRunner runner(make("rate_limit", "{rate: 1/60s, exempt: [192.0.2.0/24]}", context()));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(runner.send().status, 200);
        QCOMPARE(m_services.limits->all().front()->tally().exempt, quint64(5));
        ChainRunner byKey(
            make("rate_limit", "{rate: 1/60s, key: \"header:X-Team\", exempt: [ops]}", context()));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(byKey.send("GET / HTTP/1.1\r\nHost: a\r\nX-Team: ops").status, 200);
    }

    void aCostIsTakenFromEach()
    {
        ChainRunner runner(make("rate_limit", "{rate: 10/60s, cost: 4}", context()));
        QCOMPARE(runner.send().value("X-RateLimit-Remaining"), QByteArray("6"));
        QCOMPARE(runner.send().value("X-RateLimit-Remaining"), QByteArray("2"));
        QCOMPARE(runner.send().status, 429);
    }

    void fieldsCanBeLeftOut()
    {
        ChainRunner runner(make("rate_limit", "{rate: 1/60s, headers: false}", context()));
        QCOMPARE(runner.send().value("RateLimit"), QByteArray("(none)"));
        const Answer refused = runner.send();
        QCOMPARE(refused.value("RateLimit"), QByteArray("(none)"));
        QVERIFY(refused.value("Retry-After") != "(none)");
    }

    void limitsOfOneScopeCountTogether()
    {
        ChainRunner one(make("rate_limit", "{rate: 2/60s, scope: both}", context()));
        ChainRunner two(make("rate_limit", "{rate: 2/60s, scope: both}", context()));
        QCOMPARE(one.send().status, 200);
        QCOMPARE(two.send().status, 200);
        QCOMPARE(one.send().status, 429);
        QCOMPARE(two.send().status, 429);
    }

    void aCancelledRequestGivesItsPlaceBack()
    {
        ChainRunner runner(make("rate_limit", "{algorithm: concurrency, limit: 1}", context()));
        {
            Task<Response> cancelled = runner.start();
            cancelled.start();
        }
        runner.exchange().finish(Clock::system().now());
        QCOMPARE(runner.send("GET / HTTP/1.1\r\nHost: a").status, 200);
    }

private:
    middleware::BuildContext context()
    {
        middleware::BuildContext context;
        context.id = "orders/rate_limit";
        context.name = "middleware.rate_limit";
        context.routeId = "orders";
        context.services = &m_services;
        return context;
    }

    middleware::Services m_services;
};

QTEST_GUILESS_MAIN(TestRateLimit)
#include "tst_ratelimit.moc"
