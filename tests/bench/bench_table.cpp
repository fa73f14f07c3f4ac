// SPDX-License-Identifier: GPL-3.0-or-later
// The list with a million rows: resident memory, appending 700 rows, scrolling, filtering. Under
// Xvfb or with QT_QPA_PLATFORM=offscreen. A line of JSON for each case.
#include "tests/bench/residentmemory.h"
#include "tests/ui/trafficfeed.h"
#include "ui/widgets/trafficview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

constexpr int rows = 1'000'000;

/// Paths of 60 bytes, all different, as in bench_filter.
client::FeedBatch batchOf(test::TrafficFeed &feed, int count)
{
    static quint64 number = 0;
    char path[64];
    client::FeedBatch batch = feed.next(count);
    for (filter::HotRecord &record : batch.records) {
        const int length =
            std::snprintf(path, sizeof(path), "/v1/tenants/%016llx/orders/%08llu/items/%08x",
                          static_cast<unsigned long long>(number * 0x9e3779b97f4a7c15),
                          static_cast<unsigned long long>(number), unsigned(number));
        ++number;
        const auto id = filter::StringId(1'000'000 + number);
        batch.strings.emplace_back(id, QByteArray(path, length));
        record.path = id;
    }
    return batch;
}

double elapsed(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

void report(const char *what, std::vector<double> times)
{
    std::ranges::sort(times);
    std::printf("{\"case\":\"%s\",\"median_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n", what,
                times[times.size() / 2], times[times.size() * 99 / 100], times.back());
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    TrafficStore store;
    store.setBudget({rows + 10'000, qint64(2) << 30});
    TrafficModel model(store);
    FilterRunner runner(store, model);
    TrafficView view(model, runner);
    view.resize(1400, 800);
    view.show();
    test::TrafficFeed feed(1);
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < rows; i += 1000)
        store.add(batchOf(feed, 1000));
    QApplication::processEvents();
    std::printf("{\"case\":\"load\",\"rows\":%u,\"ms\":%.0f,\"store_mb\":%lld,\"rss_mb\":%lld}\n",
                store.size(), elapsed(timer), static_cast<long long>(store.bytes() >> 20),
                static_cast<long long>(test::residentKiB(::getpid()) >> 10));

    std::vector<double> times;
    for (int i = 0; i < 1200; ++i) { // segments go, and the index of texts grows
        const client::FeedBatch batch = batchOf(feed, 700);
        timer.restart();
        store.add(batch);
        view.repaint();
        times.push_back(elapsed(timer));
    }
    report("append 700 and paint", times);

    view.setFollowing(false);
    times.clear();
    QScrollBar *const bar = view.verticalScrollBar();
    for (int i = 0; i < 600; ++i) {
        timer.restart();
        bar->setValue(bar->value() - 72);
        view.viewport()->repaint();
        times.push_back(elapsed(timer));
    }
    report("scroll by a wheel step", times);
    times.clear();
    for (int i = 0; i < 60; ++i) {
        timer.restart();
        bar->setValue(int(qint64(bar->maximum()) * ((i * 37) % 60) / 60));
        view.viewport()->repaint();
        times.push_back(elapsed(timer));
    }
    report("jump", times);

    for (const char *const text : {"status>=500", "items/0000", "status>=500 host:api"}) {
        const auto expression = filter::Expression::parse(QString::fromUtf8(text));
        timer.restart();
        runner.setExpression(*expression);
        while (runner.isRunning())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        view.viewport()->repaint();
        std::printf("{\"case\":\"filter %s\",\"ms\":%.0f,\"hits\":%d}\n", text, elapsed(timer),
                    model.rowCount());
    }
    timer.restart();
    runner.sortBy(Column::Duration, Qt::DescendingOrder);
    while (runner.isRunning())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    std::printf("{\"case\":\"sort what is left\",\"ms\":%.0f}\n", elapsed(timer));
    return 0;
}
