// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/arena.h"

#include <QTest>

#include <string>
#include <vector>

using namespace gatehouse;

class TestArena : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreCopiedAndStay()
    {
        Arena arena;
        std::vector<std::string_view> copies;
        for (int i = 0; i < 5000; ++i) {
            const std::string text = std::to_string(i);
            copies.push_back(arena.copy(text));
        }
        for (int i = 0; i < 5000; ++i)
            QVERIFY(copies[std::size_t(i)] == std::to_string(i));
        QVERIFY(arena.copy("").empty());
        QVERIFY(arena.concat("a", std::string("bc"), std::string_view(), "d") == "abcd");
    }

    void allocationsAreAlignedAndApart_data()
    {
        QTest::addColumn<int>("alignment");
        for (const int alignment : {1, 2, 4, 8, 16, 64})
            QTest::addRow("%d", alignment) << alignment;
    }
    void allocationsAreAlignedAndApart()
    {
        QFETCH(int, alignment);
        Arena arena;
        char *last = nullptr;
        for (std::size_t size = 1; size < 300; ++size) {
            (void)arena.chars(1); // so that the next one has to be moved
            auto *begin = static_cast<char *>(arena.allocate(size, std::size_t(alignment)));
            QCOMPARE(reinterpret_cast<std::size_t>(begin) % std::size_t(alignment), std::size_t(0));
            std::memset(begin, 1, size);
            QVERIFY(begin != last);
            last = begin;
        }
    }

    void outsizeAllocationsHaveTheirOwnBlock()
    {
        Arena arena;
        const std::string_view small = arena.copy("small");
        char *huge = arena.chars(1 << 20);
        std::memset(huge, 'x', 1 << 20);
        const std::string_view after = arena.copy("after");
        QVERIFY(small == "small");
        QVERIFY(after == "after");
        QCOMPARE(huge[(1 << 20) - 1], 'x');
    }

    void resetKeepsTheFirstBlock()
    {
        Arena arena;
        const char *first = arena.chars(100);
        for (int i = 0; i < 100; ++i)
            (void)arena.chars(1000);
        (void)arena.chars(100'000);
        arena.reset();
        QCOMPARE(static_cast<const void *>(arena.chars(100)), static_cast<const void *>(first));
    }

    void resetWorksOnEveryState()
    {
        Arena arena;
        arena.reset();
        (void)arena.chars(100'000); // an outsize first block is not kept
        arena.reset();
        arena.reset();
        QVERIFY(arena.copy("again") == "again");
    }

    void objectsAreMadeInPlace()
    {
        struct Pair
        {
            int a;
            double b;
        };
        Arena arena;
        const Pair *pair = arena.make<Pair>(7, 0.5);
        QCOMPARE(pair->a, 7);
        QCOMPARE(pair->b, 0.5);
    }
};

QTEST_GUILESS_MAIN(TestArena)
#include "tst_arena.moc"
