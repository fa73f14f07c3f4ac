// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/headers.h"

#include <QTest>

using namespace gatehouse;

namespace {

QString print(const Headers &headers)
{
    QStringList lines;
    for (const Field &field : headers.fields())
        lines << QString::fromStdString(std::string(field.name) + "=" + std::string(field.value));
    return lines.join(' ');
}

} // namespace

class TestHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesKeepOrderSpellingAndDuplicates()
    {
        Headers headers(m_arena);
        headers.add("X-A", "1");
        headers.add("HOST", "h");
        headers.add("x-a", "2");
        QCOMPARE(print(headers), "X-A=1 HOST=h x-a=2");
        QVERIFY(headers.value("X-a") == "1");
        QVERIFY(headers.value(FieldName::Host) == "h");
        QVERIFY(headers.value("host") == "h");
        QVERIFY(!headers.find("X-B"));
        QVERIFY(headers.value("X-B").empty());
        QVERIFY(!headers.contains(FieldName::Via));
    }

    void setLeavesOneLineInThePlaceOfTheFirst()
    {
        Headers headers(m_arena);
        headers.add("A", "1");
        headers.add("b", "2");
        headers.add("C", "3");
        headers.add("B", "4");
        headers.add("Server", "5");
        headers.add("server", "6");
        headers.set("B", "x");
        headers.set("SERVER", "y");
        headers.set("D", "z");
        QCOMPARE(print(headers), "A=1 B=x C=3 SERVER=y D=z");
    }

    void removeTakesEveryLineInAnyCase()
    {
        Headers headers(m_arena);
        for (const char *name : {"X", "Via", "x", "Y", "VIA"})
            headers.add(name, "v");
        headers.remove("x");
        headers.remove("via");
        headers.remove("not-there");
        QCOMPARE(print(headers), "Y=v");
        headers.removeIf([](const Field &) { return true; });
        QCOMPARE(headers.count(), std::size_t(0));
        headers.add("Z", "v");
        QCOMPARE(print(headers), "Z=v");
    }

    void manyLinesGrowTheTable()
    {
        Headers headers(m_arena);
        for (int i = 0; i < 1000; ++i) {
            const std::string name = "X-" + std::to_string(i);
            headers.add(m_arena.copy(name), "v");
        }
        QCOMPARE(headers.count(), std::size_t(1000));
        QVERIFY(headers.fields()[999].name == "X-999");
        QVERIFY(headers.find("x-0"));
    }

    void listsAreWalkedWithoutEmptyMembers()
    {
        QStringList members;
        std::string_view list = " ,a,, b c ,\t,d";
        std::string_view member;
        while (nextListMember(list, member))
            members << QString::fromStdString(std::string(member));
        QCOMPARE(members.join('|'), "a|b c|d");
        QVERIFY(hasToken("keep-alive, Close", "close"));
        QVERIFY(!hasToken("closed, clos", "close"));
        QVERIFY(!hasToken("", "close"));
        QVERIFY(trimmed(" \t a \t") == "a");
        QVERIFY(trimmed(" \t ").empty());
    }

private:
    Arena m_arena;
};

QTEST_GUILESS_MAIN(TestHeaders)
#include "tst_headers.moc"
