// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QSemaphore>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QStringList oneWorker{"--workers", "1"};

std::unique_ptr<FakeUpstream> saying(const QByteArray &text)
{
    return std::make_unique<FakeUpstream>(
        FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: "
                                + QByteArray::number(text.size()) + "\r\n\r\n" + text));
}

QByteArray ask(quint16 port, const QByteArray &request = get)
{
    RawClient client(port);
    client.send(request);
    return client.readResponse();
}

/// One service "s" with \a urls behind every path.
QByteArray balanced(const QByteArrayList &urls, const QByteArray &settings = {})
{
    return "services: {s: {instances: [\"" + urls.join("\", \"") + "\"]" + settings
        + "}}\nroutes: [{id: r, match: {path: \"/{*rest}\"}, service: s}]\n";
}

/// The value of the first line of /metrics that begins with \a name.
double metric(GatewayProcess &gateway, const QByteArray &name)
{
    for (const QByteArray &line : gateway.admin("/metrics").split('\n')) {
        if (line.startsWith(name))
            return line.split(' ').last().toDouble();
    }
    return -1;
}

} // namespace

class TestRoutingEndToEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S003-11
    void threeServicesByThreeRoutes()
    {
        QByteArray services = "services:\n";
        QByteArray routes = "routes:\n";
        std::vector<std::unique_ptr<FakeUpstream>> upstreams;
        const QByteArrayList names{"users", "orders", "stock"};
        for (const QByteArray &name : names) {
            upstreams.push_back(saying(name));
            services += "  " + name + ": {instances: [\"" + upstreams.back()->url() + "\"]}\n";
            const auto route = [&](const QByteArray &id, const QByteArray &match) {
                routes +=
                    "  - {id: " + name + id + ", match: {" + match + "}, service: " + name + "}\n";
            };
            route("1", "path: /" + name);
            route("2", "path: \"/" + name + "/{id:int}\", methods: [GET]");
            route("3", "path: \"/{*rest}\", host: " + name + ".local");
        }
        GatewayProcess gateway(services + routes);
        RawClient client(gateway.port());
        for (const QByteArray &name : names) {
            for (const QByteArray &target :
                 {"/" + name + " HTTP/1.1\r\nHost: a", "/" + name + "/7 HTTP/1.1\r\nHost: a",
                  "/any/thing HTTP/1.1\r\nHost: " + name + ".local"}) {
                client.send("GET " + target + "\r\n\r\n");
                QCOMPARE(bodyOf(client.readResponse()), name);
            }
        }
        for (const auto &upstream : upstreams)
            QCOMPARE(upstream->requests().size(), 3);
    }

    void misrouting_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<QByteArray>("allow");
        // S003-23
        QTest::newRow("404 names method and path")
            << QByteArray("PUT /nowhere") << 404 << QByteArray("PUT /nowhere") << QByteArray();
        QTest::newRow("405 lists what is allowed")
            << QByteArray("PATCH /items/7") << 405 << QByteArray("PATCH")
            << QByteArray("GET, HEAD, DELETE");
        // S003-05
        QTest::newRow("400 names the parameter")
            << QByteArray("GET /items/seven") << 400 << QByteArray("id") << QByteArray();
    }
    void misrouting()
    {
        QFETCH(const QByteArray, request);
        QFETCH(const int, status);
        QFETCH(const QByteArray, told);
        const auto upstream = saying("x");
        GatewayProcess gateway(
            "services: {s: {instances: [\"" + upstream->url()
            + "\"]}}\nroutes: [{id: r, match: {path: \"/items/{id:int}\", methods: [GET, DELETE]}, "
              "service: s}]\n");
        const QByteArray response = ask(gateway.port(), request + " HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(statusOf(response), status);
        QVERIFY2(bodyOf(response).contains(told), response);
        QTEST(fieldOf(response, "allow"), "allow");
        QVERIFY(upstream->requests().isEmpty());
    }

    // S002-31
    void threeInstancesTakeTurns()
    {
        std::vector<std::unique_ptr<FakeUpstream>> upstreams;
        QByteArrayList urls;
        for (int i = 0; i < 3; ++i) {
            upstreams.push_back(saying("x"));
            urls << upstreams.back()->url();
        }
        GatewayProcess gateway(balanced(urls), QByteArray(), oneWorker);
        RawClient client(gateway.port());
        for (int i = 0; i < 300; ++i) {
            client.send(get);
            QCOMPARE(statusOf(client.readResponse()), 200);
        }
        for (const auto &upstream : upstreams)
            QCOMPARE(upstream->requests().size(), 100);
    }

    // S002-67
    void anInstanceThatRefusesIsTakenOutAndComesBack()
    {
        const auto good = saying("good");
        QTemporaryDir folder;
        const QByteArray path = folder.filePath("late.sock").toUtf8();
        GatewayProcess gateway(balanced({good->url(), "http://unix:" + path},
                                        ", health: {unhealthy_after: 2, ejection_time: 300ms}"),
                               QByteArray(), oneWorker);
        int failures = 0;
        for (int i = 0; i < 10; ++i)
            failures += statusOf(ask(gateway.port())) == 502 ? 1 : 0;
        QCOMPARE(failures, 2);
        QVERIFY(gateway.waitForLog("instance taken out"));
        QVERIFY(gateway.admin("/healthz").contains("\"degraded\""));

        GatewayProcess late("listeners: [{name: web, address: \"127.0.0.1:0\"}, {name: file, "
                            "address: \"unix:"
                            + path
                            + "\"}]\nroutes: [{id: r, match: {path: /}, middleware: "
                              "[{use: respond, body: late}]}]\n");
        QVERIFY(late.isRunning());
        QTRY_VERIFY(bodyOf(ask(gateway.port())) == "late" || gateway.log().contains("is back"));
        QVERIFY(gateway.waitForLog("instance is back"));
        QSet<QByteArray> bodies;
        for (int i = 0; i < 4; ++i)
            bodies << bodyOf(ask(gateway.port()));
        QCOMPARE(bodies, QSet<QByteArray>({"good", "late"}));
        QVERIFY(gateway.admin("/healthz").contains("\"healthy\""));
    }

    // S002-67
    void noInstanceLeftIsUnavailable()
    {
        QTemporaryDir folder;
        const QByteArray none = "http://unix:" + folder.filePath("none").toUtf8();
        GatewayProcess gateway(balanced({none}, ", health: {unhealthy_after: 1}"), QByteArray(),
                               oneWorker);
        QCOMPARE(statusOf(ask(gateway.port())), 502);
        const QByteArray response = ask(gateway.port());
        QCOMPARE(statusOf(response), 503);
        QVERIFY(bodyOf(response).contains("\"code\":\"no_healthy_instance\""));
    }

    // S002-99, S002-53
    void fiftyConnectionsShrinkToTheTenThatAreKept()
    {
        QSemaphore mayAnswer;
        FakeUpstream upstream([&mayAnswer](UpstreamPeer &peer) {
            while (!peer.readRequest().isEmpty()) {
                mayAnswer.tryAcquire(1, 5000);
                peer.send(ok);
            }
        });
        GatewayProcess gateway(balanced({upstream.url()}), QByteArray(), oneWorker);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(std::make_unique<RawClient>(gateway.port()));
            clients.back()->send(get);
        }
        QTRY_COMPARE(upstream.requests().size(), 50);
        QCOMPARE(metric(gateway, "gatehouse_upstream_active{"), 50.0);
        mayAnswer.release(50);
        for (const auto &client : clients)
            QCOMPARE(statusOf(client->readResponse()), 200);
        QTRY_COMPARE(metric(gateway, "gatehouse_upstream_active{"), 0.0);
        QCOMPARE(metric(gateway, "gatehouse_pool_idle_connections{"), 10.0);
        QCOMPARE(metric(gateway, "gatehouse_upstream_connects_total{"), 50.0);
    }

    void idlePooledConnectionsAreClosed()
    {
        const auto upstream = saying("x");
        GatewayProcess gateway(balanced({upstream->url()}, ", pool: {idle_timeout: 100ms}"),
                               QByteArray(), oneWorker);
        QCOMPARE(statusOf(ask(gateway.port())), 200);
        QTRY_COMPARE(metric(gateway, "gatehouse_pool_idle_connections{"), 0.0);
        QCOMPARE(statusOf(ask(gateway.port())), 200);
        QCOMPARE(upstream->connections(), 2);
    }

    // S002-I10
    void aRoutesTimeoutEndsTheRequest()
    {
        FakeUpstream upstream([](UpstreamPeer &peer) {
            peer.readRequest();
            peer.readSome();
        });
        GatewayProcess gateway("services: {s: {instances: [\"" + upstream.url()
                               + "\"]}}\nroutes: [{id: r, match: {path: /}, middleware: "
                                 "[{use: timeout, request: 150ms}], service: s}]\n");
        const QByteArray response = ask(gateway.port());
        QCOMPARE(statusOf(response), 504);
        QVERIFY(bodyOf(response).contains("\"code\":\"timeout\""));
    }
};

QTEST_GUILESS_MAIN(TestRoutingEndToEnd)
#include "tst_routing_e2e.moc"
