// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/state/redisfixture.h"

#include <QElapsedTimer>

using namespace gatehouse;
using namespace gatehouse::test;

/// A server that dies, stalls, is full, or has another password. Each answer comes in time and says
/// why.
class TestRedisFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!RedisServer::isInstalled())
            QSKIP("redis-server is not installed");
    }

    void aServerThatIsNotThereIsSaid()
    {
        RedisFixture redis("redis://127.0.0.1:1/0");
        const QString error = whyNot(redis);
        QVERIFY2(error.contains("refused"), qPrintable(error));
        QVERIFY(redis.health->isAway());
    }

    void aNameThatDoesNotResolveIsSaid()
    {
        RedisFixture redis("redis://nowhere.invalid/0");
        QVERIFY(!whyNot(redis).isEmpty());
    }

    void aWrongPasswordIsSaid_data()
    {
        QTest::addColumn<QByteArray>("credentials");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("wrong") << QByteArray(":wrong@");
        QTest::newRow("wrong user") << QByteArray("nobody:right@");
    }
    void aWrongPasswordIsSaid()
    {
        QFETCH(const QByteArray, credentials);
        RedisServer server({"--requirepass", "right"});
        RedisFixture redis(with(server, credentials));
        const QString error = whyNot(redis);
        QVERIFY2(error.contains(credentials.isEmpty() ? "NOAUTH" : "WRONGPASS"), qPrintable(error));
        QVERIFY2(error.contains("state.url"), qPrintable(error));
        QVERIFY(!error.contains("right") && !error.contains("wrong@"));
    }

    void theRightPasswordOpens()
    {
        RedisServer server({"--requirepass", "right"});
        RedisFixture redis(with(server, ":right@"));
        QCOMPARE(whyNot(redis), QString());
        RedisFixture named(with(server, "default:right@"));
        QCOMPARE(whyNot(named), QString());
    }

    void aFullServerIsSaid()
    {
        RedisServer server({"--maxmemory", "1", "--maxmemory-policy", "noeviction"});
        RedisFixture redis(server.url());
        const QString error = whyNot(redis);
        QVERIFY2(error.contains("OOM") && error.contains("maxmemory"), qPrintable(error));
    }

    void aStalledServerCostsNoMoreThanTheTimeout()
    {
        RedisServer server;
        RedisFixture redis(server.url());
        QCOMPARE(whyNot(redis), QString());
        server.freeze();
        QElapsedTimer timer;
        timer.start();
        const QString error = whyNot(redis);
        QVERIFY2(error.contains("state.timeout"), qPrintable(error));
        QVERIFY(timer.elapsed() < 3000);
        server.thaw();
        QTRY_COMPARE(whyNot(redis), QString()); // a new connection
        QVERIFY(!redis.health->isAway());
    }

    void aServerThatComesBackIsUsedAgain()
    {
        RedisServer server;
        RedisFixture redis(server.url());
        QCOMPARE(whyNot(redis), QString());
        server.kill();
        QVERIFY(!whyNot(redis).isEmpty());
        QVERIFY(redis.health->isAway());
        server.start();
        QTRY_COMPARE(whyNot(redis), QString());
        QVERIFY(!redis.health->isAway());
    }

    void aServerThatDiesWithCommandsInFlightFailsEach()
    {
        RedisServer server;
        RedisFixture redis(server.url(), "t:", std::chrono::seconds(30), std::chrono::seconds(4));
        QCOMPARE(whyNot(redis), QString());
        server.freeze();
        std::vector<Task<Result<qint64>>> tasks;
        for (int i = 0; i < 100; ++i) {
            tasks.push_back(redis.store->increment("n", 1, std::chrono::seconds(60)));
            tasks.back().start();
        }
        QCoreApplication::processEvents(); // they are sent
        server.kill();
        for (Task<Result<qint64>> &task : tasks) {
            while (!task.isDone())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            QVERIFY(!task.take());
        }
        // One lost connection is one failure, so the breaker is still closed.
        QVERIFY(redis.health->breaker(Clock::system().now())
                == state::CircuitBreaker::State::Closed);
    }

    // S000-I08
    void aDeadServerIsSpared()
    {
        RedisServer server;
        RedisFixture redis(server.url(), "t:", std::chrono::milliseconds(1500));
        server.kill();
        const auto isOpen = [&redis] {
            (void)whyNot(redis);
            return redis.health->breaker(Clock::system().now())
                == state::CircuitBreaker::State::Open;
        };
        QTRY_VERIFY(isOpen()); // five attempts, with back-off between them
        server.start();
        QVERIFY(whyNot(redis).contains("left alone"));
        QCOMPARE(server.ask("INFO commandstats").count("cmdstat_evalsha"), 0);
        QTRY_COMPARE(whyNot(redis), QString()); // the trial
        QVERIFY(redis.health->breaker(Clock::system().now())
                == state::CircuitBreaker::State::Closed);
    }

private:
    static QByteArray with(const RedisServer &server, const QByteArray &credentials)
    {
        return "redis://" + credentials + "127.0.0.1:" + QByteArray::number(server.port()) + "/0";
    }
    /// Why a command fails, "" if it does not.
    static QString whyNot(RedisFixture &redis)
    {
        const Result<qint64> sum = run(redis.store->increment("n", 1, std::chrono::seconds(60)));
        return sum ? QString() : sum.error().text() + ": " + sum.error().cause();
    }
};

int main(int argc, char **argv)
{
    return runOnOurLoop<TestRedisFaults>(argc, argv);
}
#include "tst_redisfaults.moc"
