// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"
#include "tests/net/socketpair.h"

#include <QEventLoop>

#include <algorithm>
#include <functional>
#include <memory>
#include <sys/epoll.h>

using namespace gatehouse;
using net::Deferred;
using net::EventDispatcher;
using net::FdWatcher;
using test::runUntil;
using test::SocketPair;

namespace {

class TestWatcher final : public FdWatcher
{
public:
    TestWatcher(int fd, std::function<void(quint32)> action = {}, quint32 events = EPOLLIN)
        : m_fd(fd)
        , m_action(std::move(action))
    {
        if (!EventDispatcher::current().watch(fd, *this, events))
            qFatal("watch: errno %d", errno);
    }
    ~TestWatcher() override { unwatch(); }

    void unwatch()
    {
        if (m_fd >= 0)
            EventDispatcher::current().unwatch(m_fd, *this);
        m_fd = -1;
    }

    void onFdEvents(quint32 events) override
    {
        ++calls;
        seen |= events;
        if (m_action)
            m_action(events);
    }

    int calls = 0;
    quint32 seen = 0;

private:
    int m_fd;
    std::function<void(quint32)> m_action;
};

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

class WatcherTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEdgeIsReportedOnce()
    {
        SocketPair pair;
        TestWatcher watcher(pair.near());
        pair.writeFar("x");
        turn();
        turn();
        QCOMPARE(watcher.calls, 1);
        QVERIFY(watcher.seen & EPOLLIN);
        pair.writeFar("y"); // the first byte has not been read
        turn();
        QCOMPARE(watcher.calls, 2);
    }

    void hangUpAndWritabilityAreReported()
    {
        SocketPair pair;
        TestWatcher watcher(pair.near(), {}, EPOLLIN | EPOLLOUT | EPOLLRDHUP);
        turn();
        QVERIFY(watcher.seen & EPOLLOUT);
        pair.closeFar();
        turn();
        QVERIFY(watcher.seen & EPOLLRDHUP);
        QVERIFY(watcher.seen & EPOLLHUP);
    }

    void aDescriptorThatEpollRefusesIsReported()
    {
        struct Silent final : FdWatcher
        {
            void onFdEvents(quint32) override {}
        } watcher;
        QVERIFY(!EventDispatcher::current().watch(-1, watcher, EPOLLIN));
        QCOMPARE(errno, EBADF);
    }

    void fetchedEventsOfAnUnwatchedDescriptorAreDropped()
    {
        std::array<SocketPair, 8> pairs;
        std::vector<std::unique_ptr<TestWatcher>> watchers;
        int calls = 0;
        const auto unwatchAll = [&](quint32) {
            ++calls;
            for (const auto &watcher : watchers)
                watcher->unwatch();
        };
        for (SocketPair &pair : pairs) {
            watchers.push_back(std::make_unique<TestWatcher>(pair.near(), unwatchAll));
            pair.writeFar("x");
        }
        turn();
        turn();
        QCOMPARE(calls, 1);
    }

    void aWatcherMayDestroyOthers()
    {
        std::array<SocketPair, 8> pairs;
        std::array<std::unique_ptr<TestWatcher>, 8> watchers;
        for (std::size_t i = 0; i < 8; ++i) {
            watchers[i] = std::make_unique<TestWatcher>(pairs[i].near(), [&, i](quint32) {
                for (std::size_t k = 0; k < 8; ++k) {
                    if (k != i)
                        watchers[k].reset();
                }
            });
            pairs[i].writeFar("x");
        }
        turn();
        QCOMPARE(std::ranges::count_if(watchers, [](const auto &watcher) { return bool(watcher); }),
                 1);
    }

    void aWatcherMayDestroyItself()
    {
        SocketPair pair;
        std::unique_ptr<TestWatcher> watcher;
        watcher = std::make_unique<TestWatcher>(pair.near(), [&](quint32) { watcher.reset(); });
        pair.writeFar("x");
        turn();
        QVERIFY(!watcher);
    }

    /// The nested loop waits for an event that the outer loop has fetched already.
    void aNestedLoopDeliversWhatTheOuterHasFetched()
    {
        std::array<SocketPair, 20> pairs;
        std::vector<std::unique_ptr<TestWatcher>> watchers;
        int calls = 0;
        bool isNested = false;
        bool hasSeenAll = false;
        for (SocketPair &pair : pairs) {
            watchers.push_back(std::make_unique<TestWatcher>(pair.near(), [&](quint32) {
                ++calls;
                if (!std::exchange(isNested, true))
                    hasSeenAll = runUntil([&] { return calls == 20; });
            }));
            pair.writeFar("x");
        }
        turn();
        QVERIFY(hasSeenAll);
        turn();
        QCOMPARE(calls, 20);
    }

    void excludedSocketsKeepTheirEdges()
    {
        SocketPair pair;
        TestWatcher watcher(pair.near());
        pair.writeFar("x");
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(watcher.calls, 0);
        turn();
        QCOMPARE(watcher.calls, 1);
    }

    void excludedSocketsKeepTheRestOfABatch()
    {
        std::array<SocketPair, 4> pairs;
        std::vector<std::unique_ptr<TestWatcher>> watchers;
        int calls = 0;
        for (SocketPair &pair : pairs) {
            watchers.push_back(std::make_unique<TestWatcher>(pair.near(), [&](quint32) {
                const int before = ++calls;
                QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
                QCOMPARE(calls, before);
            }));
            pair.writeFar("x");
        }
        turn();
        QCOMPARE(calls, 4);
    }

    void moreDescriptorsThanABatchHolds()
    {
        std::vector<std::unique_ptr<SocketPair>> pairs;
        std::vector<std::unique_ptr<TestWatcher>> watchers;
        for (int i = 0; i < 400; ++i) {
            pairs.push_back(std::make_unique<SocketPair>());
            watchers.push_back(std::make_unique<TestWatcher>(pairs.back()->near()));
            pairs.back()->writeFar("x");
        }
        turn();
        turn();
        for (const auto &watcher : watchers)
            QCOMPARE(watcher->calls, 1);
    }

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
    return test::runOnEitherLoop<WatcherTest>(argc, argv);
}
#include "tst_watcher.moc"
