// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/redislimit.h"

#include "tests/limits/limittimelines.h"
#include "tests/state/redisfixture.h"

using namespace gatehouse;
using namespace gatehouse::test;
using limits::RedisLimit;

/// The same timelines as those of local limits, in a real redis-server; and what is Redis' own.
class TestRedisLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!RedisServer::isInstalled())
            QSKIP("redis-server is not installed");
        m_server = std::make_unique<RedisServer>();
        QVERIFY(m_server->isRunning());
    }
    void init()
    {
        if (m_server)
            m_server->ask("FLUSHALL");
    }
    void cleanupTestCase() { m_server.reset(); }

    void tokenBucketRefillsEvenly() { m_timelines.tokenBucketRefillsEvenly(); }
    void aCostTakesSeveralTokens() { m_timelines.aCostTakesSeveralTokens(); }
    void fixedWindowBeginsWithTheFirstRequest()
    {
        m_timelines.fixedWindowBeginsWithTheFirstRequest();
    }
    void slidingWindowForgetsSlowly() { m_timelines.slidingWindowForgetsSlowly(); }
    void leakyBucketSpacesRequests() { m_timelines.leakyBucketSpacesRequests(); }
    void penaltyWindowBlocksForTheRestAndMore()
    {
        m_timelines.penaltyWindowBlocksForTheRestAndMore();
    }
    void concurrencyCountsThoseInside() { m_timelines.concurrencyCountsThoseInside(); }
    void aLookCostsNothing() { m_timelines.aLookCostsNothing(); }
    void keysAreFilledAndReset() { m_timelines.keysAreFilledAndReset(); }

    // S001-I01, S001-29, S001-30, S001-31
    void penaltyWindowHasTheKeysOfTheRequestWorker()
    {
        RedisFixture redis(m_server->url(), "");
        RedisLimit limit(penaltyRule(), "any", *redis.store);
        QVERIFY(run(limit.decide("192.0.2.7", 1))->isAllowed);
        QCOMPARE(m_server->ask("GET rate_limit:192.0.2.7"), QByteArray("$1\r\n1"));
        const int first = ttl("rate_limit:192.0.2.7");
        QVERIFY(first > 58'000 && first <= 60'000);
        QVERIFY(run(limit.advance(5s)));
        QVERIFY(run(limit.decide("192.0.2.7", 1))->isAllowed);
        QVERIFY(ttl("rate_limit:192.0.2.7") <= 55'000); // not begun again
        QCOMPARE(m_server->ask("GET rate_limit:192.0.2.7"), QByteArray("$1\r\n2"));
    }

    // S001-34, S001-35, S001-I01, S001-I02
    void theBlockTakesThePlaceOfTheCounter()
    {
        RedisFixture redis(m_server->url(), "gh:");
        RedisLimit limit(penaltyRule(), "any", *redis.store);
        for (int i = 0; i < 50; ++i)
            QVERIFY(run(limit.decide("c", 1))->isAllowed);
        QVERIFY(!run(limit.decide("c", 1))->isAllowed);
        QCOMPARE(m_server->ask("EXISTS gh:rate_limit:c"), QByteArray(":0"));
        QCOMPARE(m_server->ask("GET gh:blocked:c"), QByteArray("$7\r\nblocked"));
        const int left = ttl("gh:blocked:c");
        QVERIFY(left > 98'000 && left <= 100'000);
        QVERIFY(run(limit.decide("c", 1))->isBlocked);
        QCOMPARE(m_server->ask("EXISTS gh:rate_limit:c"), QByteArray(":0")); // S001-27
        QCOMPARE(*run(limit.keys(10)), std::vector<std::string>{"c"});
    }

    // S001-I02
    void exactlyFiftyOfTwoHundredParallelClientsPass()
    {
        RedisFixture one(m_server->url(), "");
        RedisFixture two(m_server->url(), "");
        RedisLimit first(penaltyRule(), "any", *one.store);
        RedisLimit second(penaltyRule(), "any", *two.store);
        std::vector<Task<Result<limits::Decision>>> tasks;
        for (int i = 0; i < 200; ++i) {
            tasks.push_back((i % 2 ? first : second).decide("c", 1));
            tasks.back().start();
        }
        int passed = 0;
        for (Task<Result<limits::Decision>> &task : tasks) {
            while (!task.isDone())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            passed += task.take()->isAllowed ? 1 : 0;
        }
        QCOMPARE(passed, 50);
    }

    void aDecisionIsOneRoundTrip()
    {
        RedisFixture redis(m_server->url(), "");
        RedisLimit limit(penaltyRule(), "any", *redis.store);
        QVERIFY(run(limit.decide("c", 1))); // connects, and loads the script
        m_server->ask("CONFIG RESETSTAT");
        for (int i = 0; i < 10; ++i)
            QVERIFY(run(limit.decide("c", 1)));
        const QByteArray stats = m_server->ask("INFO commandstats");
        QVERIFY(stats.contains("cmdstat_evalsha:calls=10,"));
        QVERIFY(!stats.contains("cmdstat_eval:"));
    }

    void aPlaceIsGivenBackByItsLease()
    {
        RedisFixture redis(m_server->url(), "");
        limits::Rule rule;
        rule.algorithm = limits::Algorithm::Concurrency;
        rule.limit = 2;
        RedisLimit limit(rule, "any", *redis.store);
        QVERIFY(run(limit.decide("c", 1, "one"))->isAllowed);
        QVERIFY(run(limit.decide("c", 1, "two"))->isAllowed);
        QVERIFY(!run(limit.decide("c", 1, "three"))->isAllowed);
        QVERIFY(run(redis.store->client().command(limit.releaseCommand("c", 1, "one"))));
        QVERIFY(run(limit.decide("c", 1, "three"))->isAllowed);
        QVERIFY(run(limit.advance(301s))); // a gateway has died with its leases
        QVERIFY(run(limit.decide("c", 1, "four"))->isAllowed);
    }

private:
    static limits::Rule penaltyRule()
    {
        limits::Rule rule;
        rule.algorithm = limits::Algorithm::PenaltyWindow;
        rule.limit = 50;
        rule.window = 60s;
        rule.penalty = 40s;
        return rule;
    }
    int ttl(const QByteArray &key) { return m_server->ask("PTTL " + key).mid(1).toInt(); }

    /// Its keys are those of no limit before it.
    LimitUnderTest make(const limits::Rule &rule)
    {
        m_server->ask("FLUSHALL");
        const auto redis = std::make_shared<RedisFixture>(m_server->url());
        const auto limit = std::make_shared<RedisLimit>(rule, "rule", *redis->store);
        return {[=, this](const std::string &key, qint64 cost) {
                    const auto decision =
                        run(limit->decide(key, cost, "lease" + std::to_string(++m_lease)));
                    (void)redis; // lives as long as the limit
                    if (!decision)
                        qFatal("%s", qPrintable(decision.error().text()));
                    return *decision;
                },
                [=](limits::Nanoseconds time) { (void)run(limit->advance(time)); },
                [=](const std::string &key) { (void)run(limit->reset(key)); },
                [=](const std::string &key) { (void)run(limit->fill(key)); }};
    }

    int m_lease = 0;
    std::unique_ptr<RedisServer> m_server;
    LimitTimelines m_timelines{[this](const limits::Rule &rule) { return make(rule); }};
};

int main(int argc, char **argv)
{
    return runOnOurLoop<TestRedisLimit>(argc, argv);
}
#include "tst_redislimit.moc"
