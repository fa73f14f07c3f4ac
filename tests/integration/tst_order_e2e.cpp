// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace gatehouse::test;

namespace {

/// A limit in the pipeline, an authentication behind it, cors last; all that a secret may be in.
const QByteArray unusual =
    "middleware:\n"
    "  team: {use: api_key, keys: {a: {key: sekret-1, subject: blue}}}\n"
    "pipeline: [recovery, request_id, access_log, {use: rate_limit, rate: 1000/s}]\n"
    "routes:\n"
    "  - id: api\n"
    "    match: {path: \"/api/{*rest}\"}\n"
    "    middleware: [team, {use: any_of, of: [{use: basic, users: {ada: {password: sekret-2}}}]},"
    " {use: cors, origins: [\"https://a.test\"]}, {use: respond, body: ok}]\n";

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

QByteArrayList sortedLines(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    std::ranges::sort(lines);
    return lines;
}

QStringList namesOf(const QJsonArray &stages)
{
    QStringList names;
    for (const auto &stage : stages)
        names << stage.toObject()["name"].toString();
    return names;
}

} // namespace

/// Which middlewares run, in which order, and why: as every verb and the admin address tell it.
class TestOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    // S001-01, S003-31
    void theEffectiveConfigurationSaysWhy()
    {
        const ProgramRun first({"config", "-c", write(unusual), "--effective"});
        QCOMPARE(first.exitCode, 0);
        for (const char *line :
             {"\n  - use: recovery # around all that may fail: whatever throws inside becomes a "
              "500\n",
              "\n  - use: rate_limit # counts known callers; one that counts by client_ip may also "
              "stand outside\n",
              "\n      - use: cors # in front wherever it is written: a script can read no 401, "
              "429 "
              "or 500 without it\n",
              "\n      - use: respond # answers itself, so that nothing behind it runs\n"})
            QVERIFY2(first.output.contains(line), first.output);
        const ProgramRun again({"config", "-c", write(first.output), "--effective"});
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(sortedLines(again.output), sortedLines(first.output)); // defaults come last once
        QVERIFY(!first.output.contains("sekret"));
    }

    void theDefaultPipelineIsPrintedWithItsReasons()
    {
        const ProgramRun run({"config", "-c",
                              write("routes: [{id: r, match: {path: /}, middleware: [echo]}]\n"),
                              "--effective"});
        for (const char *kind : {"recovery", "request_id", "access_log"})
            QVERIFY2(run.output.contains(QByteArray("  - use: ") + kind + " # "), run.output);
    }

    // S001-01, S003-31, S002-64
    void explainPrintsTheWholeChain()
    {
        const QString file = write(unusual);
        const ProgramRun run({"explain", "-c", file, "GET", "/api/x"});
        QCOMPARE(run.exitCode, 0);
        for (
            const char *line :
            {"chain        recovery > request_id > access_log > rate_limit > cors > team (api_key) "
             "> any_of > respond\n",
             "stage        middleware.recovery    around all that may fail: whatever throws inside "
             "becomes a 500\n",
             "stage        middleware.team        tells who is calling before a limit counts, so "
             "that a bad key uses no budget\n",
             "order        rate_limit stands before team (api_key), any_of: it counts anonymous "
             "callers, too, and knows no subject\n"})
            QVERIFY2(run.output.contains(line), run.output);
        const QJsonObject winner =
            json(ProgramRun({"explain", "-c", file, "GET", "/api/x", "--format", "json"})
                     .output)["winner"]
                .toObject();
        const QStringList expected{"recovery", "request_id", "access_log", "rate_limit",
                                   "cors",     "team",       "any_of",     "respond"};
        QCOMPARE(namesOf(winner["chain"].toArray()), expected);
        const QJsonObject team = winner["chain"][5].toObject();
        QCOMPARE(team["use"].toString(), "api_key");
        QCOMPARE(team["stage"].toString(), "middleware.team");
        QCOMPARE(team["of"].toString(), "route");
        QVERIFY(!team["reason"].toString().isEmpty());
        QCOMPARE(winner["order"].toArray().size(), 1);
    }

    void whatNoRouteTakesPassesThePipeline_data()
    {
        QTest::addColumn<QStringList>("question");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("no route") << QStringList{"GET", "/none"}
                                  << QByteArray("404, no route matches");
        QTest::newRow("our own") << QStringList{"GET", "/_gateway/health"}
                                 << QByteArray("200, by the gateway itself");
    }
    void whatNoRouteTakesPassesThePipeline()
    {
        QFETCH(const QStringList, question);
        QFETCH(const QByteArray, answer);
        const QStringList arguments = QStringList{"explain", "-c", write(unusual)} + question;
        const QByteArray output = ProgramRun(arguments).output;
        QVERIFY2(output.startsWith("answer       " + answer), output);
        QVERIFY2(output.contains("chain        recovery > request_id > access_log > rate_limit\n"),
                 output);
        const QJsonObject told =
            json(ProgramRun(arguments + QStringList{"--format", "json"}).output);
        QCOMPARE(told["chain"].toArray().size(), 4);
    }

    void explainRunsNothing()
    {
        FakeUpstream login(FakeUpstream::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        const QString file = write(
            "services: {login: {instances: [\"" + login.url()
            + "\"]}}\nroutes:\n  - {id: r, match: {path: /}, middleware: [{use: forward_auth, "
              "service: login}, {use: access_log, path: seen.log}, respond]}\n");
        QCOMPARE(ProgramRun({"explain", "-c", file, "GET", "/"}).exitCode, 0);
        QCOMPARE(login.connections(), 0);
        QFile log(m_folder->filePath("seen.log"));
        QVERIFY(!log.open(QIODevice::ReadOnly) || log.readAll().isEmpty());
    }

    // S001-12
    void explainTellsWhatAPreflightGets()
    {
        const QString file = write(unusual);
        const auto ask = [&file](const QString &origin, const QStringList &more) {
            return ProgramRun(QStringList{"explain", "-c", file, "OPTIONS", "/api/x", "-H",
                                          "Origin: " + origin, "-H",
                                          "Access-Control-Request-Method: PUT"}
                              + more);
        };
        const ProgramRun run = ask("https://a.test", {});
        QCOMPARE(run.exitCode, 0);
        for (const char *line :
             {"preflight    asks for PUT\n", "chain        recovery > request_id > access_log\n",
              "answer       204, by the gateway itself: the route's chain does not run\n",
              "field        Access-Control-Allow-Origin: https://a.test\n",
              "origin       https://a.test may call\n"})
            QVERIFY2(run.output.contains(line), run.output);
        const QJsonObject refused =
            json(ask("https://b.test", {"--format", "json"}).output)["preflight"].toObject();
        QCOMPARE(refused["is_allowed"], QJsonValue(false));
        QCOMPARE(refused["status"].toInt(), 204);
        QCOMPARE(refused["route"].toString(), "api");
        QVERIFY(!refused["fields"].toObject().contains("Access-Control-Allow-Origin"));

        // The running gateway says the same.
        GatewayProcess gateway(unusual);
        const QByteArray real = RawClient::ask(
            gateway.port(),
            "OPTIONS /api/x HTTP/1.1\r\nHost: localhost\r\nOrigin: https://a.test\r\n"
            "Access-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n");
        QCOMPARE(statusOf(real), 204);
        const QJsonObject fields = json(ask("https://a.test", {"--format", "json"}).output)
                                       .value("preflight")["fields"]
                                       .toObject();
        QVERIFY(fields.size() >= 4);
        for (auto field = fields.begin(); field != fields.end(); ++field)
            QCOMPARE(fieldOf(real, field.key().toUtf8().toLower()), field->toString().toUtf8());
    }

    // S002-64: a bad credential is refused before it uses any budget, in the order of the list
    void authenticationBeforeALimitSavesItsBudget_data()
    {
        QTest::addColumn<QByteArray>("middleware");
        QTest::addColumn<QList<int>>("statuses");
        const QByteArray limit = "{use: rate_limit, rate: 2/60s, enforce: always}";
        const QByteArray team = "{use: api_key, keys: {a: {key: sekret}}}";
        QTest::newRow("default order") << team + ", " + limit << QList<int>{401, 401, 401, 200};
        QTest::newRow("the other way") << limit + ", " + team << QList<int>{401, 401, 429, 429};
    }
    void authenticationBeforeALimitSavesItsBudget()
    {
        QFETCH(const QByteArray, middleware);
        QFETCH(const QList<int>, statuses);
        GatewayProcess gateway("routes: [{id: r, match: {path: /}, middleware: [" + middleware
                               + ", respond]}]\n");
        QList<int> got;
        for (const char *key : {"bad", "bad", "bad", "sekret"})
            got << statusOf(
                RawClient::ask(gateway.port(),
                               "GET / HTTP/1.1\r\nHost: a\r\nX-API-Key: " + QByteArray(key)
                                   + "\r\nConnection: close\r\n\r\n"));
        QCOMPARE(got, statuses);
    }

    void anOrdinaryOptionsIsNoPreflight()
    {
        const ProgramRun run({"explain", "-c", write(unusual), "OPTIONS", "/api/x"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(!run.output.contains("preflight"));
        QVERIFY(run.output.contains("> respond\n"));
    }

    // S001-01
    void theRunningPipelineIsShown()
    {
        GatewayProcess gateway(unusual);
        const QByteArray response = gateway.admin("/admin/v1/pipeline");
        QCOMPARE(statusOf(response), 200);
        QVERIFY2(!response.contains("sekret"), response);
        QVERIFY2(response.contains("***"), response);
        const QJsonObject shown = json(bodyOf(response));
        QCOMPARE(shown["generation"].toInt(), 1);
        QCOMPARE(shown["environment"].toString(), "development");
        const QStringList pipeline{"recovery", "request_id", "access_log", "rate_limit"};
        QCOMPARE(namesOf(shown["pipeline"].toArray()), pipeline);
        const QJsonObject api = shown["routes"][0].toObject();
        QCOMPARE(api["id"].toString(), "api");
        const QStringList ofRoute{"cors", "team", "any_of", "respond"};
        QCOMPARE(namesOf(api["middleware"].toArray()), ofRoute);
        QCOMPARE(api["order"].toArray().size(), 1);
        const QJsonObject respond = api["middleware"][3].toObject();
        QCOMPARE(respond["settings"]["status"].toInt(), 200);
        QCOMPARE(respond["settings"]["body"].toString(), "ok");
        QCOMPARE(respond["settings"]["template"], QJsonValue(false));
        QCOMPARE(respond["reason"].toString(), "answers itself, so that nothing behind it runs");

        gateway.rewrite("routes: [{id: new, match: {path: /}, middleware: [echo]}]\n");
        QVERIFY(gateway.waitForLog("reloaded"));
        const QJsonObject after = json(bodyOf(gateway.admin("/admin/v1/pipeline")));
        QCOMPARE(after["generation"].toInt(), 2);
        QCOMPARE(after["routes"][0]["id"].toString(), "new");
    }

private:
    QString write(const QByteArray &yaml)
    {
        QFile file(m_folder->filePath("gatehouse.yaml"));
        const bool isOpen = file.open(QIODevice::WriteOnly);
        Q_ASSERT(isOpen);
        Q_UNUSED(isOpen)
        file.write(yaml);
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestOrder)
#include "tst_order_e2e.moc"
