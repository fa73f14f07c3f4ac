// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"
#include "tests/support/redisserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

struct Edge
{
    const char *name;
    const char *rule;
    int edge; ///< s after which the first passes again
};

/// Each takes five at once.
constexpr Edge edges[] = {
    {"token_bucket", "algorithm: token_bucket, rate: 5/500s, burst: 5", 100},
    {"fixed_window", "algorithm: fixed_window, rate: 5/200s", 200},
    {"sliding_window", "algorithm: sliding_window, rate: 5/300s", 0}, // as its Retry-After says
    {"leaky_bucket", "algorithm: leaky_bucket, rate: 5/500s, burst: 4", 100},
    {"penalty_window", "algorithm: penalty_window, rate: 5/200s, penalty: 60s", 260},
    {"concurrency", "algorithm: concurrency, limit: 5", 300}, // when held places come back
};

QByteArray get(GatewayProcess &gateway)
{
    RawClient client(gateway.port());
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
    return client.readResponse();
}

int statusFrom(GatewayProcess &gateway)
{
    return statusOf(get(gateway));
}

QJsonObject json(const QByteArray &response)
{
    return QJsonDocument::fromJson(bodyOf(response)).object();
}

/// On the one limit, "l"; its key is the client.
QByteArray onKey(GatewayProcess &gateway, const QByteArray &action, const QByteArray &rest = {})
{
    const QByteArray method = action == "key" ? "DELETE" : "POST";
    return gateway.admin("/admin/v1/limits/" + action + "?limit=l&key=127.0.0.1" + rest, method);
}

int advance(GatewayProcess &gateway, int seconds)
{
    return statusOf(gateway.admin(
        "/admin/v1/limits/advance?limit=l&by=" + QByteArray::number(seconds) + "s", "POST"));
}

QJsonObject state(GatewayProcess &gateway)
{
    return json(gateway.admin("/admin/v1/limits/key?limit=l&key=127.0.0.1"));
}

} // namespace

