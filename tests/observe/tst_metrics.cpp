// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/metrics.h"

#include <QTest>

#include <thread>

using namespace gatehouse;
using observe::Metrics;
using observe::MetricsReading;
using std::chrono::milliseconds;

namespace {

void record(observe::WorkerMetrics &worker, int route, int status, milliseconds took,
            std::optional<ErrorCode> error = {})
{
    Exchange exchange;
    const SteadyTime start{std::chrono::seconds(100)};
    exchange.setStartTime(start);
    if (route >= 0)
        exchange.setRoute("r", route);
    exchange.setStatus(status);
    exchange.addBytesSent(10);
    exchange.addBytesReceived(1);
    if (error)
        exchange.setErrorCode(*error);
    exchange.trace().start(start);
    exchange.trace().mark("stage.a", start + took);
    exchange.finish(start + took);
    worker.record(exchange);
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readingSumsTheWorkers()
    {
        Metrics metrics(2);
        const int row = metrics.routeRow("users");
        metrics.prepare(0);
        metrics.prepare(1);
        record(metrics.worker(0), row, 200, milliseconds(1));
        record(metrics.worker(0), row, 404, milliseconds(1));
        record(metrics.worker(1), row, 200, milliseconds(500));
        record(metrics.worker(1), row, 502, milliseconds(1), ErrorCode::UpstreamReset);
        record(metrics.worker(1), -1, 404, milliseconds(1), ErrorCode::NotFound);
        record(metrics.worker(1), -1, 0, milliseconds(1), ErrorCode::ClientClosed);

        const MetricsReading reading = metrics.read();
        QCOMPARE(reading.routes.size(), std::size_t(2));
        QCOMPARE(reading.routes[0].id, std::string("-"));
        QCOMPARE(reading.routes[0].byClass[4], quint64(1));
        QCOMPARE(reading.routes[0].byClass[0], quint64(1));
        const MetricsReading::Route &users = reading.routes[1];
        QCOMPARE(users.id, std::string("users"));
        QCOMPARE(users.byClass, (std::array<quint64, 6>{0, 0, 2, 0, 1, 1}));
        QCOMPARE(users.bytesSent, quint64(40));
        QCOMPARE(users.bytesReceived, quint64(4));
        QCOMPARE(users.seconds, 0.503);
        quint64 counted = 0;
        for (const quint64 bucket : users.buckets)
            counted += bucket;
        QCOMPARE(counted, quint64(4));
        QCOMPARE(reading.errors[std::size_t(ErrorCode::UpstreamReset)], quint64(1));
        QCOMPARE(reading.errors[std::size_t(ErrorCode::Timeout)], quint64(0));
        QCOMPARE(reading.stages.size(), std::size_t(1));
        QCOMPARE(reading.stages[0].name, std::string("stage.a"));
        QCOMPARE(reading.stages[0].count, quint64(6));
    }

    void aRouteKeepsItsRowOverReloads()
    {
        Metrics metrics(1);
        const int users = metrics.routeRow("users");
        const int orders = metrics.routeRow("orders");
        QVERIFY(users != orders);
        metrics.prepare(0);
        record(metrics.worker(0), users, 200, milliseconds(1));
        QCOMPARE(metrics.routeRow("orders"), orders);
        QCOMPARE(metrics.routeRow("users"), users);
        (void)metrics.routeRow("new");
        metrics.prepare(0);
        QCOMPARE(metrics.read().routes[std::size_t(users)].byClass[2], quint64(1));
    }

    void othersMayReadWhileAWorkerCounts()
    {
        Metrics metrics(1);
        const int row = metrics.routeRow("users");
        metrics.prepare(0);
        std::thread worker([&metrics, row] {
            for (int i = 0; i < 2000; ++i)
                record(metrics.worker(0), row, 200, milliseconds(1));
        });
        quint64 last = 0;
        bool isMonotonic = true;
        while (last < 2000) {
            const quint64 now = metrics.read().routes[1].byClass[2];
            isMonotonic &= now >= last;
            last = now;
        }
        worker.join();
        QVERIFY(isMonotonic);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
