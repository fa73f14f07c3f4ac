// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/limittable.h"

#include <QTest>

#include <set>
#include <thread>

using namespace gatehouse;
using limits::LimitTable;
using limits::Nanoseconds;
using limits::State;

namespace {

Nanoseconds forever(State)
{
    return std::chrono::hours(1);
}

State next(State state)
{
    return state + 1;
}

std::string keyOf(int i)
{
    return "192.0.2." + std::to_string(i);
}

} // namespace

class TestLimitTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKeyHasItsOwnState()
    {
        LimitTable table(1'000'000);
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 20'000; ++i)
                table.update(keyOf(i), forever, next);
        }
        QCOMPARE(table.size(), 20'000);
        for (int i = 0; i < 20'000; ++i)
            QCOMPARE(table.find(keyOf(i)), State(3));
        QCOMPARE(table.find("other"), State(0));
        std::set<std::string> seen;
        table.forEach([&seen](std::string_view key, State state) {
            QCOMPARE(state, State(3));
            seen.emplace(key);
        });
        QCOMPARE(seen.size(), std::size_t(20'000));
        QVERIFY(seen.contains("192.0.2.19999"));
    }

    void aFullTableForgetsWhatExpiresFirst()
    {
        LimitTable table(6'400); // 100 a shard
        const auto life = [](State state) {
            return state > 100 ? Nanoseconds(std::chrono::hours(1)) : Nanoseconds(1);
        };
        const auto block = [](State) { return State(1000); };
        for (int i = 0; i < 1000; ++i)
            table.update("blocked" + std::to_string(i), life, block);
        for (int i = 0; i < 100'000; ++i)
            table.update(keyOf(i), life, next);
        QVERIFY(table.size() <= 6'400);
        for (int i = 0; i < 1000; ++i) // a flood of addresses lifts no block
            QCOMPARE(table.find("blocked" + std::to_string(i)), State(1000));
    }

    void whatHasExpiredMakesRoom()
    {
        LimitTable table(1'000'000);
        const auto dead = [](State) { return Nanoseconds(0); };
        for (int i = 0; i < 100'000; ++i)
            table.update(keyOf(i), dead, next);
        QVERIFY(table.size() < 2'000);
        QVERIFY(table.bytes() < 200'000);
    }

    void noChangeIsLostWhileTheTableGrows()
    {
        LimitTable table(1'000'000);
        const auto count = [&table] {
            for (int round = 0; round < 10; ++round) {
                for (int i = 0; i < 20'000; ++i)
                    table.update(keyOf(i % (2'000 << (round / 3))), forever, next);
            }
        };
        std::thread one(count);
        std::thread two(count);
        count();
        one.join();
        two.join();
        State sum = 0;
        table.forEach([&sum](std::string_view, State state) { sum += state; });
        QCOMPARE(sum, State(3 * 10 * 20'000));
    }
};

QTEST_GUILESS_MAIN(TestLimitTable)
#include "tst_limittable.moc"