/// What operators do to limits by hand: each algorithm, in this process and in Redis.
class TestLimitLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_state.clear();
        if (RedisServer::isInstalled())
            m_redis = std::make_unique<RedisServer>();
    }
    void cleanup() { m_redis.reset(); }

    void byClockAloneEachGoesOverItsEdge_data() { addLimits(); }
    void byClockAloneEachGoesOverItsEdge()
    {
        QFETCH(int, edge);
        if (!canRun())
            return;
        GatewayProcess gateway(configuration("development"));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(statusFrom(gateway), 200);
        givePlacesBack(gateway);
        if (edge == 300) // those that were inside have gone by themselves: all places are taken
            QCOMPARE(statusOf(onKey(gateway, "fill")), 200);
        const QByteArray refused = get(gateway);
        QCOMPARE(statusOf(refused), 429);
        const int wait = edge > 0 ? edge : fieldOf(refused, "retry-after").toInt();
        QVERIFY(wait > 10);
        QCOMPARE(advance(gateway, wait - 10), 200);
        QCOMPARE(statusFrom(gateway), 429);
        QCOMPARE(advance(gateway, 10), 200);
        QCOMPARE(statusFrom(gateway), 200);
        const QJsonObject clock =
            json(gateway.admin("/admin/v1/limits"))["limits"][0]["clock"].toObject();
        QCOMPARE(clock["ahead_seconds"].toInt(), wait);
        QVERIFY(!clock["frozen"].toBool());
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/clock?limit=l&to=real", "POST")), 200);
        const QJsonObject real =
            json(gateway.admin("/admin/v1/limits"))["limits"][0]["clock"].toObject();
        QCOMPARE(real["ahead_seconds"].toInt(), 0);
    }

    void aBlockByHandSaysSo_data() { addLimits(); }
    void aBlockByHandSaysSo()
    {
        if (!canRun())
            return;
        GatewayProcess gateway(configuration("development"), {}, {"--record", "bodies"});
        QCOMPARE(statusFrom(gateway), 200);
        const QByteArray answer = onKey(gateway, "block", "&for=10m&author=ann");
        QCOMPARE(statusOf(answer), 200);
        QVERIFY(json(answer)["blocked_by_hand"].toBool());
        const QByteArray refused = get(gateway);
        QCOMPARE(statusOf(refused), 429);
        const int wait = fieldOf(refused, "retry-after").toInt();
        QVERIFY(wait > 590 && wait <= 600);
        const QJsonArray keys =
            json(gateway.admin("/admin/v1/limits/keys?limit=l"))["keys"].toArray();
        QCOMPARE(keys.size(), 1);
        QVERIFY(keys[0]["blocked"].toBool() && keys[0]["blocked_by_hand"].toBool());
        const QByteArray log = "limit changed by hand action=\"block\" limit=\"l\" "
                               "key=\"127.0.0.1\" for=\"10m\" author=\"ann\" from=\"127.0.0.1\"";
        QVERIFY2(gateway.waitForLog(log), gateway.log());
        const auto denied = [&gateway] { // its client has the answer before it is recorded
            return json(gateway.admin("/admin/v1/exchanges?filter=status:429"))["exchanges"]
                .toArray();
        };
        QTRY_COMPARE(denied().size(), 1);
        const QByteArray seq = QByteArray::number(denied()[0].toObject()["seq"].toInteger());
        const QByteArray one = bodyOf(gateway.admin("/admin/v1/exchanges/one?seq=" + seq));
        QVERIFY2(one.contains("blocked_by_hand"), one);
        QVERIFY2(one.contains("blocked by hand, the next passes in"), one);
        QCOMPARE(advance(gateway, 590), 200);
        QCOMPARE(statusFrom(gateway), 429);
        QCOMPARE(advance(gateway, 10), 200);
        QCOMPARE(statusFrom(gateway), 200);
    }

    void allThatIsDoneToAKeyIsTakenBack_data() { addLimits(); }
    void allThatIsDoneToAKeyIsTakenBack()
    {
        if (!canRun())
            return;
        GatewayProcess gateway(configuration("development"));
        QCOMPARE(statusFrom(gateway), 200);
        QCOMPARE(statusFrom(gateway), 200);
        givePlacesBack(gateway);
        const int left = remaining(gateway);
        for (const QByteArray action : {"key", "fill", "block"}) {
            const QByteArray done = onKey(gateway, action, "&for=1h");
            QCOMPARE(statusOf(done), 200);
            const QByteArray before = json(done)["before"].toString().toLatin1();
            QCOMPARE(before.size(), 16);
            QCOMPARE(statusOf(onKey(gateway, "restore", "&before=" + before)), 200);
            QCOMPARE(remaining(gateway), left);
            QCOMPARE(statusOf(onKey(gateway, "restore", "&before=" + before)), 404); // once
        }
        QCOMPARE(statusOf(onKey(gateway, "block", "&for=1h")), 200);
        const QByteArray unblocked = onKey(gateway, "unblock");
        QVERIFY(!json(unblocked)["blocked"].toBool());
        QCOMPARE(statusFrom(gateway), 200);
        const QByteArray before = json(unblocked)["before"].toString().toLatin1();
        QCOMPARE(statusOf(onKey(gateway, "restore", "&before=" + before)), 200);
        QCOMPARE(statusFrom(gateway), 429);
    }

    void aClockStandsStillAndGoesOn()
    {
        GatewayProcess gateway("environment: development\n"
                               "routes: [{id: r, match: {path: \"/a\"}, middleware: [{use: "
                               "rate_limit, scope: l, rate: 1/50ms, burst: 1, enforce: always}, "
                               "{use: respond, body: ok}]}]\n");
        const QByteArray clock = "/admin/v1/limits/clock?limit=l&to=";
        QCOMPARE(statusOf(gateway.admin(clock + "frozen", "POST")), 200);
        QCOMPARE(statusFrom(gateway), 200);
        for (int i = 0; i < 200; ++i)
            QCOMPARE(statusFrom(gateway), 429); // longer than 50 ms, on any machine
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/advance?by=50ms", "POST")), 200);
        QCOMPARE(statusFrom(gateway), 200);
        QCOMPARE(statusFrom(gateway), 429);
        QVERIFY(json(gateway.admin("/admin/v1/limits"))["limits"][0]["clock"]["frozen"].toBool());
        QCOMPARE(statusOf(gateway.admin(clock + "running", "POST")), 200);
        bool hasPassed = false; // what QTRY asks more than once stays true
        QTRY_VERIFY(hasPassed = hasPassed || statusFrom(gateway) == 200);
        QCOMPARE(statusOf(gateway.admin(clock + "sideways", "POST")), 400);
    }

    void productionNeedsALab()
    {
        m_rule = "rate: 5/60s";
        GatewayProcess gateway(configuration("production"));
        for (const QByteArray &refused :
             {onKey(gateway, "block", "&for=1m"),
              gateway.admin("/admin/v1/limits/advance?by=1m", "POST"),
              gateway.admin("/admin/v1/limits/clock?to=frozen", "POST")}) {
            QCOMPARE(statusOf(refused), 403);
            QVERIFY2(refused.contains("--lab"), refused);
        }
        QCOMPARE(statusOf(onKey(gateway, "fill")), 200); // as ever
        QVERIFY(!json(gateway.admin("/admin/v1/info"))["lab"].toBool());
        QVERIFY(!json(gateway.admin("/admin/v1/limits"))["lab"].toBool());

        GatewayProcess lab(configuration("production"), {}, {"--lab"});
        QCOMPARE(statusOf(onKey(lab, "block", "&for=1m")), 200);
        QCOMPARE(statusFrom(lab), 429);
        QVERIFY(json(lab.admin("/admin/v1/info"))["lab"].toBool());
        QVERIFY(json(lab.admin("/admin/v1/limits"))["lab"].toBool());
    }

    void badOrdersAreRefused()
    {
        m_rule = "rate: 5/60s";
        GatewayProcess gateway(configuration("development"));
        for (const QByteArray time : {"", "&for=", "&for=0s", "&for=31d", "&for=soon"})
            QCOMPARE(statusOf(onKey(gateway, "block", time)), 400);
        QCOMPARE(statusOf(onKey(gateway, "restore", "&before=0123456789abcdef")), 404);
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/block?limit=no&key=a&for=1m", "POST")),
                 404);
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/block?limit=l&for=1m", "POST")), 400);
    }

    void bothCountsOfASlidingWindowAreTold()
    {
        m_rule = "algorithm: sliding_window, rate: 5/300s";
        GatewayProcess gateway(configuration("development"));
        QCOMPARE(statusFrom(gateway), 200);
        QCOMPARE(statusFrom(gateway), 200);
        QCOMPARE(advance(gateway, 300), 200);
        QCOMPARE(statusFrom(gateway), 200);
        const QJsonObject windows = state(gateway)["windows"].toObject();
        QCOMPARE(windows["current"].toInt(), 1);
        QCOMPARE(windows["previous"].toInt(), 2);
        QVERIFY(windows["elapsed_seconds"].toDouble() < 300);
    }

