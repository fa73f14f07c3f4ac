// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"

#include <QAbstractEventDispatcher>
#include <QElapsedTimer>
#include <QThread>

#include <atomic>
#include <memory>

using namespace gatehouse;
using test::runUntil;

namespace {

class TimerTest : public QObject
{
    Q_OBJECT

private:
    static QAbstractEventDispatcher *loop() { return QAbstractEventDispatcher::instance(); }

private Q_SLOTS:
    void zeroTimersFireOncePerTurn()
    {
        int calls = 0;
        QTimer timer;
        timer.callOnTimeout([&] { ++calls; });
        timer.start(0);
        for (int i = 1; i <= 5; ++i) {
            QCoreApplication::sendPostedEvents();
            loop()->processEvents(QEventLoop::AllEvents);
            QCOMPARE(calls, i);
        }
    }

    void zeroTimersTakeTurns()
    {
        QString order;
        std::array<QTimer, 3> timers;
        for (int i = 0; i < 3; ++i) {
            timers[i].callOnTimeout([&order, i] { order += QChar(u'a' + i); });
            timers[i].start(0);
        }
        for (int i = 0; i < 3; ++i)
            loop()->processEvents(QEventLoop::AllEvents);
        QCOMPARE(order, "abcabcabc");
    }

    void aZeroTimerDoesNotStarveOthers()
    {
        QTimer busy;
        busy.callOnTimeout([] {});
        busy.start(0);
        bool hasFired = false;
        QTimer::singleShot(10, this, [&] { hasFired = true; });
        QVERIFY(runUntil([&] { return hasFired; }));
    }

    void timersAreNeverEarly_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::newRow("precise, 1 ms") << Qt::PreciseTimer << 1;
        QTest::newRow("precise, 37 ms") << Qt::PreciseTimer << 37;
        QTest::newRow("coarse, 15 ms") << Qt::CoarseTimer << 15;
    }
    void timersAreNeverEarly()
    {
        QFETCH(const Qt::TimerType, type);
        QFETCH(const int, interval);
        QTimer timer;
        timer.setTimerType(type);
        int calls = 0;
        timer.callOnTimeout([&] { ++calls; });
        QElapsedTimer elapsed;
        elapsed.start();
        timer.start(interval);
        QVERIFY(runUntil([&] { return calls == 3; }));
        QVERIFY(elapsed.nsecsElapsed() >= 3 * interval * 1'000'000LL);
    }

    void coarseTimersStayWithinTheirPromise()
    {
        QTimer timer;
        timer.setTimerType(Qt::CoarseTimer);
        bool hasFired = false;
        timer.callOnTimeout([&] { hasFired = true; });
        QElapsedTimer elapsed;
        elapsed.start();
        timer.start(400);
        QVERIFY(runUntil([&] { return hasFired; }));
        QVERIFY2(elapsed.elapsed() >= 380, qPrintable(QString::number(elapsed.elapsed())));
    }

    void veryCoarseTimersKeepWholeSeconds()
    {
        QTimer timer;
        timer.setTimerType(Qt::VeryCoarseTimer);
        bool hasFired = false;
        timer.callOnTimeout([&] { hasFired = true; });
        QElapsedTimer elapsed;
        elapsed.start();
        timer.start(1'000);
        QVERIFY(runUntil([&] { return hasFired; }));
        QVERIFY2(elapsed.elapsed() >= 480, qPrintable(QString::number(elapsed.elapsed())));
    }

    void timersFireInOrder()
    {
        QString order;
        QTimer::singleShot(20, Qt::PreciseTimer, this, [&] { order += u'c'; });
        QTimer::singleShot(5, Qt::PreciseTimer, this, [&] { order += u'a'; });
        QTimer::singleShot(10, Qt::PreciseTimer, this, [&] { order += u'b'; });
        QVERIFY(runUntil([&] { return order.size() == 3; }));
        QCOMPARE(order, "abc");
    }

    void aSingleShotFiresOnce()
    {
        int calls = 0;
        QTimer timer;
        timer.setSingleShot(true);
        timer.callOnTimeout([&] { ++calls; });
        timer.start(1);
        QTimer later;
        bool isLater = false;
        later.callOnTimeout([&] { isLater = true; });
        later.start(20);
        QVERIFY(runUntil([&] { return isLater; }));
        QCOMPARE(calls, 1);
        QVERIFY(!timer.isActive());
    }

    void remainingTimeCountsDown()
    {
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        timer.start(10'000);
        QVERIFY(timer.remainingTime() > 9'000 && timer.remainingTime() <= 10'000);
        QCOMPARE(loop()->remainingTime(timer.timerId()), timer.remainingTime());
        timer.stop();
        QCOMPARE(timer.remainingTime(), -1);
    }

    void registeredTimersAreListed()
    {
        QObject object;
        const int precise = object.startTimer(1'500, Qt::PreciseTimer);
        object.startTimer(60'000, Qt::CoarseTimer);
        const auto list = loop()->registeredTimers(&object);
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[0].timerId, precise);
        QCOMPARE(list[0].interval, 1'500);
        QCOMPARE(list[0].timerType, Qt::PreciseTimer);
        QVERIFY(loop()->unregisterTimers(&object));
        QVERIFY(!loop()->unregisterTimers(&object));
        QVERIFY(loop()->registeredTimers(&object).isEmpty());
    }

    void timersMoveWithTheirObject()
    {
        QThread thread;
        if (test::isOurLoop())
            thread.setEventDispatcher(new net::EventDispatcher);
        QTimer timer;
        std::atomic<QThread *> seen = nullptr;
        const auto fired = [&] {
            seen = QThread::currentThread();
            timer.stop();
            thread.quit();
        };
        timer.callOnTimeout(&timer, fired);
        timer.start(5);
        timer.moveToThread(&thread);
        thread.start();
        QVERIFY(thread.wait(5'000));
        QCOMPARE(seen.load(), &thread);
    }

    void manyTimersAllFire()
    {
        int calls = 0;
        std::vector<std::unique_ptr<QTimer>> timers;
        for (int i = 0; i < 2'000; ++i) {
            timers.push_back(std::make_unique<QTimer>());
            timers.back()->setSingleShot(true);
            timers.back()->callOnTimeout([&] { ++calls; });
            timers.back()->start(i % 50);
        }
        QVERIFY(runUntil([&] { return calls == 2'000; }));
    }
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<TimerTest>(argc, argv);
}
#include "tst_qtimer.moc"
