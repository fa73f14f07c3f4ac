// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"

using namespace gatehouse;
using config::Mark;
using config::Node;

class TestNode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMarkSaysFileLineAndColumn()
    {
        const auto file = std::make_shared<const std::string>("gatehouse.yaml");
        QCOMPARE(Mark({file, 41, 9}).text(), "gatehouse.yaml:41:9");
    }

    void aMarkWithoutALineSaysOnlyItsSource()
    {
        const auto source = std::make_shared<const std::string>("--set routes[0].path");
        QCOMPARE(Mark({source, 0, 0}).text(), "--set routes[0].path");
        QCOMPARE(Mark().text(), "");
    }

    void membersKeepTheirOrderAndAreReplacedInPlace()
    {
        Node map = Node::map();
        map.set("b", Node::scalar("1"));
        map.set("a", Node::scalar("2"));
        map.set("b", Node::scalar("3"));
        QCOMPARE(config::toYaml(map), "b: 3\na: 2\n");
    }

    void removingAMemberThatIsNotThereDoesNothing()
    {
        Node map = Node::map();
        map.set("a", Node::scalar("1"));
        map.remove("b");
        map.remove("a");
        QVERIFY(map.members().empty());
        Node().remove("a");
    }

    void findingInAScalarFindsNothing() { QVERIFY(!Node::scalar("x").find("x")); }

    void typedReadsUnderstandUnits()
    {
        Node map = Node::map();
        map.set("count", Node::scalar("-7"));
        map.set("flag", Node::scalar("true"));
        map.set("wait", Node::scalar("10s"));
        map.set("bytes", Node::scalar("64KiB"));
        QCOMPARE(map.integerOf("count"), -7);
        QCOMPARE(map.flagOf("flag"), true);
        QCOMPARE(map.durationOf("wait").count(), 10'000);
        QCOMPARE(map.sizeOf("bytes"), 65'536);
        QCOMPARE(map.textOf("wait"), "10s");
    }

    void absentAndNullReadAsTheOtherValue()
    {
        Node map = Node::map();
        map.set("null", Node());
        for (const char *const key : {"null", "absent"}) {
            QCOMPARE(map.integerOf(key, 3), 3);
            QCOMPARE(map.flagOf(key, true), true);
            QCOMPARE(map.durationOf(key, std::chrono::seconds(1)).count(), 1000);
            QCOMPARE(map.sizeOf(key, 5), 5);
            QCOMPARE(map.textOf(key, "other"), "other");
            QVERIFY(map.textsOf(key).empty());
        }
    }

    void aSingleScalarReadsAsAListOfOne()
    {
        Node map = Node::map();
        map.set("one", Node::scalar("GET"));
        Node list = Node::list();
        list.items() = {Node::scalar("GET"), Node::scalar("PUT")};
        map.set("two", list);
        QCOMPARE(test::texts(map.textsOf("one")), QStringList({"GET"}));
        QCOMPARE(test::texts(map.textsOf("two")), QStringList({"GET", "PUT"}));
    }
};

QTEST_GUILESS_MAIN(TestNode)
#include "tst_confignode.moc"