private:
    static void addLimits()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<int>("edge");
        QTest::addColumn<bool>("isShared");
        for (const Edge &each : edges) {
            QTest::addRow("%s in memory", each.name) << QByteArray(each.rule) << each.edge << false;
            QTest::addRow("%s in Redis", each.name) << QByteArray(each.rule) << each.edge << true;
        }
    }
    /// Takes the row's rule.
    bool canRun()
    {
        QFETCH(QByteArray, rule);
        QFETCH(bool, isShared);
        m_rule = rule;
        if (!isShared)
            return true;
        if (!m_redis) {
            QTest::qSkip("redis-server is not installed", __FILE__, __LINE__);
            return false;
        }
        m_state = "state: {backend: redis, url: \"" + m_redis->url() + "\"}\n";
        return true;
    }
    [[nodiscard]] QByteArray configuration(const QByteArray &environment) const
    {
        return "environment: " + environment + "\n" + m_state
            + "routes: [{id: r, match: {path: \"/{*rest}\"}, middleware: [{use: rate_limit, "
              "scope: l, enforce: always, "
            + m_rule + "}, {use: respond, body: ok}]}]\n";
    }
    /// A place of concurrency is free only after its answer has gone out.
    void givePlacesBack(GatewayProcess &gateway) const
    {
        if (m_rule.contains("concurrency"))
            QTRY_COMPARE(remaining(gateway), 5);
    }
    static int remaining(GatewayProcess &gateway) { return state(gateway)["remaining"].toInt(); }

    std::unique_ptr<RedisServer> m_redis;
    QByteArray m_rule;
    QByteArray m_state;
};

QTEST_GUILESS_MAIN(TestLimitLab)
#include "tst_limitlab.moc"
