// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/explain.h"
#include "engine/gateway/gateway.h"

#include <QTest>

using namespace gatehouse;
using gateway::Gateway;

namespace {

Gateway::Checked check(const std::string &yaml)
{
    gateway::GatewayOptions options;
    options.load.file = "test.yaml";
    options.text = yaml;
    return Gateway::check(options);
}

QStringList findingsOf(const std::string &yaml)
{
    QStringList texts;
    for (const config::Finding &finding : check(yaml).loaded.findings)
        texts << QString::fromStdString(finding.text());
    return texts;
}

// No raw string: moc 6.4 loses its way in one that holds quotes.
const std::string twoRoutes =
    "environment: production\n"
    "services: {u: {instances: [\"http://127.0.0.1:9\"]}}\n"
    "routes:\n"
    "  - id: users\n"
    "    match: {host: api.local, path: \"/users/{id:int}\", methods: [GET, PUT], headers: "
    "{x-api-version: \"2\"}}\n"
    "    rewrite: {path: \"/v1/users/{id}\"}\n"
    "    timeout: 3s\n"
    "    service: u\n"
    "  - {id: rest, match: {path: \"/{*rest}\"}, middleware: [{use: respond, body: ok}]}\n";

} // namespace

class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S003-16: each registration failure has its own named error.
    void namesWhatIsWrongWithARoute_data()
    {
        QTest::addColumn<QString>("routes");
        QTest::addColumn<QString>("rule");
        QTest::newRow("duplicate id") << "[{id: a, match: {path: /x}, middleware: [echo]}, {id: a, "
                                         "match: {path: /y}, middleware: [echo]}]"
                                      << "duplicate";
        QTest::newRow("conflict") << "[{id: a, match: {path: \"/{x}\"}, middleware: [echo]}, {id: "
                                     "b, match: {path: \"/{y}\"}, middleware: [echo]}]"
                                  << "conflict";
        QTest::newRow("bad pattern")
            << "[{id: a, match: {path: \"/{x\"}, middleware: [echo]}]" << "pattern";
        QTest::newRow("bad method")
            << "[{id: a, match: {path: /x, methods: [g t]}, middleware: [echo]}]" << "method";
        QTest::newRow("unknown service")
            << "[{id: a, match: {path: /x}, service: nope}]" << "unknown-service";
        QTest::newRow("no answer")
            << "[{id: a, match: {path: /x}, middleware: [timing]}]" << "no-answer";
        QTest::newRow("middleware")
            << "[{id: a, match: {path: /x}, middleware: [{use: respond, file: missing}]}]"
            << "middleware";
    }
    void namesWhatIsWrongWithARoute()
    {
        QFETCH(QString, routes);
        QFETCH(QString, rule);
        const QStringList findings = findingsOf("routes: " + routes.toStdString());
        QVERIFY2(findings.join('\n').contains('[' + rule), qPrintable(findings.join('\n')));
        QVERIFY(!check("routes: " + routes.toStdString()).snapshot);
    }

    // S003-37, S002-98, S002-99, S002-100, S002-I01
    void sixLinesAreAGatewayWithSensibleDefaults()
    {
        const Gateway::Checked checked =
            check("services:\n  a:\n    instances: [\"http://127.0.0.1:9\"]\nroutes:\n"
                  "  - {id: all, match: {path: \"/{*rest}\"}, service: a}\n");
        QVERIFY(checked.snapshot);
        const config::Config &config = *checked.snapshot->config;
        QCOMPARE(config.listeners.front().address, std::string("127.0.0.1:8080"));
        QCOMPARE(config.services.front().pool.maxIdle, 100);
        QCOMPARE(config.services.front().pool.maxIdlePerInstance, 10);
        QCOMPARE(config.services.front().pool.idleTimeout, std::chrono::milliseconds(90'000));
        const std::string effective = config::toYaml(checked.loaded.effective);
        QVERIFY(QString::fromStdString(effective).contains("max_idle_per_instance: 10"));
    }

    // S002-06, S002-81: the pipeline in its order, outermost first.
    void theEffectivePipelineIsInOrder()
    {
        const Gateway::Checked checked =
            check("routes: [{id: a, match: {path: /}, middleware: [echo]}]");
        QVERIFY(checked.snapshot);
        std::vector<std::string> kinds;
        for (const config::MiddlewareConfig &entry : checked.snapshot->config->pipeline)
            kinds.push_back(entry.use);
        QCOMPARE(kinds, std::vector<std::string>({"recovery", "request_id", "access_log"}));
    }

    // S002-105, S003-23, S002-I17: explain uses the code that serves.
    void explainsTheWinnerAndTheNearMisses()
    {
        const Gateway::Checked checked = check(twoRoutes);
        QVERIFY(checked.snapshot);
        const gateway::Question question{
            "GET", "http://api.local/users/7?q=1", {"x-api-version: 2"}};
        const Result<gateway::Explanation> explained =
            gateway::explain(*checked.snapshot, question);
        QVERIFY(explained);
        QVERIFY(explained->route);
        QCOMPARE(explained->route->id, std::string("users"));
        QCOMPARE(explained->sentTarget, std::string("/v1/users/7?q=1"));
        QCOMPARE(explained->sentHost, std::string("api.local"));
        QCOMPARE(explained->trace.nearMisses().size(), std::size_t(1));

        const gateway::Question other{"GET", "http://api.local/users/7", {"x-api-version: 1"}};
        const Result<gateway::Explanation> lost = gateway::explain(*checked.snapshot, other);
        QCOMPARE(lost->route->id, std::string("rest"));
        const QString why = QString::fromStdString(lost->trace.nearMisses().front().detail);
        QVERIFY2(why.contains("x-api-version") && why.contains("\"2\"") && why.contains("\"1\""),
                 qPrintable(why));
    }

    // A host without placeholders is a text of the middleware, which must outlive the answer.
    void explainKeepsWhatARewriteHasSet()
    {
        const Gateway::Checked checked =
            check("services: {u: {instances: [\"http://127.0.0.1:9\"]}}\n"
                  "routes: [{id: r, match: {path: \"/{x}\"}, service: u,\n"
                  "  middleware: [{use: rewrite, path: /fixed/path/of/the/rewrite, host: "
                  "fixed.internal.example}]}]\n");
        QVERIFY(checked.snapshot);
        const Result<gateway::Explanation> explained =
            gateway::explain(*checked.snapshot, {"GET", "/a", {}});
        QCOMPARE(explained->sentTarget, std::string("/fixed/path/of/the/rewrite"));
        QCOMPARE(explained->sentHost, std::string("fixed.internal.example"));
    }

    void explainRefusesWhatNoClientCanSend()
    {
        const Gateway::Checked checked = check(twoRoutes);
        QVERIFY(!gateway::explain(*checked.snapshot, {"GET", "/a b", {}}));
        QVERIFY(!gateway::explain(*checked.snapshot, {"GET", "/", {"x : y"}}));
    }

    void aPublicAdminAddressNeedsAToken()
    {
        QVERIFY(findingsOf("admin: {address: \"0.0.0.0:1\"}\nroutes: [{id: a, match: {path: /}, "
                           "middleware: [echo]}]")
                    .join('\n')
                    .contains("[public-admin]"));
        QVERIFY(findingsOf("admin: {address: \"0.0.0.0:1\", token: s}\nroutes: [{id: a, match: "
                           "{path: /}, middleware: [echo]}]")
                    .isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
