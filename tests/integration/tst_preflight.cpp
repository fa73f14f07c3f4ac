// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray hello =
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nAccess-Control-Allow-Origin: *\r\n\r\nhello";
const QByteArray origin = "Origin: https://a.example.com\r\n";

QByteArray ask(const GatewayProcess &gateway, const QByteArray &line, const QByteArray &fields)
{
    return RawClient::ask(gateway.port(),
                          line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n");
}

QByteArray preflight(const GatewayProcess &gateway, const QByteArray &path,
                     const QByteArray &method = "POST", const QByteArray &from = origin)
{
    return ask(gateway, "OPTIONS " + path,
               from + "Access-Control-Request-Method: " + method + "\r\n");
}

/// Everything that could refuse or delay a preflight stands around the routes; cors comes last.
QByteArray configuration(const QByteArray &url)
{
    return "environment: production\n"
           "services: {up: {instances: [\""
        + url
        + "\"]}, "
          "down: {instances: [\"http://127.0.0.1:9\"]}}\n"
          "middleware:\n"
          "  strict: {use: verify_signature, secret: s}\n"
          "  ours: {use: cors, origins: [\"https://*.example.com\"], credentials: true, "
          "max_age: 1h}\n"
          "pipeline: [recovery, request_id, access_log, {use: security_headers, frame_options: "
          "DENY}, replay_guard, ours]\n"
          "routes:\n"
          "  - {id: api, match: {path: /api, methods: [POST]}, middleware: [strict], service: up}\n"
          "  - {id: open, match: {path: /open}, middleware: [strict, {use: cors, origins: "
          "[https://own.test]}], service: up}\n"
          "  - {id: down, match: {path: /down}, service: down}\n"
          "  - {id: up, match: {path: /up}, service: up}\n";
}

} // namespace

/// S001-02
class TestPreflight : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(hello));
        m_gateway = std::make_unique<GatewayProcess>(configuration(m_upstream->url()));
        QVERIFY(m_gateway->isRunning());
    }

    // S001-12, S001-13, S001-14, S001-I11, S002-I44: before authentication and the store, for a
    // route that does not take OPTIONS
    void isAnsweredBeforeEverythingElse()
    {
        const QByteArray answer = preflight(*m_gateway, "/api");
        QCOMPARE(statusOf(answer), 204);
        QCOMPARE(bodyOf(answer), "");
        QCOMPARE(fieldsOf(answer, "Content-Length"), {});
        QCOMPARE(fieldOf(answer, "Access-Control-Allow-Origin"), "https://a.example.com");
        QCOMPARE(fieldOf(answer, "Access-Control-Allow-Credentials"), "true");
        QCOMPARE(fieldOf(answer, "Access-Control-Allow-Methods"),
                 "GET, POST, OPTIONS, PUT, PATCH, DELETE");
        QCOMPARE(fieldOf(answer, "Access-Control-Max-Age"), "3600");
        QCOMPARE(fieldOf(answer, "Vary"),
                 "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        QCOMPARE(m_upstream->connections(), 0);
        // What only watches sees it.
        QVERIFY(!fieldOf(answer, "X-Request-ID").isEmpty());
        QCOMPARE(fieldOf(answer, "X-Frame-Options"), "DENY");
        QVERIFY(m_gateway->admin("/metrics").contains("route=\"api\""));
    }

    void isAnsweredWhileTheServiceIsDown()
    {
        QCOMPARE(statusOf(preflight(*m_gateway, "/down", "DELETE")), 204);
    }

    // S003-30, S003-31
    void theRoutesOwnPolicyAnswers()
    {
        const QByteArray global = preflight(*m_gateway, "/open");
        QCOMPARE(statusOf(global), 204);
        QCOMPARE(fieldsOf(global, "Access-Control-Allow-Origin"), {});
        const QByteArray own =
            preflight(*m_gateway, "/open", "GET", "Origin: https://own.test\r\n");
        QCOMPARE(fieldOf(own, "Access-Control-Allow-Origin"), "https://own.test");
        QCOMPARE(fieldsOf(own, "Access-Control-Allow-Credentials"), {});
    }

    // S001-I12
    void aStrangerIsToldNothing()
    {
        const QByteArray answer =
            preflight(*m_gateway, "/api", "POST", "Origin: https://example.com.evil.org\r\n");
        QCOMPARE(statusOf(answer), 204);
        QCOMPARE(fieldsOf(answer, "Access-Control-Allow-Origin"), {});
        QCOMPARE(fieldsOf(answer, "Access-Control-Allow-Methods"), {});
    }

    void whatNoRouteTakesGoesTheOrdinaryWay()
    {
        QCOMPARE(statusOf(preflight(*m_gateway, "/nothing")), 404);
        QCOMPARE(statusOf(preflight(*m_gateway, "/api", "DELETE")), 405);
        QCOMPARE(statusOf(ask(*m_gateway, "OPTIONS /api", origin)), 405); // asks about nothing
    }

    // S001-21, S003-31
    void errorAnswersCarryTheFieldsToo_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<int>("status");
        QTest::newRow("200") << QByteArray("GET /up") << QByteArray("https://a.example.com") << 200;
        QTest::newRow("401") << QByteArray("GET /open") << QByteArray("https://own.test") << 401;
        QTest::newRow("400") << QByteArray("POST /api") << QByteArray("https://a.example.com")
                             << 400; // replay_guard stands before cors in the list
        QTest::newRow("404") << QByteArray("GET /no") << QByteArray("https://a.example.com") << 404;
        QTest::newRow("405") << QByteArray("GET /api") << QByteArray("https://a.example.com")
                             << 405;
        QTest::newRow("502") << QByteArray("GET /down") << QByteArray("https://a.example.com")
                             << 502;
    }
    void errorAnswersCarryTheFieldsToo()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, from);
        QFETCH(int, status);
        const QByteArray answer = ask(*m_gateway, line, "Origin: " + from + "\r\n");
        QCOMPARE(statusOf(answer), status);
        QCOMPARE(fieldsOf(answer, "Access-Control-Allow-Origin"), {from});
        QVERIFY(fieldsOf(answer, "Vary").contains("Origin"));
        const QByteArray stranger = ask(*m_gateway, line, "Origin: https://evil.test\r\n");
        QCOMPARE(statusOf(stranger), status);
        QCOMPARE(fieldsOf(stranger, "Access-Control-Allow-Origin"), {});
        QVERIFY(fieldsOf(stranger, "Vary").contains("Origin"));
    }

    void aStarWithCredentialsIsNotLoaded()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath("gatehouse.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("routes: [{id: a, match: {path: /a}, middleware: [{use: cors, origins: "
                   "[\"*\"], credentials: true}, echo]}]\n");
        file.close();
        const ProgramRun run({"check", "-c", file.fileName()});
        QCOMPARE(run.exitCode == 0, false);
        const QByteArray said = run.output + run.errors;
        QVERIFY2(said.contains("routes[0].middleware[0].origins"), said);
        QVERIFY2(said.contains(":1:"), said);
    }

private:
    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestPreflight)
#include "tst_preflight.moc"
