// SPDX-License-Identifier: GPL-3.0-or-later
// bench_feed [SECONDS]: 20,000 exchanges a second through the live feed into an open window, from a
// scripted engine in a thread of its own. Prints what arrived, how long the window's event loop and
// its painting stood still, and how busy the GUI thread was.
#include "engine/client/livefeed.h"
#include "tests/bench/residentmemory.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/traffic/trafficpage.h"
#include "ui/settings/preferences.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace gatehouse;

namespace {

constexpr int perSecond = 20'000;
constexpr int batchesPerSecond = 25;
constexpr int perBatch = perSecond / batchesPerSecond;

class NoApi final : public client::AdminApi
{
public:
    using AdminApi::call;
    void call(client::Op, const client::Parameters &, const QJsonObject &, QObject *,
              Callback) override
    {
    }
    void fetch(client::Op, const client::Parameters &, QObject *, BytesCallback) override {}
};

/// An engine that has unique paths, as a busy shop has.
client::FeedBatch batchFrom(quint64 first)
{
    client::FeedBatch batch;
    batch.epoch = 1;
    if (first == 1)
        batch.strings = {{1, "GET"}, {2, "api.local"}, {3, "orders"}, {4, "upstream.response"}};
    const qint64 now = qint64(std::time(nullptr)) * 1'000'000'000;
    for (int i = 0; i < perBatch; ++i) {
        filter::HotRecord record;
        record.seq = first + quint64(i);
        record.start = now;
        record.duration = 1'000'000 + qint64(record.seq % 997) * 10'000;
        record.status = quint16(record.seq % 50 == 0 ? 503 : 200);
        record.decision = filter::Decision::Passed;
        record.method = 1;
        record.host = 2;
        record.route = 3;
        record.path = filter::StringId(10 + record.seq);
        record.spanCount = 1;
        record.spans[0] = {4, filter::Family::Upstream, filter::Span::Waiting, 20, 900};
        batch.strings.emplace_back(record.path,
                                   "/v1/orders/" + QByteArray::number(record.seq)
                                       + "/items/with-a-path-of-sixty-bytes");
        batch.records.push_back(record);
    }
    return batch;
}

/// Sends a batch every 40 ms, whatever the client does.
class Engine final : public QObject
{
public:
    Engine()
    {
        m_server.listen(QHostAddress::LocalHost, 0);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            m_socket = m_server.nextPendingConnection();
            startTimer(1000 / batchesPerSecond, Qt::PreciseTimer);
        });
    }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

protected:
    void timerEvent(QTimerEvent *) override
    {
        const client::FeedBatch batch = batchFrom(m_next);
        m_next += perBatch;
        m_socket->sendBinaryMessage(batch.toCbor());
    }

private:
    QWebSocketServer m_server{"engine", QWebSocketServer::NonSecureMode};
    QWebSocket *m_socket = nullptr;
    quint64 m_next = 1;
};

double threadSeconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_NO_GLIB", "1"); // whose loop does not tell when it waits
    QApplication app(argc, argv);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 10;
    QThread thread;
    thread.start();
    Engine *engine = nullptr;
    auto *const maker = new QObject;
    maker->moveToThread(&thread);
    QMetaObject::invokeMethod(
        maker, [&engine] { engine = new Engine; }, Qt::BlockingQueuedConnection);

    const QTemporaryDir folder;
    ui::Preferences preferences(folder.filePath("w.ini"));
    ui::Shortcuts shortcuts(preferences);
    NoApi api;
    client::LiveFeed feed;
    ui::Navigator navigator;
    ui::TrafficPage page({api, feed, preferences, shortcuts, navigator});
    page.resize(1440, 900);
    page.show();
    feed.open({QUrl(QString("http://127.0.0.1:%1").arg(engine->port())), {}}, 0);

    // A turn is from when the loop wakes until it waits again.
    std::vector<qint64> gaps{0};
    QElapsedTimer since;
    since.start();
    const auto *const loop = QAbstractEventDispatcher::instance();
    QObject::connect(loop, &QAbstractEventDispatcher::awake, &app, [&since] { since.restart(); });
    QObject::connect(loop, &QAbstractEventDispatcher::aboutToBlock, &app,
                     [&] { gaps.push_back(since.nsecsElapsed()); });
    QTimer::singleShot(seconds * 1000, &app, &QCoreApplication::quit);
    const double busyBefore = threadSeconds();
    QCoreApplication::exec();
    const double busy = threadSeconds() - busyBefore;
    std::ranges::sort(gaps);
    const auto at = [&gaps](double share) {
        return double(gaps[std::size_t(share * double(gaps.size() - 1))]) / 1e6;
    };
    std::printf("%u exchanges in %d s, %llu missed\n", page.store().size(), seconds,
                static_cast<unsigned long long>(page.missed()));
    std::printf("turns of the event loop: p50 %.1f ms, p99 %.1f ms, longest %.1f ms\n", at(0.5),
                at(0.99), at(1));
    std::printf("GUI thread busy %.0f %%, RSS %.0f MiB\n", 100 * busy / seconds,
                double(test::residentKiB(QCoreApplication::applicationPid())) / 1024);
    feed.close();
    QMetaObject::invokeMethod(maker, [engine] { delete engine; }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
    delete maker;
    return 0;
}
