// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/strings.h"

#include <QTest>

using namespace gatehouse::filter;

class TestStrings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextHasOneNumber()
    {
        Strings strings;
        const StringId first = strings.intern("orders");
        QCOMPARE(strings.intern("orders"), first);
        QVERIFY(strings.intern("order") != first);
        QCOMPARE(strings.text(first), std::string_view("orders"));
        QCOMPARE(strings.find("orders"), first);
        QCOMPARE(strings.find("nobody"), 0u);
        QCOMPARE(strings.intern({}), 0u);
    }

    void aLongTextIsCut()
    {
        Strings strings;
        const std::string text(Strings::maxBytes + 10, 'x');
        const StringId id = strings.intern(text);
        QCOMPARE(strings.text(id).size(), Strings::maxBytes);
        QCOMPARE(strings.find(text), id);
    }

    /// The index moves while texts are added and looked for.
    void everyTextIsFoundWhileTheIndexGrows()
    {
        Strings strings;
        constexpr quint32 count = 200'000;
        for (quint32 i = 1; i <= count; ++i) {
            QCOMPARE(strings.intern(std::to_string(i)), i);
            const quint32 other = i / 2 + 1; // moved or not
            if (strings.find(std::to_string(other)) != other
                || strings.intern(std::to_string(other)) != other)
                QFAIL(qPrintable(QString("%1 of %2 is lost").arg(other).arg(i)));
        }
        QCOMPARE(strings.count(), count + 1);
        for (quint32 i = 1; i <= count; ++i) {
            if (strings.find(std::to_string(i)) != i)
                QFAIL(qPrintable(QString::number(i)));
        }
    }
};

QTEST_GUILESS_MAIN(TestStrings)
#include "tst_strings.moc"
