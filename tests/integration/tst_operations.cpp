// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

QJsonObject jsonOf(const QByteArray &response)
{
    return QJsonDocument::fromJson(bodyOf(response)).object();
}

QByteArray ask(quint16 port, const QByteArray &request = get)
{
    RawClient client(port);
    client.send(request);
    return client.readResponse();
}

/// A service whose only instance is not there; one failed connect takes it out.
QByteArray deadBackend()
{
    return GatewayProcess::proxyTo("http://unix:/nonexistent/backend",
                                   "health: {unhealthy_after: 3}");
}

} // namespace

/// What whoever runs the program sees of it: health, metrics, logs.
class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S002-I04
    void healthHasItsShapes()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        for (const char *path : {"/healthz", "/health"}) {
            const QByteArray response = gateway.admin(path);
            QCOMPARE(statusOf(response), 200);
            const QJsonObject health = jsonOf(response);
            QCOMPARE(health["status"].toString(), "healthy");
            QCOMPARE(health["checks"].toObject()["backend"].toObject()["status"].toString(),
                     "healthy");
            QVERIFY(!health["version"].toString().isEmpty());
            QVERIFY(!health["service_id"].toString().isEmpty());
            QVERIFY(
                QDateTime::fromString(health["timestamp"].toString(), Qt::ISODateWithMs).isValid());
        }
        QCOMPARE(jsonOf(gateway.admin("/readyz"))["ready"].toBool(), true);
        QCOMPARE(statusOf(gateway.admin("/readyz")), 200);
        QCOMPARE(jsonOf(gateway.admin("/livez"))["status"].toString(), "ok");
        QCOMPARE(statusOf(gateway.admin("/nothing")), 404);
    }

    // S002-I04
    void aDeadBackendShows()
    {
        GatewayProcess gateway(deadBackend(), QByteArray(), {"--workers", "1"});
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(statusOf(gateway.admin("/healthz")), 200);
            QCOMPARE(statusOf(ask(gateway.port())), 502);
        }
        QCOMPARE(statusOf(ask(gateway.port())), 503);
        const QByteArray health = gateway.admin("/healthz");
        QCOMPARE(statusOf(health), 503);
        QCOMPARE(jsonOf(health)["status"].toString(), "unhealthy");
        QVERIFY(!jsonOf(health)["checks"]
                     .toObject()["backend"]
                     .toObject()["error"]
                     .toString()
                     .isEmpty());
        const QByteArray ready = gateway.admin("/readyz");
        QCOMPARE(statusOf(ready), 503);
        QCOMPARE(jsonOf(ready)["ready"].toBool(true), false);
        QCOMPARE(statusOf(gateway.admin("/livez")), 200);
        // S002-I02: the gateway itself is well
        const QByteArray own =
            ask(gateway.port(), "GET /_gateway/health HTTP/1.1\r\nHost: a\r\n\r\n");
        QCOMPARE(statusOf(own), 200);
        QCOMPARE(jsonOf(own)["status"].toString(), "healthy");
        QCOMPARE(jsonOf(own)["service"].toString(), "gateway");
        QVERIFY(jsonOf(own).contains("timestamp"));
    }

    // S002-I03
    void echoIsForDevelopmentOnly()
    {
        const QByteArray request = "POST /_gateway/echo?a=b HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n"
                                   "Content-Length: 3\r\n\r\nabc";
        GatewayProcess inside(deadBackend(), QByteArray(), {"--env", "development"});
        const QJsonObject echo = jsonOf(ask(inside.port(), request));
        QCOMPARE(echo["method"].toString(), "POST");
        QCOMPARE(echo["path"].toString(), "/_gateway/echo");
        for (const char *key : {"query", "headers", "body", "client", "remote", "timestamp"})
            QVERIFY2(echo.contains(key), key);
        GatewayProcess outside("services: {}\nroutes: [{id: r, match: {path: /}, middleware: "
                               "[{use: respond, body: ok}]}]\n",
                               QByteArray(), {"--env", "production"});
        QCOMPARE(statusOf(ask(outside.port(), request)), 404);
    }

    // S002-110
    void metricsParse()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(statusOf(ask(gateway.port())), 200);
        const QByteArray response = gateway.admin("/metrics");
        QVERIFY(fieldOf(response, "content-type").startsWith("text/plain; version=0.0.4"));
        const QRegularExpression comment("^# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .+$");
        const QRegularExpression sample("^[a-zA-Z_:][a-zA-Z0-9_:]*"
                                        "(\\{([a-z_]+=\"[^\"]*\",?)+\\})? [-+0-9.eInfNa]+$");
        int samples = 0;
        for (const QByteArray &line : bodyOf(response).trimmed().split('\n')) {
            const QString text = QString::fromUtf8(line);
            QVERIFY2(comment.match(text).hasMatch() || sample.match(text).hasMatch(), line);
            samples += line.startsWith('#') ? 0 : 1;
        }
        QVERIFY(samples > 50);
        QTRY_VERIFY(gateway.admin("/metrics")
                        .contains("gatehouse_requests_total{route=\"all\",status=\"2xx\"} 5\n"));
    }

    // S002-109, S001-61
    void everyLogLineIsJson()
    {
        GatewayProcess gateway("log: {format: json}\n" + deadBackend(), QByteArray(),
                               {"--workers", "1"});
        ask(gateway.port(), "bad\r\n\r\n");
        for (int i = 0; i < 5; ++i)
            ask(gateway.port());
        QVERIFY(gateway.waitForLog("instance taken out"));
        gateway.rewrite("nonsense: 1\n");
        QVERIFY(gateway.waitForLog("reload refused"));
        int lines = 0;
        for (const QByteArray &line : gateway.log().trimmed().split('\n')) {
            QJsonParseError error{};
            const QJsonObject entry = QJsonDocument::fromJson(line, &error).object();
            QVERIFY2(error.error == QJsonParseError::NoError, line);
            for (const char *key : {"ts", "level", "msg", "component"})
                QVERIFY2(!entry[key].toString().isEmpty(), line);
            if (entry["msg"].toString() == "upstream failed")
                QVERIFY2(!entry["request_id"].toString().isEmpty(), line);
            ++lines;
        }
        QVERIFY(lines >= 5);
    }

    void levelsAreSetByComponent()
    {
        GatewayProcess gateway("log: {level: error}\n" + deadBackend(), QByteArray(),
                               {"--workers", "1"});
        QCOMPARE(statusOf(ask(gateway.port())), 502);
        QVERIFY(!gateway.log().contains("upstream failed"));
    }

    void theAdminAddressIsForLocalCallersOnly()
    {
        GatewayProcess gateway(deadBackend());
        const auto status = [&gateway](const QByteArray &lines) {
            return statusOf(ask(gateway.adminPort(), "GET /metrics HTTP/1.1\r\n" + lines + "\r\n"));
        };
        QCOMPARE(status("Host: 127.0.0.1:9000\r\n"), 200);
        QCOMPARE(status("Host: evil.example\r\n"), 401);
        QCOMPARE(status("Host: localhost\r\nOrigin: http://evil.example\r\n"), 401);
    }
};

QTEST_GUILESS_MAIN(TestOperations)
#include "tst_operations.moc"
