// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

QByteArray get(GatewayProcess &gateway, const QByteArray &path, const QByteArray &fields = {})
{
    RawClient client(gateway.port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    return client.readResponse();
}

/// The lines of the access log, once there are \a count.
QList<QJsonObject> accessLog(const QString &path, int count)
{
    QList<QJsonObject> lines;
    (void)QTest::qWaitFor([&] {
        lines.clear();
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (!line.isEmpty())
                lines.append(QJsonDocument::fromJson(line).object());
        }
        return lines.size() >= count;
    });
    return lines;
}

QStringList stageNames(const QJsonObject &line)
{
    QStringList names;
    for (const QJsonValue stage : line["stages"].toArray())
        names << stage["name"].toString();
    return names;
}

QJsonObject stage(const QJsonObject &line, const QString &name)
{
    for (const QJsonValue stage : line["stages"].toArray()) {
        if (stage["name"] == name)
            return stage.toObject();
    }
    return {};
}

} // namespace

class TestObservability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S002-58 to S002-61, S002-66 to S002-69: the steps of the pipeline, by name, for a live
    // request.
    void theTraceNamesEveryStep()
    {
        FakeUpstream upstream(FakeUpstream::answering(hello));
        QTemporaryDir folder;
        const QString log = folder.filePath("access.log");
        GatewayProcess gateway(
            "pipeline: [recovery, request_id, {use: access_log, stages: true, path: " + log.toUtf8()
                + "}]\n" + GatewayProcess::proxyTo(upstream.url()),
            {}, {"--workers", "1"});
        get(gateway, "/a");
        get(gateway, "/b");
        const QList<QJsonObject> lines = accessLog(log, 2);
        QCOMPARE(lines.size(), 2);
        const QStringList steps{
            "adapter.receive",       "adapter.convert",   "middleware.request_id",
            "middleware.access_log", "route.match",       "balance.pick",
            "upstream.connect",      "upstream.response", "adapter.send"};
        QCOMPARE(stageNames(lines[0]), steps);
        QCOMPARE(stage(lines[0], "adapter.receive")["detail"].toString(), "web");
        QCOMPARE(stage(lines[0], "balance.pick")["detail"].toString(), "round_robin");
        QCOMPARE(stage(lines[0], "upstream.connect")["detail"].toString(), "pool.reused=false");
        QCOMPARE(stage(lines[1], "upstream.connect")["detail"].toString(), "pool.reused=true");
        QCOMPARE(lines[1]["route"].toString(), "all");
    }

    // S002-63, S003-42, S001-57: one line for each request, with the id that the client has.
    void everyRequestHasOneLineAlsoARefusedOne()
    {
        QTemporaryDir folder;
        const QString log = folder.filePath("access.log");
        GatewayProcess gateway("pipeline: [recovery, request_id, timing, {use: access_log, path: "
                               + log.toUtf8()
                               + "}]\nroutes: [{id: ok, match: {path: /ok}, middleware: [{use: "
                                 "respond, body: ok}]}]\n");
        const QByteArray ok = get(gateway, "/ok");
        const QByteArray missed = get(gateway, "/missed");
        const QByteArray refused = get(gateway, "/ok", "Bad : field\r\n");
        const QList<QJsonObject> lines = accessLog(log, 3);
        QCOMPARE(lines.size(), 3);
        QSet<QString> ids;
        for (const QJsonObject &line : lines) {
            ids.insert(line["request_id"].toString());
            QVERIFY(line["duration_ms"].isDouble());
        }
        // S001-10: the processing time is on answers of every kind.
        for (const QByteArray &answer : {ok, missed, refused}) {
            QVERIFY(ids.contains(QString::fromLatin1(fieldOf(answer, "x-request-id"))));
            QVERIFY(!fieldOf(answer, "x-processing-time").isEmpty());
        }
        QCOMPARE(statusOf(refused), 400);
    }

    // S002-85, S002-106, S003-26: type, message, cause and context of a failure, and where it was.
    void aFailingUpstreamIsLoggedWithItsContext()
    {
        GatewayProcess gateway("log: {format: json}\n"
                               + GatewayProcess::proxyTo("http://127.0.0.1:1"));
        const QByteArray answer = get(gateway, "/");
        QCOMPARE(statusOf(answer), 502);
        QVERIFY(gateway.waitForLog("upstream failed"));
        QJsonObject line;
        for (const QByteArray &text : gateway.log().split('\n')) {
            if (text.contains("upstream failed"))
                line = QJsonDocument::fromJson(text).object();
        }
        QCOMPARE(line["type"].toString(), "upstream_connect");
        QCOMPARE(line["level"].toString(), "warning");
        QCOMPARE(line["component"].toString(), "upstream.proxy");
        QCOMPARE(line["cause"].toString(), "Connection refused");
        QCOMPARE(line["instance"].toString(), "http://127.0.0.1:1");
        QCOMPARE(line["route"].toString(), "all");
        QCOMPARE(line["service"].toString(), "backend");
        QCOMPARE(line["request_id"].toString().toLatin1(), fieldOf(answer, "x-request-id"));
        // S002-I06, S003-24: the same code in the body, with the status that belongs to it.
        const QJsonObject problem = QJsonDocument::fromJson(bodyOf(answer)).object();
        QCOMPARE(problem["code"].toString(), "upstream_connect");
    }

    // S003-39 to S003-41, S002-110: requests, latency and errors by route.
    void metricsCountByRouteAndClass()
    {
        GatewayProcess gateway(
            "routes:\n  - {id: ok, match: {path: /ok}, middleware: [{use: respond, body: ok}]}\n"
            "  - {id: bad, match: {path: /bad}, middleware: [{use: respond, status: 500}]}\n");
        for (int i = 0; i < 3; ++i)
            get(gateway, "/ok");
        get(gateway, "/bad");
        get(gateway, "/missed");
        // A request is counted when it is over, which may be after its client has read the answer.
        QByteArray metrics;
        QVERIFY(QTest::qWaitFor([&] {
            metrics = gateway.admin("/metrics");
            return metrics.contains("gatehouse_requests_total{route=\"-\",status=\"4xx\"} 1\n");
        }));
        QVERIFY(metrics.contains("gatehouse_requests_total{route=\"ok\",status=\"2xx\"} 3\n"));
        QVERIFY(metrics.contains("gatehouse_requests_total{route=\"bad\",status=\"5xx\"} 1\n"));
        QVERIFY(metrics.contains("gatehouse_requests_total{route=\"-\",status=\"4xx\"} 1\n"));
        QVERIFY(metrics.contains("gatehouse_request_duration_seconds_count{route=\"ok\"} 3\n"));
        QVERIFY(metrics.contains("gatehouse_errors_total{code=\"not_found\"} 1\n"));
        QVERIFY(metrics.contains("gatehouse_stage_total{stage=\"route.match\"}"));
    }

    // S003-38: the level of one component, changed while the gateway runs.
    void aReloadChangesTheLevelOfAComponent()
    {
        const QByteArray routes =
            "routes: [{id: ok, match: {path: /ok}, middleware: [{use: respond, body: ok}]}]\n";
        GatewayProcess gateway("log: {components: {frontend: warning}}\n" + routes);
        get(gateway, "/ok", "Bad : field\r\n");
        gateway.rewrite("log: {components: {frontend: info}}\n" + routes);
        QVERIFY(gateway.waitForLog("reloaded"));
        QVERIFY(!gateway.log().contains("request refused"));
        get(gateway, "/ok", "Bad : field\r\n");
        QVERIFY(gateway.waitForLog("request refused"));
    }

    // S002-111, S003-43: what a tracing client sends goes on untouched.
    void traceContextPassesThrough()
    {
        FakeUpstream upstream(FakeUpstream::answering(hello));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        const QByteArray parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        get(gateway, "/", "traceparent: " + parent + "\r\ntracestate: a=b\r\n");
        QCOMPARE(fieldOf(upstream.requests().value(0), "traceparent"), parent);
        QCOMPARE(fieldOf(upstream.requests().value(0), "tracestate"), "a=b");
    }

    // S003-31, S002-45, S003-27: each route has its own chain, which sees what was matched.
    void routesHaveChainsOfTheirOwn()
    {
        GatewayProcess gateway("routes:\n"
                               "  - {id: a, match: {path: \"/a/{x}\"}, middleware: [{use: headers, "
                               "response: {set: {X-Who: \"{x}\"}}}, echo]}\n"
                               "  - {id: b, match: {path: \"/b/{x}\"}, middleware: [echo]}\n");
        const QByteArray a = get(gateway, "/a/ada");
        QCOMPARE(fieldOf(a, "x-who"), "ada");
        QCOMPARE(QJsonDocument::fromJson(bodyOf(a)).object()["route"].toString(), "a");
        QVERIFY(fieldOf(get(gateway, "/b/ada"), "x-who").isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestObservability)
#include "tst_observability.moc"
