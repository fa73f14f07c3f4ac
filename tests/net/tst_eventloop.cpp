// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"

#include <QAbstractEventDispatcher>
#include <QEventLoop>
#include <QPointer>
#include <QSignalSpy>

using namespace gatehouse;
using test::runUntil;

namespace {

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
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<EventLoopTest>(argc, argv);
}
#include "tst_eventloop.moc"
