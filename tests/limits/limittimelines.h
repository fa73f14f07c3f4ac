// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/rule.h"

#include <QElapsedTimer>
#include <QTest>

#include <functional>

namespace gatehouse::test {

using namespace std::chrono_literals;

/// A limit under test, local or in Redis.
struct LimitUnderTest
{
    std::function<limits::Decision(const std::string &key, qint64 cost)> decide;
    std::function<void(limits::Nanoseconds time)> advance;
    std::function<void(const std::string &key)> reset;
    std::function<void(const std::string &key)> fill;
};
using MakeLimit = std::function<LimitUnderTest(const limits::Rule &rule)>;

/// What each algorithm does in the course of time, whoever keeps its state. Times leave some
/// milliseconds for a server whose clock goes on.
class LimitTimelines
{
public:
    explicit LimitTimelines(MakeLimit make) : m_make(std::move(make)) {}

    // S002-37, S002-65, S003-I05
    void tokenBucketRefillsEvenly()
    {
        const LimitUnderTest limit = m_make(rule(limits::Algorithm::TokenBucket, 1, 10s));
        QCOMPARE(passed(limit, "a", 12), 10);
        const limits::Decision denied = limit.decide("a", 1);
        QVERIFY(!denied.isAllowed && !denied.isBlocked);
        QVERIFY(denied.retryAfter > 9s && denied.retryAfter <= 10s);
        limit.advance(5s);
        QVERIFY(!limit.decide("a", 1).isAllowed);
        limit.advance(5s);
        QVERIFY(limit.decide("a", 1).isAllowed);
        QVERIFY(!limit.decide("a", 1).isAllowed);
        limit.advance(1000s); // no more than full
        QCOMPARE(passed(limit, "a", 20), 10);
        QCOMPARE(passed(limit, "b", 20), 10);
    }

    void aCostTakesSeveralTokens()
    {
        const LimitUnderTest limit = m_make(rule(limits::Algorithm::TokenBucket, 1, 10s));
        const limits::Decision first = limit.decide("a", 7);
        QVERIFY(first.isAllowed);
        QCOMPARE(first.before, 10);
        QCOMPARE(first.remaining, 3);
        const limits::Decision second = limit.decide("a", 4);
        QVERIFY(!second.isAllowed);
        QCOMPARE(second.remaining, 3);
        QVERIFY(limit.decide("a", 3).isAllowed);
    }

    // S003-I05
    void fixedWindowBeginsWithTheFirstRequest()
    {
        const LimitUnderTest limit = m_make(rule(limits::Algorithm::FixedWindow, 100, 60s));
        QVERIFY(limit.decide("a", 1).isAllowed);
        limit.advance(50s);
        QCOMPARE(passed(limit, "a", 150), 99);
        const limits::Decision denied = limit.decide("a", 1);
        QVERIFY(denied.retryAfter > 9s && denied.retryAfter <= 10s);
        limit.advance(10s);
        QCOMPARE(passed(limit, "a", 150), 100);
    }

    // S003-I05
    void slidingWindowForgetsSlowly()
    {
        const LimitUnderTest limit = m_make(rule(limits::Algorithm::SlidingWindow, 100, 60s));
        QElapsedTimer real;
        real.start();
        // One is forgotten in 600 ms, and a server's clock goes on while we ask: the next may be
        // just about to be.
        const auto forgotten = [&real] { return int(real.elapsed() / 600) + 1; };
        const int first = passed(limit, "a", 150);
        QVERIFY(first >= 100 && first <= 100 + forgotten());
        limit.advance(60s); // somewhere in the next window: a part of the last one still counts
        const limits::Decision state = limit.decide("a", 0);
        QVERIFY(state.remaining < 100);
        const int second = passed(limit, "a", 150);
        QVERIFY(second >= state.remaining && second <= state.remaining + forgotten());
        const limits::Decision denied = limit.decide("a", 1);
        QVERIFY(denied.retryAfter > 0s && denied.retryAfter <= 120s);
        limit.advance(denied.retryAfter + 10ms);
        QVERIFY(limit.decide("a", 1).isAllowed);
        limit.advance(120s);
        QCOMPARE(passed(limit, "a", 150), 100);
    }

