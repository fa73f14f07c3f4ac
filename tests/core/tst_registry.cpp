// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/registry.h"

#include <QTest>

using namespace gatehouse;

namespace {

struct Factory
{
    std::string name;
    int number;
    [[nodiscard]] std::string_view kind() const { return name; }
};

std::unique_ptr<const Factory> make(const char *kind, int number)
{
    return std::make_unique<const Factory>(Factory{kind, number});
}

int numberOf(const Registry<Factory> &registry, const char *kind)
{
    const Factory *factory = registry.find(kind);
    return factory ? factory->number : -1;
}

} // namespace

class TestRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindsAreSortedAndFound()
    {
        Registry<Factory> registry;
        QVERIFY(registry.add(make("b", 1)));
        QVERIFY(registry.add(make("a", 2)));
        QCOMPARE(registry.kinds(), (QStringList{"a", "b"}));
        QCOMPARE(numberOf(registry, "a"), 2);
        QCOMPARE(numberOf(registry, "c"), -1);
    }

    void aSecondOneOfAKindIsRefused()
    {
        Registry<Factory> registry;
        QVERIFY(registry.add(make("a", 1)));
        const Result<void> added = registry.add(make("a", 2));
        QVERIFY(!added);
        QVERIFY(added.error().message().contains("\"a\""));
        QCOMPARE(numberOf(registry, "a"), 1);
    }

    void anOverrideLastsAsLongAsItsScope()
    {
        Registry<Factory> registry;
        QVERIFY(registry.add(make("a", 1)));
        {
            const Registry<Factory>::Override outer(registry, make("a", 2));
            QCOMPARE(numberOf(registry, "a"), 2);
            {
                const Registry<Factory>::Override inner(registry, make("a", 3));
                const Registry<Factory>::Override other(registry, make("b", 4));
                QCOMPARE(numberOf(registry, "a"), 3);
                QCOMPARE(numberOf(registry, "b"), 4);
            }
            QCOMPARE(numberOf(registry, "a"), 2);
        }
        QCOMPARE(numberOf(registry, "a"), 1);
        QCOMPARE(registry.kinds(), (QStringList{"a"}));
    }
};

QTEST_GUILESS_MAIN(TestRegistry)
#include "tst_registry.moc"
