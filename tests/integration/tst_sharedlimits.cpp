// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"
#include "tests/support/redisserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <atomic>
#include <thread>

using namespace gatehouse::test;

namespace {

QByteArray limited(const QByteArray &url, const QByteArray &limit, const QByteArray &state = {})
{
    return "environment: production\n"
           "state: {backend: redis, url: \""
        + url + "\"" + state
        + "}\n"
          "routes: [{id: r, match: {path: \"/{*rest}\"}, middleware: ["
        + limit + ", {use: respond, body: ok}]}]\n";
}

int statusFrom(quint16 port)
{
    RawClient client(port);
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    return statusOf(client.readResponse());
}

int passed(GatewayProcess &gateway, int requests)
{
    int count = 0;
    for (int i = 0; i < requests; ++i)
        count += statusFrom(gateway.port()) == 200 ? 1 : 0;
    return count;
}

QString healthOf(GatewayProcess &gateway)
{
    const QByteArray health = gateway.admin("/healthz");
    return QJsonDocument::fromJson(bodyOf(health)).object()["status"].toString();
}

const QByteArray penalty = "{use: rate_limit, algorithm: penalty_window}";

} // namespace

/// Two gateways on one Redis act as one, and go on without it.
class TestSharedLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!RedisServer::isInstalled())
            QSKIP("redis-server is not installed");
        m_redis = std::make_unique<RedisServer>();
    }
    void cleanup() { m_redis.reset(); }

    // S001-08, S000-06
    void twentyFiveAndTwentyFivePassAndThenNobody()
    {
        GatewayProcess one(limited(m_redis->url(), penalty));
        GatewayProcess two(limited(m_redis->url(), penalty));
        QCOMPARE(passed(one, 25), 25);
        QCOMPARE(passed(two, 25), 25);
        QCOMPARE(m_redis->ask("GET rate_limit:127.0.0.1"), QByteArray("$2\r\n50"));
        QCOMPARE(statusFrom(one.port()), 429);
        QCOMPARE(statusFrom(two.port()), 429); // S000-06: without being counted there
        QCOMPARE(m_redis->ask("EXISTS rate_limit:127.0.0.1"), QByteArray(":0"));
        QCOMPARE(m_redis->ask("GET blocked:127.0.0.1"), QByteArray("$7\r\nblocked"));
    }

    // S001-I02
    void exactlyFiftyOfTwoHundredParallelClientsPass()
    {
        GatewayProcess one(limited(m_redis->url(), penalty));
        GatewayProcess two(limited(m_redis->url(), penalty));
        std::atomic<int> passed = 0;
        std::vector<std::thread> clients;
        for (int i = 0; i < 200; ++i) {
            clients.emplace_back([&passed, port = i % 2 ? one.port() : two.port()] {
                passed += statusFrom(port) == 200 ? 1 : 0;
            });
        }
        for (std::thread &client : clients)
            client.join();
        QCOMPARE(passed.load(), 50);
    }

    // S001-60
    void aRedisKilledMidLoadCostsNoRequest()
    {
        const QByteArray limit = "{use: rate_limit, rate: 100000/s}";
        GatewayProcess gateway(
            limited(m_redis->url(), limit, ", breaker: {failures: 5, pause: 300ms}"));
        std::atomic<bool> isOver = false;
        std::atomic<int> served = 0;
        std::atomic<int> failed = 0;
        const auto load = [&] {
            while (!isOver)
                ++(statusFrom(gateway.port()) == 200 ? served : failed);
        };
        std::vector<std::thread> clients;
        for (int i = 0; i < 4; ++i)
            clients.emplace_back(load);
        const auto more = [&served](int count) {
            return QTest::qWaitFor([&, goal = served + count] { return served >= goal; });
        };
        QVERIFY(more(50));
        m_redis->kill();
        QVERIFY(more(50));
        QTRY_COMPARE(healthOf(gateway), QString("degraded"));
        QVERIFY(more(50));
        m_redis->start();
        QTRY_COMPARE(healthOf(gateway), QString("healthy"));
        QVERIFY(more(50));
        isOver = true;
        for (std::thread &client : clients)
            client.join();
        QCOMPARE(failed.load(), 0);
        QVERIFY(gateway.admin("/metrics").contains("gatehouse_ratelimit_errors_total{limit="));
        QCOMPARE(gateway.log().count("the state backend does not answer"), 1); // once
        QCOMPARE(gateway.log().count("the state backend is back"), 1);
    }

    void aStalledRedisCostsNoRequest()
    {
        const QByteArray limit = "{use: rate_limit, rate: 100000/s}";
        GatewayProcess gateway(limited(m_redis->url(), limit, ", timeout: 100ms"));
        QCOMPARE(passed(gateway, 3), 3);
        m_redis->freeze();
        QCOMPARE(passed(gateway, 20), 20);
        QTRY_COMPARE(healthOf(gateway), QString("degraded"));
        m_redis->thaw();
    }

    void denyRefusesWhileItIsAway()
    {
        const QByteArray limit = "{use: rate_limit, rate: 100/s, on_error: deny}";
        GatewayProcess gateway(limited(m_redis->url(), limit));
        QCOMPARE(statusFrom(gateway.port()), 200);
        m_redis->kill();
        QCOMPARE(statusFrom(gateway.port()), 503);
        GatewayProcess strict(
            limited(m_redis->url(), "{use: rate_limit, rate: 100/s}", ", on_error: deny"));
        QCOMPARE(statusFrom(strict.port()), 503);
    }

    void aWrongPasswordIsSaidAtOnce()
    {
        m_redis.reset();
        m_redis = std::make_unique<RedisServer>(QStringList{"--requirepass", "right"});
        const QByteArray place = "127.0.0.1:" + QByteArray::number(m_redis->port());
        GatewayProcess gateway(limited("redis://:wr0ng@" + place, penalty));
        QVERIFY(gateway.waitForLog("correct user and password in state.url"));
        QVERIFY(!gateway.log().contains("wr0ng"));
        QCOMPARE(passed(gateway, 3), 3); // fail open
        QVERIFY2(healthOf(gateway) == "degraded", gateway.log());
    }

    // S001-26
    void developmentLeavesNoKeys()
    {
        GatewayProcess gateway(
            limited(m_redis->url(), penalty).replace("production", "development"));
        QCOMPARE(passed(gateway, 60), 60);
        QCOMPARE(m_redis->ask("DBSIZE"), QByteArray(":0"));
    }

    void anOperatorSeesAndMovesASharedLimit()
    {
        const QByteArray yaml =
            limited(m_redis->url(), "{use: rate_limit, algorithm: penalty_window, enforce: always}")
                .replace("production", "development");
        GatewayProcess one(yaml);
        GatewayProcess two(yaml);
        QCOMPARE(passed(one, 51), 50);
        const QByteArray keys = "/admin/v1/limits/keys?limit=penalty_window";
        const QJsonObject listed = QJsonDocument::fromJson(bodyOf(two.admin(keys))).object();
        QCOMPARE(listed["keys"][0]["key"].toString(), QString("127.0.0.1"));
        QVERIFY(listed["keys"][0]["blocked"].toBool());
        const QByteArray one100 = "/admin/v1/limits/advance?limit=penalty_window&by=100s";
        QCOMPARE(statusOf(two.admin(one100, "POST")), 200);
        QCOMPARE(statusFrom(one.port()), 200);
        const QByteArray key = "?limit=penalty_window&key=127.0.0.1";
        QCOMPARE(statusOf(two.admin("/admin/v1/limits/fill" + key, "POST")), 200);
        QCOMPARE(statusFrom(one.port()), 429);
        QCOMPARE(statusOf(two.admin("/admin/v1/limits/key" + key, "DELETE")), 200);
        QCOMPARE(statusFrom(one.port()), 200);
    }

    // S000-25
    void withoutAStateSectionEverythingIsInMemory()
    {
        GatewayProcess gateway("environment: production\nroutes: [{id: r, match: {path: \"/a\"}, "
                               "middleware: [{use: rate_limit, rate: 2/60s}, {use: respond}]}]");
        QVERIFY(gateway.waitForLog("state=\"memory\""));
        QCOMPARE(passed(gateway, 4), 2);
    }

private:
    std::unique_ptr<RedisServer> m_redis;
};

QTEST_GUILESS_MAIN(TestSharedLimits)
#include "tst_sharedlimits.moc"
