// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/histogram.h"

#include <QTest>

#include <cmath>

using namespace gatehouse::observe;
using std::chrono::nanoseconds;

namespace {

std::size_t bucketOf(nanoseconds duration)
{
    Histogram histogram;
    histogram.record(duration);
    for (std::size_t i = 0; i < Histogram::bucketCount; ++i) {
        if (histogram.count(i) == 1)
            return i;
    }
    return Histogram::bucketCount;
}

} // namespace

class TestHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundsDouble()
    {
        QCOMPARE(Histogram::upperBound(0), 0.0001);
        for (std::size_t i = 1; i + 1 < Histogram::bucketCount; ++i)
            QCOMPARE(Histogram::upperBound(i), 2 * Histogram::upperBound(i - 1));
        QVERIFY(std::isinf(Histogram::upperBound(Histogram::bucketCount - 1)));
    }

    void aBoundBelongsToItsBucket()
    {
        for (std::size_t i = 0; i + 1 < Histogram::bucketCount; ++i) {
            const nanoseconds bound{std::llround(Histogram::upperBound(i) * 1e9)};
            QCOMPARE(bucketOf(bound), i);
            QCOMPARE(bucketOf(bound + nanoseconds(1)), i + 1);
        }
        QCOMPARE(bucketOf(nanoseconds(0)), std::size_t(0));
        QCOMPARE(bucketOf(nanoseconds(-5)), std::size_t(0)); // a clock that stepped back
        QCOMPARE(bucketOf(std::chrono::hours(24)), Histogram::bucketCount - 1);
    }

    void theSumIsKept()
    {
        Histogram histogram;
        histogram.record(std::chrono::milliseconds(1500));
        histogram.record(std::chrono::milliseconds(500));
        QCOMPARE(histogram.sumSeconds(), 2.0);
    }
};

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
