// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/memorystore.h"

#include "tests/state/storeconformance.h"

#include <thread>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

ManualClock manual;

} // namespace

class TestMemoryStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsAStateStore()
    {
        state::MemoryStore store(10'000, manual);
        StoreConformance(store, [](std::chrono::milliseconds time) {
            manual.advance(time);
        }).check();
    }

    void aFullStoreRefusesInsteadOfForgetting()
    {
        state::MemoryStore store(64, manual); // one entry a shard
        int refused = 0;
        for (int i = 0; i < 1000; ++i) {
            const Result<bool> put = run(
                store.setIfAbsent("key" + std::to_string(i), "x", std::chrono::milliseconds(1000)));
            refused += put ? 0 : 1;
        }
        QVERIFY(store.size() <= 64);
        QCOMPARE(refused, 1000 - int(store.size()));
        manual.advance(std::chrono::seconds(1));
        QVERIFY(run(store.set("key1000", "x", std::chrono::milliseconds(1000))));
    }

    void itsBytesAreBounded()
    {
        const std::string answer(100'000, 'x');
        const auto second = std::chrono::milliseconds(1000);
        state::MemoryStore store(1'000'000, manual, 1 << 20);
        int taken = 0;
        for (int i = 0; i < 100; ++i)
            taken += run(store.set("key" + std::to_string(i), answer, second)) ? 1 : 0;
        QCOMPARE(taken, 10);
        // The same place again, less in it, and nothing in it: what goes makes room.
        QVERIFY(run(store.set("key0", answer, second)));
        QVERIFY(run(store.set("key0", "x", second)));
        QVERIFY(run(store.set("more", answer, second)));
        QVERIFY(!run(store.set("most", answer, second)));
        QVERIFY(*run(store.remove("key1")));
        QVERIFY(run(store.set("most", answer, second)));
        QVERIFY(!run(store.set("key0", answer, second)));
        manual.advance(2 * second); // what has expired makes room, in whatever shard it is
        for (int i = 100; i < 110; ++i)
            QVERIFY(run(store.set("key" + std::to_string(i), answer, second)));
    }

    void theWallClockMayStep()
    {
        state::MemoryStore store(100, manual);
        QVERIFY(run(store.set("a", "x", std::chrono::milliseconds(1000))));
        manual.setWall(manual.wall() + std::chrono::hours(24));
        QVERIFY(run(store.get("a"))->has_value());
        manual.setWall(manual.wall() - std::chrono::hours(48));
        manual.advance(std::chrono::seconds(2));
        QVERIFY(!run(store.get("a"))->has_value());
    }

    void exactlyOneOfTwoThreadsIsFirst()
    {
        state::MemoryStore store;
        std::atomic<int> first = 0;
        const auto race = [&store, &first] {
            for (int i = 0; i < 2000; ++i) {
                Task<Result<bool>> put =
                    store.setIfAbsent(std::to_string(i), "x", std::chrono::seconds(60));
                put.start(); // never waits
                first += put.take().value_or(false) ? 1 : 0;
            }
        };
        std::thread other(race);
        race();
        other.join();
        QCOMPARE(first.load(), 2000);
    }
};

QTEST_GUILESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
