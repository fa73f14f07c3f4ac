// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/worker.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QEventLoop>

#include <atomic>
#include <thread>

using namespace gatehouse;
using test::runUntil;
using test::Worker;

namespace {

class WakeupTest : public QObject
{
    Q_OBJECT

private:
    static QAbstractEventDispatcher *loop() { return QAbstractEventDispatcher::instance(); }

private Q_SLOTS:
    void eachThreadHasItsOwnCurrentDispatcher()
    {
        if (!test::isOurLoop())
            QSKIP("ours only");
        std::atomic<net::EventDispatcher *> seen = nullptr;
        Worker worker;
        worker.post([&] { seen = &net::EventDispatcher::current(); });
        QVERIFY(runUntil([&] {
            QThread::yieldCurrentThread();
            loop()->wakeUp();
            return seen != nullptr;
        }));
        QCOMPARE(seen.load(), worker.eventDispatcher());
        QVERIFY(seen != &net::EventDispatcher::current());
    }

    /// The quit reaches the thread while a nested, non-blocking loop eats its wake-up.
    void anOuterQuitIsNotLostToANestedLoop_data()
    {
        QTest::addColumn<bool>("beforeBlocking");
        QTest::newRow("in a posted event") << false;
        QTest::newRow("just before the wait") << true;
    }
    void anOuterQuitIsNotLostToANestedLoop()
    {
        if (!test::isOurLoop())
            QSKIP("Qt's own dispatcher may sleep through it");
        QFETCH(const bool, beforeBlocking);
        QEventLoop outer;
        std::atomic<bool> isRunning = false;
        std::atomic<bool> hasQuit = false;
        const auto body = [&] {
            if (isRunning.exchange(true))
                return;
            while (!hasQuit)
                std::this_thread::yield();
            QCoreApplication::processEvents();
        };
        QObject context;
        if (beforeBlocking)
            connect(loop(), &QAbstractEventDispatcher::aboutToBlock, &context, body);
        else
            QMetaObject::invokeMethod(this, body, Qt::QueuedConnection);
        std::jthread other([&] {
            while (!isRunning)
                std::this_thread::yield();
            outer.quit();
            hasQuit = true;
        });
        QElapsedTimer elapsed;
        elapsed.start();
        QTimer::singleShot(4'000, &outer, &QEventLoop::quit);
        outer.exec();
        QVERIFY(elapsed.elapsed() < 2'000);
    }

    void wakeUpEndsAWait()
    {
        std::atomic<bool> isStopped = false;
        std::jthread other([&, loop = loop()] {
            while (!isStopped) {
                loop->wakeUp();
                std::this_thread::yield();
            }
        });
        for (int i = 0; i < 1'000; ++i)
            loop()->processEvents(QEventLoop::WaitForMoreEvents);
        isStopped = true;
    }

    void aWakeUpBeforeTheWaitIsNotLost()
    {
        QCoreApplication::processEvents();
        loop()->wakeUp();
        QVERIFY(loop()->processEvents(QEventLoop::WaitForMoreEvents)); // hangs if it is
    }

    void interruptEndsAWait()
    {
        QCoreApplication::processEvents();
        std::jthread other([loop = loop()] {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            loop->interrupt();
        });
        loop()->processEvents(QEventLoop::WaitForMoreEvents);
    }

    /// Each answer is posted by a thread that sleeps in its loop: a lost wake-up would hang.
    void pingPongBetweenThreads()
    {
        constexpr int rounds = 20'000;
        Worker worker;
        int count = 0;
        std::function<void()> onPong = [&] {
            if (++count < rounds)
                worker.post([&] { QMetaObject::invokeMethod(this, onPong, Qt::QueuedConnection); });
        };
        onPong();
        QVERIFY(runUntil([&] { return count == rounds; }));
    }

    void eventsFromManyThreadsAllArrive()
    {
        constexpr int perThread = 20'000;
        int count = 0;
        const auto produce = [&] {
            for (int i = 0; i < perThread; ++i)
                QMetaObject::invokeMethod(this, [&] { ++count; }, Qt::QueuedConnection);
        };
        std::jthread first(produce);
        std::jthread second(produce);
        QVERIFY(runUntil([&] { return count == 2 * perThread; }));
    }

    void threadsEndWhenToldAtAnyTime()
    {
        for (int i = 0; i < 200; ++i) {
            Worker worker;
            if (i % 2)
                worker.post([] {});
        }
    }

    void withoutSocketsItWakesUpAllTheSame()
    {
        int calls = 0;
        Worker worker;
        for (int i = 1; i <= 100; ++i) {
            worker.post(
                [&] { QMetaObject::invokeMethod(this, [&] { ++calls; }, Qt::QueuedConnection); });
            const auto flags = QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents
                | QEventLoop::ExcludeUserInputEvents;
            while (calls < i)
                QCoreApplication::processEvents(flags);
        }
        QCOMPARE(calls, 100);
    }
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<WakeupTest>(argc, argv);
}
#include "tst_wakeup.moc"
