// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QSignalSpy>
#include <QThread>

#include <atomic>
#include <memory>
#include <thread>

using namespace gatehouse;
using test::runUntil;

namespace {

/// A worker thread that runs the loop under test.
class Worker final : public QThread
{
public:
    Worker()
    {
        if (test::isOurLoop())
            setEventDispatcher(new net::EventDispatcher);
        start();
        context.moveToThread(this);
    }
    ~Worker() override
    {
        quit();
        if (!wait(5'000))
            qFatal("the worker does not end");
    }
    void post(std::function<void()> action)
    {
        QMetaObject::invokeMethod(&context, std::move(action), Qt::QueuedConnection);
    }

    QObject context;
};

class EventLoopTest : public QObject
{
    Q_OBJECT

private:
    static QAbstractEventDispatcher *loop() { return QAbstractEventDispatcher::instance(); }

private Q_SLOTS:
    void theLoopIsTheOneUnderTest()
    {
        QCOMPARE(bool(qobject_cast<net::EventDispatcher *>(loop())), test::isOurLoop());
        if (test::isOurLoop())
            QCOMPARE(&net::EventDispatcher::current(), loop());
    }

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

    void withoutWorkItReturnsAtOnce()
    {
        QCoreApplication::processEvents();
        QVERIFY(!loop()->processEvents(QEventLoop::AllEvents));
    }

    void postedEventsAreSent()
    {
        int calls = 0;
        QMetaObject::invokeMethod(this, [&] { ++calls; }, Qt::QueuedConnection);
        QMetaObject::invokeMethod(this, [&] { ++calls; }, Qt::QueuedConnection);
        QCOMPARE(calls, 0);
        loop()->processEvents(QEventLoop::WaitForMoreEvents);
        QCOMPARE(calls, 2);
    }

    void anEventPostedByAnEventDoesNotWaitForAnother()
    {
        int calls = 0;
        const auto second = [&] { ++calls; };
        const auto first = [&] { QMetaObject::invokeMethod(this, second, Qt::QueuedConnection); };
        QMetaObject::invokeMethod(this, first, Qt::QueuedConnection);
        QVERIFY(runUntil([&] { return calls == 1; }));
    }

    void anEventPostedFromAboutToBlockDoesNotWait()
    {
        int calls = 0;
        QObject context;
        connect(loop(), &QAbstractEventDispatcher::aboutToBlock, &context, [&] {
            if (calls == 0)
                QMetaObject::invokeMethod(this, [&] { ++calls; }, Qt::QueuedConnection);
        });
        QVERIFY(runUntil([&] { return calls == 1; }));
    }

    void awakeAndAboutToBlockAreEmitted()
    {
        QSignalSpy awake(loop(), &QAbstractEventDispatcher::awake);
        QSignalSpy aboutToBlock(loop(), &QAbstractEventDispatcher::aboutToBlock);
        QTimer::singleShot(5, this, [] {});
        QVERIFY(runUntil([&] { return aboutToBlock.size() >= 1; }));
        QVERIFY(awake.size() >= 1);

        aboutToBlock.clear();
        loop()->processEvents(QEventLoop::AllEvents);
        QCOMPARE(aboutToBlock.size(), 0);
    }

    void deferredDeletesHappenInTheLoop()
    {
        QPointer<QObject> object = new QObject;
        QTimer::singleShot(0, this, [&] { object->deleteLater(); });
        QEventLoop outer;
        QTimer::singleShot(20, &outer, &QEventLoop::quit);
        outer.exec();
        QVERIFY(!object);
    }

    /// A deferred delete that belongs to an outer loop must not keep the inner one spinning.
    void anInnerLoopSleepsWhileADeleteWaitsForTheOuter()
    {
        int turns = 0;
        QPointer<QObject> object = new QObject;
        QTimer::singleShot(0, this, [&] {
            object->deleteLater();
            QObject context;
            const auto count = [&] { ++turns; };
            connect(loop(), &QAbstractEventDispatcher::awake, &context, count);
            QEventLoop inner;
            QTimer::singleShot(50, &inner, &QEventLoop::quit);
            inner.exec();
        });
        QEventLoop outer;
        QTimer::singleShot(80, &outer, &QEventLoop::quit);
        outer.exec();
        QVERIFY(!object);
        QVERIFY2(turns < 20, qPrintable(QString::number(turns)));
    }

    void aLoopCanBeQuitFromInside_data()
    {
        QTest::addColumn<bool>("byTimer");
        QTest::newRow("timer") << true;
        QTest::newRow("posted event") << false;
    }
    void aLoopCanBeQuitFromInside()
    {
        QFETCH(const bool, byTimer);
        QEventLoop loop;
        const auto quit = [&loop] { loop.exit(7); };
        if (byTimer)
            QTimer::singleShot(1, &loop, quit);
        else
            QMetaObject::invokeMethod(&loop, quit, Qt::QueuedConnection);
        QCOMPARE(loop.exec(), 7);
    }

    void loopsNest()
    {
        QStringList order;
        QEventLoop outer;
        QTimer::singleShot(0, this, [&] {
            QEventLoop middle;
            QTimer::singleShot(0, this, [&] {
                QEventLoop inner;
                QTimer::singleShot(1, &inner, &QEventLoop::quit);
                inner.exec();
                order += "inner";
                middle.quit();
            });
            middle.exec();
            order += "middle";
            outer.quit();
        });
        outer.exec();
        QCOMPARE(order, QStringList({"inner", "middle"}));
    }

    void quittingTheOuterLoopFirstEndsBoth()
    {
        QEventLoop outer;
        bool innerEnded = false;
        QTimer::singleShot(0, this, [&] {
            QEventLoop inner;
            outer.quit();
            QTimer::singleShot(5, &inner, &QEventLoop::quit);
            inner.exec();
            innerEnded = true;
        });
        outer.exec();
        QVERIFY(innerEnded);
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

    void excludedTimersWait()
    {
        int calls = 0;
        QTimer timer;
        timer.callOnTimeout([&] { ++calls; });
        timer.start(0);
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents(QEventLoop::X11ExcludeTimers);
        QCOMPARE(calls, 0);
        QCoreApplication::processEvents();
        QCOMPARE(calls, 1);
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
    return test::runOnEitherLoop<EventLoopTest>(argc, argv);
}
#include "tst_eventloop.moc"
