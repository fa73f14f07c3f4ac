// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/state/redisfixture.h"
#include "tests/state/storeconformance.h"

using namespace gatehouse;
using namespace gatehouse::test;

/// The store in front of a real redis-server.
class TestRedisStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!RedisServer::isInstalled())
            QSKIP("redis-server is not installed");
        m_server = std::make_unique<RedisServer>();
        QVERIFY(m_server->isRunning());
    }
    void cleanup()
    {
        if (m_server)
            m_server->ask("FLUSHALL");
    }
    void cleanupTestCase() { m_server.reset(); }

    void itIsAStateStore()
    {
        RedisFixture redis(m_server->url());
        StoreConformance(*redis.store, [](std::chrono::milliseconds time) {
            QTest::qSleep(int(time.count()) + 5);
        }).check();
        QVERIFY(!redis.health->isAway());
    }

    void itSpeaksOverAUnixSocketToo()
    {
        RedisFixture redis("unix:" + m_server->socketPath().toUtf8() + "?db=3");
        QVERIFY(run(redis.store->set("a", "x", minute)));
        QCOMPARE(m_server->ask("GET t:a"), QByteArray("$-1"));
        QCOMPARE(m_server->ask("SELECT 3\r\nGET t:a"), QByteArray("+OK\r\n$1\r\nx"));
    }

    void keysHaveThePrefix()
    {
        RedisFixture redis(m_server->url(), "gh:*:");
        QVERIFY(run(redis.store->set("a", "x", minute)));
        QCOMPARE(m_server->ask("KEYS *"), QByteArray("*1\r\n$6\r\ngh:*:a"));
        QCOMPARE(*run(redis.store->keys("", 10)), std::vector<std::string>{"a"});
    }

    void aScriptIsLoadedOnceAndAgainAfterAFlush()
    {
        RedisFixture redis(m_server->url());
        const auto count = [&redis] {
            return run(redis.store->increment("n", 1, minute)).value_or(-1);
        };
        QCOMPARE(count(), 1);
        QCOMPARE(count(), 2);
        m_server->ask("SCRIPT FLUSH");
        QCOMPARE(count(), 3);
    }

    void manyCommandsShareOneConnection()
    {
        RedisFixture redis(m_server->url());
        std::vector<Task<Result<qint64>>> tasks;
        for (int i = 0; i < 1000; ++i) {
            tasks.push_back(redis.store->increment("n", 1, minute));
            tasks.back().start();
        }
        for (Task<Result<qint64>> &task : tasks) {
            while (!task.isDone())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(tasks[std::size_t(i)].take().value_or(-1), i + 1); // in order
        QVERIFY(m_server->ask("CLIENT LIST").count(" addr=") <= 2);     // ours and the question's
    }

    void aLongValueComesWhole()
    {
        RedisFixture redis(m_server->url(), "t:", std::chrono::seconds(30),
                           std::chrono::seconds(4));
        const std::string value(20 << 20, 'x'); // many reads, many writes
        QVERIFY(run(redis.store->set("long", value, minute)));
        const Result<std::optional<state::Entry>> entry = run(redis.store->get("long"));
        QVERIFY(entry && *entry);
        QVERIFY((*entry)->value == value);
    }

    void aTaskMayGoWhileItWaits()
    {
        RedisFixture redis(m_server->url());
        {
            Task<Result<qint64>> forgotten = redis.store->increment("n", 1, minute);
            forgotten.start();
        }
        QCOMPARE(run(redis.store->increment("n", 1, minute)).value_or(-1), 2);
    }

    void theStoreMayGoWhileItWaits()
    {
        auto redis = std::make_unique<RedisFixture>(m_server->url());
        Task<Result<qint64>> waiting = redis->store->increment("n", 1, minute);
        waiting.start();
        waiting = {};
        redis.reset();
        QCoreApplication::processEvents();
    }

private:
    static constexpr std::chrono::milliseconds minute{60'000};
    std::unique_ptr<RedisServer> m_server;
};

int main(int argc, char **argv)
{
    return runOnOurLoop<TestRedisStore>(argc, argv);
}
#include "tst_redisstore.moc"
