// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"
#include "tests/net/socketpair.h"
#include "tests/net/testwatcher.h"

#include <memory>

using namespace gatehouse;
using net::Deferred;
using net::EventDispatcher;
using test::runUntil;
using test::SocketPair;
using test::TestWatcher;

namespace {

class TestDeferred final : public Deferred
{
public:
    explicit TestDeferred(std::function<void()> action = {}) : m_action(std::move(action)) {}
    int calls = 0;

protected:
    void onDeferred() override
    {
        ++calls;
        if (m_action)
            m_action();
    }

private:
    std::function<void()> m_action;
};

void turn()
{
    QCoreApplication::processEvents();
}

class DeferredTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deferredWorkRunsAfterItsCallbackAndBeforeTheNext()
    {
        std::array<SocketPair, 2> pairs;
        QStringList order;
        TestDeferred deferred([&] { order += "deferred"; });
        std::vector<std::unique_ptr<TestWatcher>> watchers;
        for (SocketPair &pair : pairs) {
            watchers.push_back(std::make_unique<TestWatcher>(pair.near(), [&](quint32) {
                EventDispatcher::current().defer(deferred);
                EventDispatcher::current().defer(deferred); // twice is once
                order += "watcher";
            }));
            pair.writeFar("x");
        }
        turn();
        QCOMPARE(order, QStringList({"watcher", "deferred", "watcher", "deferred"}));
    }

    void deferredWorkRunsAfterPostedEventsAndTimers()
    {
        QStringList order;
        TestDeferred deferred([&] { order += "deferred"; });
        const auto deferIt = [&] {
            EventDispatcher::current().defer(deferred);
            order += "callback";
        };
        QMetaObject::invokeMethod(this, deferIt, Qt::QueuedConnection);
        turn();
        QTimer::singleShot(0, this, deferIt);
        turn();
        QCOMPARE(order, QStringList({"callback", "deferred", "callback", "deferred"}));
    }

    void aNestedLoopLeavesTheDeferredWorkOfItsCallerAlone()
    {
        TestDeferred ofCaller;
        TestDeferred ofInner;
        int duringCallback = -1;
        QTimer::singleShot(0, this, [&] {
            EventDispatcher::current().defer(ofCaller);
            QTimer::singleShot(0, this, [&] { EventDispatcher::current().defer(ofInner); });
            runUntil([&] { return ofInner.calls == 1; });
            duringCallback = ofCaller.calls;
        });
        runUntil([&] { return ofCaller.calls == 1; });
        QCOMPARE(duringCallback, 0);
        QCOMPARE(ofInner.calls, 1);
    }

    void deferredWorkThatNeverEndsDoesNotStarveOthers()
    {
        TestDeferred *self = nullptr;
        TestDeferred endless([&] { EventDispatcher::current().defer(*self); });
        self = &endless;
        EventDispatcher::current().defer(endless);
        SocketPair pair;
        TestWatcher watcher(pair.near());
        pair.writeFar("x");
        QVERIFY(runUntil([&] { return watcher.calls == 1; }));
        QVERIFY(endless.calls > 0);
    }

    void deferredWorkMayDestroyItselfAndOthers()
    {
        auto other = std::make_unique<TestDeferred>();
        std::unique_ptr<TestDeferred> first;
        first = std::make_unique<TestDeferred>([&] {
            other.reset();
            first.reset();
        });
        EventDispatcher::current().defer(*first);
        EventDispatcher::current().defer(*other);
        turn();
        QVERIFY(!first && !other);
    }

    void wheelTimersFireFromTheLoop()
    {
        struct Expiry final : net::Timer
        {
            bool hasFired = false;
            void onTimeout() override { hasFired = true; }
        } timer;
        const SteadyTime deadline = Clock::system().now() + std::chrono::milliseconds(30);
        timer.arm(EventDispatcher::current().wheel(), deadline);
        QVERIFY(runUntil([&] { return timer.hasFired; }));
        QVERIFY(Clock::system().now() >= deadline);
        QVERIFY(EventDispatcher::current().loopTime() >= deadline);
    }
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<DeferredTest>(argc, argv);
}
#include "tst_deferred.moc"
