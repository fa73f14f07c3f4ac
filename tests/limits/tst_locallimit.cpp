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

    void aClockIsHeldAndGoesOnFromThere()
    {
        const SteadyTime begin{1h};
        limits::RuleClock clock(begin);
        const limits::Nanoseconds first = clock.at(begin);
        QVERIFY(clock.state(begin).isReal());
        clock.advance(60s);
        QCOMPARE(clock.at(begin) - first, limits::Nanoseconds(60s));
        QCOMPARE(clock.state(begin + 5s), (limits::ClockState{60s, false}));
        clock.freeze(begin + 5s);
        QCOMPARE(clock.at(begin + 9s), clock.at(begin + 5s));
        QCOMPARE(clock.state(begin + 9s), (limits::ClockState{56s, true}));
        clock.advance(1s);
        clock.run(begin + 10s);
        QCOMPARE(clock.at(begin + 10s) - first, limits::Nanoseconds(66s));
        QCOMPARE(clock.state(begin + 12s), (limits::ClockState{56s, false}));
        clock.makeReal(begin + 12s); // never back: what has passed has passed
        QVERIFY(clock.state(begin + 12s).isReal());
        QCOMPARE(clock.at(begin + 12s) - first, limits::Nanoseconds(68s));
        clock.advance(std::chrono::years(40)); // no further than states can count
        QVERIFY(clock.state(begin + 12s).ahead <= limits::RuleClock::mostAhead);
    }

    void aBlockLeavesTheCountBeneath()
    {
        limits::Rule rule;
        rule.algorithm = limits::Algorithm::FixedWindow;
        rule.limit = 5;
        rule.window = 1h;
        LocalLimit limit(rule, 1000, SteadyTime());
        const SteadyTime now{1h};
        QCOMPARE(limit.decide("a", 2, now).remaining, 3);
        const auto before = limit.block("a", 10s, now);
        QVERIFY(before);
        const limits::Decision denied = limit.decide("a", 1, now + 4s);
        QVERIFY(!denied.isAllowed && denied.isBlocked && denied.isByHand);
        QCOMPARE(denied.retryAfter, limits::Nanoseconds(6s));
        QVERIFY(limit.decide("b", 1, now).isAllowed);
        QCOMPARE(limit.decide("a", 0, now + 10s).remaining, 3);
        QVERIFY(limit.block("a", 10s, now + 10s));
        const limits::LocalBefore blocked = limit.restore("a", *before, now + 11s);
        QVERIFY(limit.decide("a", 1, now + 11s).isAllowed);
        (void)limit.restore("a", blocked, now + 12s); // and there again
        QVERIFY(limit.decide("a", 1, now + 12s).isByHand);
    }

    void blocksAreBounded()
    {
        LocalLimit limit(limits::Rule(), 1000, SteadyTime());
        const SteadyTime now{1h};
        for (std::size_t i = 0; i < limits::Marks::most; ++i)
            QVERIFY(limit.block(std::to_string(i), 1min, now));
        const auto refused = limit.block("one more", 1min, now);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::Unavailable);
        (void)limit.unblock("7", now);
        QVERIFY(limit.block("one more", 1min, now));
        QVERIFY(limit.block("much later", 1min, now + 2min)); // all the others are over
        QCOMPARE(limit.keys(10, now + 2min), std::vector<std::string>{"much later"});
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
