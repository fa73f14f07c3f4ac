// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse::test;

namespace {

/// A gateway in production whose one route answers 200 behind \a limits.
QByteArray limited(const QByteArray &limits, const QByteArray &rest = {})
{
    return "environment: production\n" + rest
        + "\nroutes: [{id: r, match: {path: \"/{*rest}\"}, middleware: [" + limits
        + ", {use: respond, body: ok}]}]\n";
}

QByteArray get(GatewayProcess &gateway, const QByteArray &fields = {})
{
    RawClient client(gateway.port());
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    return client.readResponse();
}

int passed(GatewayProcess &gateway, int requests, const QByteArray &fields = {})
{
    int count = 0;
    for (int i = 0; i < requests; ++i)
        count += statusOf(get(gateway, fields)) == 200 ? 1 : 0;
    return count;
}

QJsonObject json(const QByteArray &response)
{
    return QJsonDocument::fromJson(bodyOf(response)).object();
}

const QByteArray penalty = "{use: rate_limit, algorithm: penalty_window}";

} // namespace

/// rate_limit as a client and an operator see it, with the real program.
class TestRateLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S001-03, S001-09, S001-16, S001-28, S001-32, S001-33, S001-36, S001-I03, S001-I05
    void thePenaltyWindowRefusesTheFiftyFirst()
    {
        GatewayProcess gateway(limited(penalty));
        const QByteArray first = get(gateway);
        QCOMPARE(statusOf(first), 200);
        QCOMPARE(fieldOf(first, "x-ratelimit-limit"), "50");
        QCOMPARE(fieldOf(first, "x-ratelimit-remaining"), "49");
        QCOMPARE(fieldOf(first, "ratelimit-policy"), "\"penalty_window\";q=50;w=60");
        QCOMPARE(fieldOf(first, "ratelimit"), "\"penalty_window\";r=49;t=60");
        QCOMPARE(passed(gateway, 49), 49);
        const QByteArray refused = get(gateway);
        QCOMPARE(statusOf(refused), 429);
        const int wait = fieldOf(refused, "retry-after").toInt();
        QVERIFY(wait > 40 && wait <= 100); // the rest of the window and 40 s
        QCOMPARE(fieldOf(refused, "x-ratelimit-remaining"), "0");
        QVERIFY(fieldOf(refused, "x-ratelimit-reset").toLongLong() > 1'700'000'000);
        QCOMPARE(fieldOf(refused, "content-type"), "application/problem+json");
        QCOMPARE(json(refused)["code"].toString(), "rate_limited");
        QCOMPARE(statusOf(get(gateway)), 429);
    }

    // S001-I04
    void graphQlRoutesGetTheirOwnBody()
    {
        GatewayProcess gateway(
            "environment: production\n"
            "routes: [{id: r, match: {path: \"/{*rest}\"}, errors: graphql, middleware: ["
            "{use: rate_limit, algorithm: fixed_window, rate: 1/60s}, {use: respond}]}]");
        QCOMPARE(statusOf(get(gateway)), 200);
        const QByteArray refused = get(gateway);
        QCOMPARE(statusOf(refused), 429);
        QCOMPARE(fieldOf(refused, "content-type"), "application/json");
        const QJsonObject body = json(refused);
        QCOMPARE(body["errors"][0]["message"].toString(),
                 "Rate limit exceeded. Please try again in " + fieldOf(refused, "retry-after")
                     + " seconds.");
        QCOMPARE(body["errors"][0]["extensions"]["code"].toString(), "RATE_LIMIT_EXCEEDED");
        QCOMPARE(body["extensions"], QJsonValue(QJsonObject{{"code", "RATE_LIMIT_EXCEEDED"}}));
        QVERIFY(body.contains("data") && body["data"].isNull());
    }

    // S002-65, S002-I43
    void aTokenBucketPassesItsBurstAndSaysWhenMore()
    {
        GatewayProcess gateway(limited("{use: rate_limit, rate: 1/10s, burst: 10}"));
        QCOMPARE(passed(gateway, 10), 10);
        const QByteArray refused = get(gateway);
        QCOMPARE(statusOf(refused), 429);
        QCOMPARE(fieldOf(refused, "retry-after"), "10");
        QCOMPARE(fieldOf(refused, "ratelimit"), "\"r/rate_limit\";r=0;t=10");
    }

    // S001-26, S001-42, S000-27
    void developmentIsNotLimited()
    {
        GatewayProcess gateway(limited(penalty).replace("production", "development"));
        QCOMPARE(passed(gateway, 100), 100);
        QVERIFY(!get(gateway).contains("RateLimit"));
        GatewayProcess always(limited("{use: rate_limit, rate: 1/60s, enforce: always}")
                                  .replace("production", "development"));
        QCOMPARE(passed(always, 3), 1);
    }

    // S001-40, S001-41
    void clientsAreCountedByTheirAddress()
    {
        const QByteArray one = "{use: rate_limit, algorithm: fixed_window, rate: 1/60s}";
        GatewayProcess trusting(limited(one, "trusted_proxies: [127.0.0.1]"));
        QCOMPARE(passed(trusting, 2, "X-Forwarded-For: 192.0.2.1\r\n"), 1);
        QCOMPARE(passed(trusting, 2, "X-Forwarded-For: 192.0.2.2\r\n"), 1);
        QCOMPARE(passed(trusting, 2, "CF-Connecting-IP: 192.0.2.3\r\n"), 1);
        QCOMPARE(passed(trusting, 2, "X-Real-IP: 192.0.2.4\r\n"), 1);
        GatewayProcess wary(limited(one)); // 127.0.0.1 is nobody's proxy
        QCOMPARE(passed(wary, 1, "X-Forwarded-For: 192.0.2.1\r\n"), 1);
        QCOMPARE(passed(wary, 1, "X-Forwarded-For: 192.0.2.2\r\n"), 0);
        QCOMPARE(passed(wary, 1, "CF-Connecting-IP: 192.0.2.3\r\n"), 0);
    }

    // S001-I15
    void oneHeaderAloneMayNameTheClient()
    {
        GatewayProcess gateway(
            limited("{use: rate_limit, algorithm: fixed_window, rate: 1/60s}",
                    "trusted_proxies: [127.0.0.1]\nclient_ip_header: CF-Connecting-IP"));
        QCOMPARE(passed(gateway, 2, "CF-Connecting-IP: 192.0.2.1\r\n"), 1);
        QCOMPARE(
            passed(gateway, 2, "X-Forwarded-For: 192.0.2.9\r\nCF-Connecting-IP: 192.0.2.1\r\n"), 0);
        QCOMPARE(passed(gateway, 2, "X-Forwarded-For: 192.0.2.9\r\n"), 1); // the peer's own
        QCOMPARE(passed(gateway, 1, "X-Forwarded-For: 192.0.2.10\r\n"), 0);
    }

    // S001-04
    void aPipelineIsBuiltOncePerConfiguration()
    {
        GatewayProcess gateway(limited("{use: rate_limit, rate: 100000/s}"), {},
                               {"--workers", "1"});
        QCOMPARE(passed(gateway, 1000), 1000);
        QVERIFY(gateway.admin("/metrics").contains("gatehouse_pipelines_built_total 1\n"));
    }

    // S001-44, S001-51
    void whatARequestHoldsIsCountedAndGivenBack()
    {
        GatewayProcess gateway(
            limited("{use: rate_limit, algorithm: concurrency, limit: 5, scope: held}"));
        QCOMPARE(passed(gateway, 3), 3);
        const auto isIdle = [&gateway] {
            return gateway.admin("/metrics")
                .contains("gatehouse_requests_active{listener=\"web\"} 0");
        };
        QTRY_VERIFY(isIdle());
        const QByteArray key = "/admin/v1/limits/key?limit=held&key=127.0.0.1";
        QTRY_COMPARE(json(gateway.admin(key))["remaining"].toInt(), 5);
    }

    void theLimitThatDeniesIsTheOneThatIsTold()
    {
        GatewayProcess gateway(limited("{use: rate_limit, rate: 100/s, scope: wide}, "
                                       "{use: rate_limit, rate: 2/60s, scope: narrow}"));
        const QByteArray first = get(gateway);
        QVERIFY(fieldOf(first, "ratelimit").contains("\"wide\";r=99"));
        QVERIFY(fieldOf(first, "ratelimit").contains("\"narrow\";r=1"));
        QCOMPARE(fieldOf(first, "x-ratelimit-limit"), "2"); // which leaves least
        QCOMPARE(passed(gateway, 2), 1);
        const QByteArray refused = get(gateway);
        QCOMPARE(fieldOf(refused, "x-ratelimit-limit"), "2");
        QCOMPARE(fieldOf(refused, "x-ratelimit-remaining"), "0");
    }

    void aDryRunOnlyCounts()
    {
        GatewayProcess gateway(
            limited("{use: rate_limit, rate: 1/60s, dry_run: true, scope: trial}"));
        QCOMPARE(passed(gateway, 5), 5);
        const QByteArray metrics = gateway.admin("/metrics");
        QVERIFY(metrics.contains("gatehouse_ratelimit_decisions_total{limit=\"trial\","
                                 "verdict=\"would_deny\"} 4"));
    }

    void concurrencyIsGivenBackWhenARequestEnds()
    {
        GatewayProcess gateway(
            limited("{use: rate_limit, algorithm: concurrency, limit: 1, scope: one}"));
        RawClient client(gateway.port());
        for (int i = 0; i < 20; ++i) { // one after the other, over one connection
            client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            QCOMPARE(statusOf(client.readResponse()), 200);
        }
        // A place is free once the answer is on its way, which the client may know first.
        const QByteArray key = "/admin/v1/limits/key?limit=one&key=127.0.0.1";
        QTRY_COMPARE(json(gateway.admin(key))["remaining"].toInt(), 1);
    }

    // S001-39: released at the end of the rest and the penalty, by the rule's own clock.
    void anOperatorSeesAndMovesALimit()
    {
        GatewayProcess gateway(limited("{use: rate_limit, algorithm: penalty_window, "
                                       "enforce: always}")
                                   .replace("production", "development"));
        QCOMPARE(passed(gateway, 51), 50);
        const QJsonObject rule = json(gateway.admin("/admin/v1/limits"))["limits"][0].toObject();
        QCOMPARE(rule["name"].toString(), "penalty_window");
        QCOMPARE(rule["allowed"].toInt(), 50);
        QCOMPARE(rule["denied"].toInt(), 1);
        const QByteArray keys = "/admin/v1/limits/keys?limit=penalty_window";
        const QJsonObject blocked = json(gateway.admin(keys))["keys"][0].toObject();
        QCOMPARE(blocked["key"].toString(), "127.0.0.1");
        QVERIFY(blocked["blocked"].toBool());
        QVERIFY(blocked["blocked_for_seconds"].toDouble() > 90);

        const QByteArray advance = "/admin/v1/limits/advance?limit=penalty_window&by=";
        QCOMPARE(statusOf(gateway.admin(advance + "90s", "POST")), 200);
        QCOMPARE(statusOf(get(gateway)), 429);
        QCOMPARE(statusOf(gateway.admin(advance + "10s", "POST")), 200);
        QCOMPARE(statusOf(get(gateway)), 200);

        const QByteArray one = "?limit=penalty_window&key=127.0.0.1";
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/fill" + one, "POST")), 200);
        QCOMPARE(statusOf(get(gateway)), 429);
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/key" + one, "DELETE")), 200);
        QCOMPARE(passed(gateway, 51), 50);
    }

    void theAdminApiRefusesWhatItCannotDo()
    {
        GatewayProcess gateway(limited(penalty));
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/keys?limit=none")), 404);
        QCOMPARE(statusOf(gateway.admin("/admin/v1/limits/key?limit=penalty_window")), 400);
        QCOMPARE(
            statusOf(gateway.admin("/admin/v1/limits/advance?limit=penalty_window&by=1h", "POST")),
            403); // production
        QVERIFY(!gateway.admin("/admin/v1/limits/fill?limit=penalty_window&key=a", "GET")
                     .contains("remaining"));
    }

    void countersOutliveAReload()
    {
        GatewayProcess gateway(limited(penalty));
        QCOMPARE(passed(gateway, 50), 50);
        gateway.rewrite(limited(penalty + ", {use: headers, response: {set: {X-New: a}}}"));
        QVERIFY(gateway.waitForLog("reloaded"));
        QCOMPARE(statusOf(get(gateway)), 429);
    }

    // S001-15, S001-17, S001-43: the decision is in the trace, with its numbers.
    void theTraceSaysWhy()
    {
        QTemporaryDir folder;
        const QString log = folder.filePath("access.log");
        GatewayProcess gateway("environment: production\n"
                               "pipeline: [request_id, {use: access_log, stages: true, path: "
                               + log.toUtf8()
                               + "}]\nroutes: [{id: r, match: {path: \"/{*rest}\"}, middleware: ["
                                 "{use: rate_limit, rate: 1/60s}, {use: respond}]}]");
        QCOMPARE(passed(gateway, 2), 1);
        const auto lines = [&log] {
            QFile file(log);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_COMPARE(lines().count('\n'), 2);
        QVERIFY(lines().contains("rule=r/rate_limit algorithm=token_bucket verdict=allowed "
                                 "by=client_ip key=127.0.0.1 limit=1 before=1 after=0 next_ms=0"));
        QVERIFY(lines().contains("verdict=denied by=client_ip key=127.0.0.1 limit=1 before=0 "
                                 "after=0 next_ms="));
    }
};

QTEST_GUILESS_MAIN(TestRateLimits)
#include "tst_ratelimits.moc"
