// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/httpdate.h"

#include <QTest>

using namespace gatehouse;

class TestHttpDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void datesAreImfFixdate_data()
    {
        QTest::addColumn<qlonglong>("second");
        QTest::addColumn<QString>("text");
        QTest::newRow("the RFC's") << 784111777LL << "Sun, 06 Nov 1994 08:49:37 GMT";
        QTest::newRow("before the epoch") << -1LL << "Wed, 31 Dec 1969 23:59:59 GMT";
        QTest::newRow("the epoch") << 0LL << "Thu, 01 Jan 1970 00:00:00 GMT";
        QTest::newRow("a leap day") << 1709164800LL << "Thu, 29 Feb 2024 00:00:00 GMT";
        QTest::newRow("far") << 7258118399LL << "Tue, 31 Dec 2199 23:59:59 GMT";
    }
    void datesAreImfFixdate()
    {
        QFETCH(qlonglong, second);
        QFETCH(QString, text);
        const WallTime time{std::chrono::seconds(second)};
        QCOMPARE(QString::fromStdString(std::string(httpDate(time))), text);
        const WallTime later = time + std::chrono::milliseconds(999);
        QCOMPARE(QString::fromStdString(std::string(httpDate(later))), text);
    }
};

QTEST_GUILESS_MAIN(TestHttpDate)
#include "tst_httpdate.moc"
