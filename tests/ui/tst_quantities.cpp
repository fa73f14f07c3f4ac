// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/units.h"

#include <QTest>

using namespace gatehouse::ui;

class TstQuantities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durationsHaveThreeSignificantDigits_data();
    void durationsHaveThreeSignificantDigits();
    void sizesHaveThreeSignificantDigits_data();
    void sizesHaveThreeSignificantDigits();
    void ratesNameTheirUnit();
    void numbersAreGroupedByThousands();
    void aShareOfNothingIsADash();
};

void TstQuantities::durationsHaveThreeSignificantDigits_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("unit");
    QTest::newRow("unknown") << qint64(-1) << "–" << "";
    QTest::newRow("zero") << qint64(0) << "0" << "ns";
    QTest::newRow("nanoseconds") << qint64(999) << "999" << "ns";
    QTest::newRow("microseconds") << qint64(1500) << "1.50" << "µs";
    QTest::newRow("milliseconds") << qint64(18'230'000) << "18.2" << "ms";
    QTest::newRow("rounds into more digits") << qint64(9'996'000) << "10.0" << "ms";
    QTest::newRow("rounds into the next unit") << qint64(999'600'000) << "1.00" << "s";
    QTest::newRow("seconds") << qint64(59'940'000'000) << "59.9" << "s";
    QTest::newRow("minutes") << qint64(125'000'000'000) << "2 m 05 s" << "";
    QTest::newRow("hours") << qint64(11'220'000'000'000) << "3 h 07 m" << "";
}

void TstQuantities::durationsHaveThreeSignificantDigits()
{
    QFETCH(qint64, nanoseconds);
    const Quantity quantity = durationQuantity(nanoseconds);
    QTEST(quantity.value, "value");
    QTEST(quantity.unit, "unit");
}

void TstQuantities::sizesHaveThreeSignificantDigits_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << qint64(-1) << "–";
    QTest::newRow("bytes") << qint64(999) << "999\u202FB";
    QTest::newRow("kilobytes") << qint64(1200) << "1.20\u202FkB";
    QTest::newRow("megabytes") << qint64(18'400'000) << "18.4\u202FMB";
    QTest::newRow("many terabytes") << qint64(1'500'000'000'000'000) << "1500\u202FTB";
}

void TstQuantities::sizesHaveThreeSignificantDigits()
{
    QFETCH(qint64, bytes);
    QTEST(sizeQuantity(bytes).text(), "text");
}

void TstQuantities::ratesNameTheirUnit()
{
    QCOMPARE(rateQuantity(0).text(), "0\u202F/s");
    QCOMPARE(rateQuantity(0.4).text(), "0.40\u202F/s");
    QCOMPARE(rateQuantity(1200).text(), "1.20\u202Fk/s");
}

void TstQuantities::numbersAreGroupedByThousands()
{
    QCOMPARE(groupedNumber(412), "412");
    QCOMPARE(groupedNumber(118204), "118\u202F204");
    QCOMPARE(groupedNumber(-1000000), "-1\u202F000\u202F000");
    QCOMPARE(groupedNumber(-100), "-100");
}

void TstQuantities::aShareOfNothingIsADash()
{
    QCOMPARE(shareText(1, 0), "–");
    QCOMPARE(shareText(1, 8), "12.5\u202F%");
}

QTEST_GUILESS_MAIN(TstQuantities)
#include "tst_quantities.moc"
