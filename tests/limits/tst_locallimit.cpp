// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/locallimit.h"

#include "tests/limits/limittimelines.h"

#include <thread>

using namespace gatehouse;
using namespace gatehouse::test;
using limits::LocalLimit;

namespace {

LimitUnderTest makeLocal(const limits::Rule &rule, SteadyTime now)
{
    const auto limit = std::make_shared<LocalLimit>(rule, 1000, SteadyTime());
    return {[=](const std::string &key, qint64 cost) { return limit->decide(key, cost, now); },
            [=](limits::Nanoseconds time) { limit->advance(time); },
            [=](const std::string &key) { limit->reset(key, now); },
            [=](const std::string &key) { limit->fill(key, now); }};
}

} // namespace

class TestLocalLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

    void oneStartIsLikeAnother()
    {
        for (int i = 0; i < 1000 && !QTest::currentTestFailed(); ++i) {
            const SteadyTime start = SteadyTime(1h) + i * 120'001us; // all over two windows
            LimitTimelines timelines(
                [start](const limits::Rule &rule) { return makeLocal(rule, start); });
            timelines.tokenBucketRefillsEvenly();
            timelines.fixedWindowBeginsWithTheFirstRequest();
            timelines.slidingWindowForgetsSlowly();
            timelines.leakyBucketSpacesRequests();
            timelines.penaltyWindowBlocksForTheRestAndMore();
        }
    }

    void noAlgorithmEverPassesMoreInAWindow()
    {
        // Requests at random: in no window do more pass than the limit, twice for the fixed one,
        // whose windows may meet.
        std::srand(1);
        for (int i = 0; i < limits::algorithmCount - 1; ++i) {
            limits::Rule rule;
            rule.algorithm = static_cast<limits::Algorithm>(i);
            rule.limit = 20;
            rule.window = 10s;
            rule.burst = rule.algorithm == limits::Algorithm::LeakyBucket ? 0 : 20;
            LocalLimit limit(rule, 1000, SteadyTime());
            std::vector<SteadyTime> passed;
            SteadyTime now{1h};
            for (int n = 0; n < 5000; ++n) {
                now += std::chrono::milliseconds(std::rand() % 300);
                if (limit.decide("a", 1, now).isAllowed)
                    passed.push_back(now);
            }
            const std::size_t most = rule.algorithm == limits::Algorithm::LeakyBucket ? 20 : 40;
            for (std::size_t n = most; n < passed.size(); ++n)
                QVERIFY(passed[n] - passed[n - most] >= rule.window - 1ms);
            QVERIFY(passed.size() > 500);
        }
    }

    void aDenialSaysWhenItWouldPass()
    {
        std::srand(2);
        for (int i = 0; i < limits::algorithmCount - 1; ++i) {
            limits::Rule rule;
            rule.algorithm = static_cast<limits::Algorithm>(i);
            rule.limit = 7;
            rule.window = 10s;
            rule.burst = 3;
            LocalLimit limit(rule, 1000, SteadyTime());
            SteadyTime now{1h};
            for (int n = 0; n < 2000; ++n) {
                now += std::chrono::milliseconds(std::rand() % 900);
                const limits::Decision decision = limit.decide("a", 1 + n % 2, now);
                if (decision.isAllowed)
                    continue;
                now += decision.retryAfter + 2ms;
                QVERIFY(limit.decide("a", 1 + n % 2, now).isAllowed);
            }
        }
    }

    void twoThreadsPassExactlyTheLimit()
    {
        limits::Rule rule;
        rule.algorithm = limits::Algorithm::PenaltyWindow;
        rule.limit = 50'000;
        rule.window = 1h;
        LocalLimit limit(rule, 10'000, SteadyTime());
        const SteadyTime now{1h};
        std::atomic<int> passed = 0;
        const auto ask = [&] {
            int own = 0;
            for (int i = 0; i < 40'000; ++i)
                own += limit.decide("a", 1, now).isAllowed ? 1 : 0;
            passed += own;
        };
        std::thread other(ask);
        ask();
        other.join();
        QCOMPARE(passed.load(), 50'000);
    }

    void releasingGivesAPlaceBack()
    {
        limits::Rule rule;
        rule.algorithm = limits::Algorithm::Concurrency;
        rule.limit = 2;
        LocalLimit limit(rule, 1000, SteadyTime());
        const SteadyTime now{1h};
        QVERIFY(limit.decide("a", 1, now).isAllowed);
        QVERIFY(limit.decide("a", 1, now).isAllowed);
        QVERIFY(!limit.decide("a", 1, now).isAllowed);
        limit.release("a", 1, now);
        QVERIFY(limit.decide("a", 1, now).isAllowed);
    }

    void keysAreListedWhileTheyMatter()
    {
        limits::Rule rule;
        LocalLimit limit(rule, 1000, SteadyTime());
        const SteadyTime now{1h};
        (void)limit.decide("192.0.2.1", 1, now);
        (void)limit.decide("2001:db8::1", 1, now);
        std::vector<std::string> keys = limit.keys(10, now);
        std::ranges::sort(keys);
        QCOMPARE(keys, (std::vector<std::string>{"192.0.2.1", "2001:db8::1"}));
        QCOMPARE(limit.keys(1, now).size(), std::size_t(1));
        QVERIFY(limit.keys(10, now + 1h).empty());
    }

private:
    LimitTimelines m_timelines{
        [](const limits::Rule &rule) { return makeLocal(rule, SteadyTime(1h)); }};
};

QTEST_GUILESS_MAIN(TestLocalLimit)
#include "tst_locallimit.moc"
