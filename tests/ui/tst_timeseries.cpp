// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/latencyhistogram.h"
#include "ui/models/timeseries.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

filter::HotRecord record(quint64 seq, qint64 second, quint16 status)
{
    filter::HotRecord record;
    record.seq = seq;
    record.start = second * 1'000'000'000;
    record.status = status;
    record.revision = second < 102 ? 1 : 2;
    record.duration = 5'000'000;
    return record;
}

enum class Shape { LogNormal, TwoHumps, HeavyTail };

/// Nanoseconds, as services take them: around 3 ms; cached or not; Pareto from 1 ms on.
qint64 sampleOf(Shape shape, std::mt19937_64 &random)
{
    static std::lognormal_distribution<double> logNormal(15, 1.5);
    static std::normal_distribution<double> near(800'000, 90'000);
    static std::normal_distribution<double> far(120'000'000, 9'000'000);
    static std::uniform_real_distribution<double> uniform(0, 1);
    switch (shape) {
    case Shape::LogNormal:
        return qint64(logNormal(random));
    case Shape::TwoHumps:
        return qint64(std::max(1.0, uniform(random) < 0.9 ? near(random) : far(random)));
    case Shape::HeavyTail:
        break;
    }
    return qint64(1'000'000 / std::pow(1 - uniform(random), 1 / 1.2));
}

} // namespace

class TimeSeriesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Feature 12: of the exact ones, on ten million samples.
    void percentilesAreWithinOnePercent_data()
    {
        QTest::addColumn<Shape>("shape");
        QTest::newRow("log-normal") << Shape::LogNormal;
        QTest::newRow("two humps") << Shape::TwoHumps;
        QTest::newRow("heavy tail") << Shape::HeavyTail;
    }
    void percentilesAreWithinOnePercent()
    {
        QFETCH(Shape, shape);
        std::mt19937_64 random(3);
        std::vector<qint64> exact;
        LatencyHistogram all;
        LatencyHistogram parts[4];
#ifdef __SANITIZE_ADDRESS__
        constexpr std::size_t count = 1'000'000; // ten times slower, and nothing else to find
#else
        constexpr std::size_t count = 10'000'000;
#endif
        exact.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            const qint64 value = sampleOf(shape, random);
            exact.push_back(value);
            parts[i % 4].add(value);
        }
        for (const LatencyHistogram &part : parts)
            all.add(part);
        QCOMPARE(all.count(), quint64(count));
        auto begin = exact.begin(); // what is before is smaller
        for (const double share : {0.5, 0.95, 0.99, 0.999}) {
            const auto nth = exact.begin() + qint64(std::ceil(share * count)) - 1;
            std::ranges::nth_element(begin, nth, exact.end());
            begin = nth;
            const double error = std::abs(double(all.percentile(share)) / double(*nth) - 1);
            QVERIFY2(error < 0.01, qPrintable(QString::number(error)));
        }
    }

    void bucketsHoldWhatTheyGot()
    {
        LatencyHistogram histogram;
        for (const qint64 value : {0LL, 1LL, 127LL, 128LL, 5'000'000LL, 1LL << 60, -4LL}) {
            LatencyHistogram one;
            one.add(value);
            QCOMPARE(one.buckets().size(), 1U);
            const qint64 kept = std::clamp<qint64>(value, 0, (1LL << 48) - 1);
            QVERIFY(one.buckets()[0].low <= kept && kept < one.buckets()[0].high);
            histogram.add(one);
        }
        QCOMPARE(histogram.count(), 7U);
        histogram.clear();
        QCOMPARE(histogram.percentile(0.5), 0);
    }

    void secondsCountWhatBeganInThem()
    {
        TrafficStore store;
        const TimeSeries series(store);
        client::FeedBatch batch;
        batch.records = {record(1, 100, 200), record(2, 100, 503), record(3, 103, 200)};
        store.add(batch);
        QCOMPARE(series.begin(), 100);
        QCOMPARE(series.end(), 104);
        QCOMPARE(series.at(100)->requests, 2U);
        QCOMPARE(series.at(100)->errors, 1U);
        QCOMPARE(series.at(101)->requests, 0U);
        QCOMPARE(series.at(99), nullptr);
        QCOMPARE(series.marks().size(), 1U);
        QCOMPARE(series.marks()[0].revision, 2U);
        QCOMPARE(series.at(100)->latency.count() + series.at(103)->latency.count(), 3U);
    }

    void anOpenExchangeCountsItsLatencyWhenItEnds()
    {
        TrafficStore store;
        const TimeSeries series(store);
        client::FeedBatch batch;
        batch.records = {record(1, 100, 0)};
        batch.records[0].set(filter::Flag::Open);
        store.add(batch);
        QCOMPARE(series.at(100)->latency.count(), 0U);
        client::FeedBatch end;
        end.updates = {record(1, 100, 500)};
        store.add(end);
        QCOMPARE(series.at(100)->latency.count(), 1U);
        QCOMPARE(series.at(100)->errors, 1U);
        QCOMPARE(series.at(100)->requests, 1U);
    }

    void onlyTheLastQuarterOfAnHourIsKept()
    {
        TrafficStore store;
        const TimeSeries series(store);
        client::FeedBatch batch;
        for (quint64 i = 0; i < 2000; ++i)
            batch.records.push_back(record(i + 1, qint64(i), 200));
        store.add(batch);
        QCOMPARE(series.end() - series.begin(), TimeSeries::mostSeconds);
        QCOMPARE(series.end(), 2000);
    }
};

QTEST_GUILESS_MAIN(TimeSeriesTest)
#include "tst_timeseries.moc"
