// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/net/eitherloop.h"
#include "tests/net/socketpair.h"
#include "tests/net/testwatcher.h"

#include <algorithm>
#include <memory>

using namespace gatehouse;
using net::EventDispatcher;
using net::FdWatcher;
using test::runUntil;
using test::SocketPair;
using test::TestWatcher;

namespace {

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
};

} // namespace

int main(int argc, char **argv)
{
    return test::runOnEitherLoop<WatcherTest>(argc, argv);
}
#include "tst_watcher.moc"
