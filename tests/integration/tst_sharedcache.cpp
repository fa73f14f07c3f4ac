// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"
#include "tests/support/redisserver.h"

#include <QTest>

using namespace gatehouse::test;

namespace {

QByteArray cached(const QByteArray &upstream, const QByteArray &settings, const QByteArray &state)
{
    return state + "services: {s: {instances: [\"" + upstream
        + "\"]}}\nroutes: [{id: r, match: {path: \"/{*rest}\"}, middleware: [{use: cache" + settings
        + "}], service: s}]\n";
}

QByteArray get(GatewayProcess &gateway, const QByteArray &fields = {})
{
    RawClient client(gateway.port());
    client.send("GET /a HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    return client.readResponse();
}

QByteArray cacheOf(const QByteArray &response)
{
    return fieldOf(response, "x-cache");
}

const QByteArray fresh = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 5\r\n\r\n"
                         "hello";

} // namespace

/// The cache in front of real upstreams, and of two gateways together.
class TestSharedCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S000-05
    void whatOneGatewayStoresTheOtherServes()
    {
        if (!RedisServer::isInstalled())
            QSKIP("redis-server is not installed");
        RedisServer redis;
        const QByteArray state = "state: {backend: redis, url: \"" + redis.url() + "\"}\n";
        FakeUpstream upstream(FakeUpstream::answering(fresh));
        GatewayProcess one(cached(upstream.url(), "", state));
        GatewayProcess two(cached(upstream.url(), "", state));
        QCOMPARE(cacheOf(get(one)), "MISS");
        const auto isHit = [&two] {
            const QByteArray response = get(two);
            return cacheOf(response) == "HIT" && bodyOf(response) == "hello";
        };
        QTRY_VERIFY(isHit()); // stored beside the answer
        QVERIFY(upstream.requests().size() <= 2);
    }

    // S000-32
    void aTypeHasItsTimeAndThenExpires()
    {
        FakeUpstream upstream(FakeUpstream::answering(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
        GatewayProcess gateway(cached(upstream.url(), ", ttl: {application/json: 2s}", {}));
        QCOMPARE(cacheOf(get(gateway)), "MISS");
        QCOMPARE(cacheOf(get(gateway)), "HIT");
        // Not QTRY_COMPARE, which asks once more: the miss has stored the answer again.
        QVERIFY(QTest::qWaitFor([&gateway] { return cacheOf(get(gateway)) == "MISS"; }));
    }

    void chunkedAnswersAreStoredToo()
    {
        FakeUpstream upstream(FakeUpstream::answering(
            "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n"
            "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
        GatewayProcess gateway(cached(upstream.url(), "", {}));
        QCOMPARE(unchunked(bodyOf(get(gateway))), "hello world");
        const QByteArray second = get(gateway);
        QCOMPARE(cacheOf(second), "HIT");
        QCOMPARE(fieldOf(second, "content-length"), "11");
        QCOMPARE(bodyOf(second), "hello world");
    }

    void whatIsCutIsNotStored()
    {
        FakeUpstream upstream(FakeUpstream::answeringOnce(
            "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 9\r\n\r\nhello"));
        GatewayProcess gateway(cached(upstream.url(), "", {}));
        (void)get(gateway);
        QVERIFY(cacheOf(get(gateway)) != "HIT");
    }

    void aHeadIsAnsweredFromAGet()
    {
        FakeUpstream upstream(FakeUpstream::answering(fresh));
        GatewayProcess gateway(cached(upstream.url(), "", {}));
        (void)get(gateway);
        RawClient client(gateway.port());
        client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
        const QByteArray head = client.readResponse(true);
        QCOMPARE(cacheOf(head), "HIT");
        QCOMPARE(fieldOf(head, "content-length"), "5");
        QCOMPARE(bodyOf(head), "");
        client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QCOMPARE(bodyOf(client.readResponse()), "hello");
    }

    void aHitNeedsNoUpstream()
    {
        auto upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(fresh));
        GatewayProcess gateway(cached(upstream->url(), "", {}));
        QCOMPARE(cacheOf(get(gateway)), "MISS");
        upstream.reset();
        QCOMPARE(bodyOf(get(gateway)), "hello");
        QCOMPARE(statusOf(get(gateway, "Cache-Control: no-cache\r\n")), 502);
    }
};

QTEST_GUILESS_MAIN(TestSharedCache)
#include "tst_sharedcache.moc"
