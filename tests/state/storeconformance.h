// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/state/statestore.h"
#include "tests/support/run.h"

#include <QTest>

namespace gatehouse::test {

/// What every StateStore promises. A backend's test calls check() with a store that is empty, and
/// a way to let time pass.
class StoreConformance
{
public:
    using Wait = void (*)(std::chrono::milliseconds time);

    StoreConformance(state::StateStore &store, Wait wait) : m_store(store), m_wait(wait) {}

    void check()
    {
        keepsWhatIsSet();
        setsOnlyOnce();
        counts();
        forgetsInTime();
        lists();
        takesBytes();
    }

private:
    static constexpr std::chrono::milliseconds minute{60'000};

    std::string valueOf(const std::string &key)
    {
        const Result<std::optional<state::Entry>> entry = run(m_store.get(key));
        if (!entry)
            return "error: " + entry.error().text().toStdString();
        return *entry ? (*entry)->value : "(none)";
    }

    void keepsWhatIsSet()
    {
        QCOMPARE(valueOf("a"), std::string("(none)"));
        QVERIFY(run(m_store.set("a", "one", minute)));
        QCOMPARE(valueOf("a"), std::string("one"));
        QVERIFY(run(m_store.set("a", "two", minute)));
        QCOMPARE(valueOf("a"), std::string("two"));
        const Result<std::optional<state::Entry>> entry = run(m_store.get("a"));
        QVERIFY((*entry)->left <= minute && (*entry)->left > minute - std::chrono::seconds(10));
        QCOMPARE(run(m_store.remove("a")).value_or(!true), true);
        QCOMPARE(run(m_store.remove("a")).value_or(!false), false);
        QCOMPARE(valueOf("a"), std::string("(none)"));
    }

    void setsOnlyOnce()
    {
        QCOMPARE(run(m_store.setIfAbsent("nonce", "1", minute)).value_or(!true), true);
        QCOMPARE(run(m_store.setIfAbsent("nonce", "2", minute)).value_or(!false), false);
        QCOMPARE(valueOf("nonce"), std::string("1"));
    }

    void counts()
    {
        QCOMPARE(run(m_store.increment("n", 2, minute)).value_or(-99), qint64(2));
        QCOMPARE(run(m_store.increment("n", -3, minute)).value_or(-99), qint64(-1));
        QCOMPARE(valueOf("n"), std::string("-1"));
        QVERIFY(run(m_store.set("word", "x", minute)));
        QVERIFY(!run(m_store.increment("word", 1, minute)));
    }

    void forgetsInTime()
    {
        constexpr std::chrono::milliseconds soon{60};
        QVERIFY(run(m_store.set("short", "x", soon)));
        QCOMPARE(run(m_store.increment("counter", 1, soon)).value_or(-99), qint64(1));
        m_wait(soon / 2);
        QCOMPARE(run(m_store.increment("counter", 1, minute)).value_or(-99), qint64(2));
        m_wait(soon); // a second increment has not moved the end
        QCOMPARE(valueOf("short"), std::string("(none)"));
        QCOMPARE(valueOf("counter"), std::string("(none)"));
        QCOMPARE(run(m_store.setIfAbsent("short", "y", minute)).value_or(!true), true);
    }

    void lists()
    {
        for (const char *key : {"list:1", "list:2", "list:3", "other"})
            QVERIFY(run(m_store.set(key, "x", minute)));
        Result<std::vector<std::string>> keys = run(m_store.keys("list:", 100));
        QVERIFY(keys);
        std::ranges::sort(*keys);
        QCOMPARE(*keys, (std::vector<std::string>{"list:1", "list:2", "list:3"}));
        QCOMPARE(run(m_store.keys("list:", 2))->size(), std::size_t(2));
        QVERIFY(run(m_store.keys("l*", 100))->empty()); // no pattern
    }

    void takesBytes()
    {
        const std::string bytes("a\0\r\n\xff", 5);
        QVERIFY(run(m_store.set(bytes, bytes, minute)));
        QCOMPARE(valueOf(bytes), bytes);
    }

    state::StateStore &m_store;
    Wait m_wait;
};

} // namespace gatehouse::test