    // S003-I05, S001-I07
    void leakyBucketSpacesRequests()
    {
        limits::Rule leaky = rule(limits::Algorithm::LeakyBucket, 50, 60s);
        leaky.burst = 3; // 1200 ms each, three may come early
        leaky.penalty = 40s;
        const LimitUnderTest limit = m_make(leaky);
        QCOMPARE(passed(limit, "a", 4), 4);
        limit.advance(1200ms);
        QVERIFY(limit.decide("a", 1).isAllowed);
        const limits::Decision denied = limit.decide("a", 1);
        QVERIFY(denied.isBlocked);
        QVERIFY(denied.retryAfter > 39s && denied.retryAfter <= 40s);
        limit.advance(39s);
        QVERIFY(limit.decide("a", 1).isBlocked);
        limit.advance(1s);
        QCOMPARE(passed(limit, "a", 4), 4);
    }

    // S001-27, S001-32 to S001-35, S001-37, S001-39
    void penaltyWindowBlocksForTheRestAndMore()
    {
        limits::Rule penalty = rule(limits::Algorithm::PenaltyWindow, 50, 60s);
        penalty.penalty = 40s;
        const LimitUnderTest limit = m_make(penalty);
        QCOMPARE(passed(limit, "a", 50), 50);
        limit.advance(20s);
        const limits::Decision denied = limit.decide("a", 1); // the rest of 40 s, and 40 s more
        QVERIFY(!denied.isAllowed && denied.isBlocked);
        QVERIFY(denied.retryAfter > 79s && denied.retryAfter <= 80s);
        limit.advance(79s);
        QVERIFY(limit.decide("a", 1).isBlocked);
        limit.advance(1s);
        QCOMPARE(passed(limit, "a", 60), 50); // the counter has begun anew
        QCOMPARE(passed(limit, "b", 60), 50);
    }

    void concurrencyCountsThoseInside()
    {
        const LimitUnderTest limit = m_make(rule(limits::Algorithm::Concurrency, 3, 60s));
        QCOMPARE(passed(limit, "a", 5), 3);
        QCOMPARE(limit.decide("a", 0).remaining, 0);
    }

    void aLookCostsNothing()
    {
        for (int i = 0; i < limits::algorithmCount; ++i) {
            const LimitUnderTest limit = m_make(rule(static_cast<limits::Algorithm>(i), 10, 60s));
            QVERIFY(limit.decide("a", 1).isAllowed);
            const qint64 left = limit.decide("a", 0).remaining;
            for (int n = 0; n < 20; ++n)
                QCOMPARE(limit.decide("a", 0).remaining, left);
        }
    }

    void keysAreFilledAndReset()
    {
        for (int i = 0; i < limits::algorithmCount; ++i) {
            limits::Rule each = rule(static_cast<limits::Algorithm>(i), 10, 60s);
            if (each.algorithm == limits::Algorithm::PenaltyWindow)
                each.penalty = 40s;
            const LimitUnderTest limit = m_make(each);
            limit.fill("a");
            QVERIFY(!limit.decide("a", 1).isAllowed);
            QVERIFY(limit.decide("b", 1).isAllowed);
            limit.reset("a");
            QVERIFY(limit.decide("a", 1).isAllowed);
        }
    }

private:
    static limits::Rule rule(limits::Algorithm algorithm, qint64 limit, limits::Nanoseconds window)
    {
        limits::Rule rule;
        rule.algorithm = algorithm;
        rule.limit = limit;
        rule.window = window;
        rule.burst = 10;
        return rule;
    }
    static int passed(const LimitUnderTest &limit, const std::string &key, int requests)
    {
        int count = 0;
        for (int i = 0; i < requests; ++i)
            count += limit.decide(key, 1).isAllowed ? 1 : 0;
        return count;
    }

    MakeLimit m_make;
};

} // namespace gatehouse::test
