// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QThread>
#include <QTimerEvent>

#include <functional>
#include <memory>

using namespace gatehouse;
using test::runUntil;

namespace {

class TimerSlotTest : public QObject
{
    Q_OBJECT

private:
    static QAbstractEventDispatcher *loop() { return QAbstractEventDispatcher::instance(); }

private Q_SLOTS:
    void aTimerMayStopItself()
    {
        struct Counter : QObject
        {
            int calls = 0;
            void timerEvent(QTimerEvent *event) override
            {
                ++calls;
                killTimer(event->timerId());
            }
        } counter;
        counter.startTimer(0);
        for (int i = 0; i < 3; ++i)
            loop()->processEvents(QEventLoop::AllEvents);
        QCOMPARE(counter.calls, 1);
    }

    void aTimerMayDestroyItsObjectAndStopOthers()
    {
        auto first = std::make_unique<QTimer>();
        QTimer second;
        int calls = 0;
        first->callOnTimeout([&] {
            ++calls;
            second.stop();
            first.release()->deleteLater();
        });
        second.callOnTimeout([&] { ++calls; });
        first->start(0);
        second.start(0);
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
        QVERIFY(calls >= 1 && !second.isActive());
    }

    void timersStartedInASlotWaitForTheNextTurn()
    {
        int depth = 0;
        std::function<void()> again = [&] {
            if (++depth < 1'000)
                QTimer::singleShot(0, this, again);
        };
        bool isDone = false;
        QTimer::singleShot(1, this, [&] { isDone = true; });
        again();
        QVERIFY(runUntil([&] { return isDone && depth == 1'000; }));
    }

    /// A slot that runs a nested loop is not entered again, whatever the loop does.
    void anActiveTimerIsNotEnteredAgain_data()
    {
        QTest::addColumn<int>("interval");
        QTest::newRow("zero timer") << 0;
        QTest::newRow("1 ms") << 1;
    }
    void anActiveTimerIsNotEnteredAgain()
    {
        QFETCH(const int, interval);
        int depth = 0;
        int deepest = 0;
        int calls = 0;
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        timer.callOnTimeout([&] {
            ++calls;
            deepest = std::max(deepest, ++depth);
            QEventLoop nested;
            QTimer::singleShot(10, &nested, &QEventLoop::quit);
            nested.exec();
            --depth;
        });
        timer.start(interval);
        QVERIFY(runUntil([&] { return calls == 3; }));
        QCOMPARE(deepest, 1);
    }

    /// While its only timer is active, the nested loop has nothing to wait for, and must sleep.
    void anActiveZeroTimerDoesNotKeepANestedLoopSpinning()
    {
        int turns = 0;
        bool isDone = false;
        QTimer timer;
        timer.callOnTimeout([&] {
            QObject context;
            connect(loop(), &QAbstractEventDispatcher::awake, &context, [&] { ++turns; });
            QEventLoop nested;
            QTimer::singleShot(50, &nested, &QEventLoop::quit);
            nested.exec();
            timer.stop();
            isDone = true;
        });
        timer.start(0);
        QVERIFY(runUntil([&] { return isDone; }));
        QVERIFY2(turns < 20, qPrintable(QString::number(turns)));
    }

    void otherTimersFireInANestedLoop()
    {
        int others = 0;
        bool isDone = false;
        QTimer other;
        other.callOnTimeout([&] { ++others; });
        QTimer::singleShot(0, this, [&] {
            QVERIFY(runUntil([&] { return others >= 3; }));
            isDone = true;
        });
        other.start(1);
        QVERIFY(runUntil([&] { return isDone; }));
    }

    void aSlowSlotMakesNoBurst()
    {
        int calls = 0;
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        timer.callOnTimeout([&] {
            if (++calls == 1)
                QThread::msleep(60);
        });
        timer.start(10);
        QVERIFY(runUntil([&] { return calls == 2; }));
        loop()->processEvents(QEventLoop::AllEvents);
        QVERIFY(calls <= 3);
    }
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<TimerSlotTest>(argc, argv);
}
#include "tst_qtimerslot.moc"
