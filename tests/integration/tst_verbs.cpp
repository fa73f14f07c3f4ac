// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray good =
    "version: 1\n"
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "services:\n"
    "  users: {instances: [\"http://127.0.0.1:9001\"]}\n"
    "routes:\n"
    "  - id: user\n"
    "    match: {path: \"/users/{id:int}\", methods: [GET], headers: {x-api-version: \"2\"}}\n"
    "    middleware: [{use: rewrite, strip_prefix: /users}]\n"
    "    service: users\n"
    "  - id: users\n"
    "    match: {path: \"/users\", host: api.local}\n"
    "    service: users\n";
/// Three errors, on three lines.
const QByteArray bad = "listeners: [{name: web, address: \"127.0.0.1:0\", addres: x}]\n"
                       "shutdown_timeout: soon\n"
                       "routes:\n"
                       "  - {id: r, match: {path: /}, service: none}\n";
const QByteArray warned = "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
                          "services: {unused: {instances: [\"http://127.0.0.1:9001\"]}}\n"
                          "routes: [{id: r, match: {path: /}, middleware: [echo]}]\n";

} // namespace

class TestVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void checkIsSilentAboutWhatIsGood()
    {
        const ProgramRun run({"check", "-c", write(good)});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.output, "");
        const ProgramRun json({"check", "-c", write(good), "--format", "json"});
        QCOMPARE(json.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(json.output).array().size(), 0);
        QVERIFY(QJsonDocument::fromJson(json.output).isArray());
    }

    void checkReportsEverythingAtOnce()
    {
        const QString file = write(bad);
        const ProgramRun run({"check", "-c", file});
        QCOMPARE(run.exitCode, 1);
        const QRegularExpression form("^" + QRegularExpression::escape(file)
                                      + ":\\d+:\\d+: (error|warning): \\S");
        const QByteArrayList lines = run.output.trimmed().split('\n');
        QVERIFY(lines.size() >= 3);
        for (const QByteArray &line : lines)
            QVERIFY2(form.match(QString::fromUtf8(line)).hasMatch(), line);
        for (const char *place : {":1:", ":2:", ":4:"})
            QVERIFY2(run.output.contains(file.toUtf8() + place), run.output);
        QVERIFY2(run.output.contains("address"), run.output); // the suggestion
    }

    void checkCountsWarningsAsFindings()
    {
        const ProgramRun run({"check", "-c", write(warned)});
        QCOMPARE(run.exitCode, run.output.isEmpty() ? 0 : 1);
        QVERIFY(!run.output.contains(": error: "));
    }

    void checkHasAJsonForm()
    {
        const QString file = write(bad);
        const ProgramRun run({"check", "-c", file, "--format", "json"});
        QCOMPARE(run.exitCode, 1);
        const QJsonArray findings = QJsonDocument::fromJson(run.output).array();
        QVERIFY(findings.size() >= 3);
        for (const auto &value : findings) {
            const QJsonObject finding = value.toObject();
            QCOMPARE(finding["file"].toString(), file);
            QVERIFY(finding["line"].toInt() > 0);
            QVERIFY(finding["column"].toInt() > 0);
            for (const char *key : {"severity", "path", "message"})
                QVERIFY2(!finding[key].toString().isEmpty(), key);
        }
    }

    void anUnusableFileHasACodeOfItsOwn_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QString none = "/nonexistent/gatehouse.yaml";
        QTest::newRow("check") << QStringList{"check", "-c", none};
        QTest::newRow("run") << QStringList{"run", "-c", none};
        QTest::newRow("explain") << QStringList{"explain", "-c", none, "GET", "/"};
        QTest::newRow("routes") << QStringList{"routes", "-c", none};
        QTest::newRow("config") << QStringList{"config", "-c", none, "--effective"};
        QTest::newRow("unknown verb") << QStringList{"walk"};
        QTest::newRow("unknown option") << QStringList{"check", "--fast"};
        QTest::newRow("no verb") << QStringList();
        QTest::newRow("unknown format") << QStringList{"check", "--format", "xml"};
    }
    void anUnusableFileHasACodeOfItsOwn()
    {
        QFETCH(const QStringList, arguments);
        const ProgramRun run(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(!run.output.isEmpty() || !run.errors.isEmpty());
    }

    void explainTellsTheWinner()
    {
        const QString file = write(good);
        const QStringList question{
            "explain", "-c", file, "GET", "http://api.local/users/7", "-H", "x-api-version: 2"};
        const ProgramRun run(question);
        QCOMPARE(run.exitCode, 0);
        for (const char *part : {"user ", "/users/{id:int}", "id = 7", "rewrite", "9001",
                                 "round_robin", "connect", "response_header"})
            QVERIFY2(run.output.contains(part), part);
        const ProgramRun json(question + QStringList{"--format", "json"});
        QCOMPARE(json.exitCode, 0);
        const QJsonObject winner =
            QJsonDocument::fromJson(json.output).object()["winner"].toObject();
        QCOMPARE(winner["route"].toString(), "user");
        QCOMPARE(winner["service"].toString(), "users");
        QCOMPARE(winner["target"].toString(), "/7");
        QCOMPARE(winner["params"].toObject()["id"].toString(), "7");
    }

    void explainTellsTheNearMisses_data()
    {
        QTest::addColumn<QStringList>("question");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("header") << QStringList{"GET", "http://api.local/users/7"} << 404
                                << QByteArray("x-api-version");
        QTest::newRow("method") << QStringList{"PUT", "http://api.local/users/7", "-H",
                                               "x-api-version: 2"}
                                << 405 << QByteArray("PUT");
        QTest::newRow("host") << QStringList{"GET", "http://other/users"} << 404
                              << QByteArray("other");
        QTest::newRow("type") << QStringList{"GET", "http://api.local/users/seven", "-H",
                                             "x-api-version: 2"}
                              << 400 << QByteArray("id");
    }
    void explainTellsTheNearMisses()
    {
        QFETCH(const QStringList, question);
        QFETCH(const int, status);
        QFETCH(const QByteArray, why);
        const QStringList arguments = QStringList{"explain", "-c", write(good)} + question;
        const ProgramRun run(arguments);
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.output.contains("near miss"), run.output);
        QVERIFY2(run.output.contains(why), run.output);
        const ProgramRun json(arguments + QStringList{"--format", "json"});
        QCOMPARE(json.exitCode, 1);
        const QJsonObject answer = QJsonDocument::fromJson(json.output).object();
        QCOMPARE(answer["status"].toInt(), status);
        QVERIFY(answer["near_misses"].toArray().size() >= 1);
    }

    void explainRefusesWhatNoClientCanSend()
    {
        const QString file = write(good);
        QCOMPARE(ProgramRun({"explain", "-c", file, "GET", "no slash"}).exitCode, 2);
        QCOMPARE(ProgramRun({"explain", "-c", file, "G T", "/"}).exitCode, 2);
        QCOMPARE(ProgramRun({"explain", "-c", file, "GET", "/", "-H", "no colon"}).exitCode, 2);
    }

    void routesListsEveryRoute()
    {
        const ProgramRun run({"routes", "-c", write(good)});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.output.trimmed().split('\n').size(), 3);
        QVERIFY(run.output.contains("/users/{id:int}"));
        QVERIFY(run.output.contains("service users"));
    }

    void theEffectiveConfigurationLoadsAgain()
    {
        const ProgramRun first({"config", "-c", write(good), "--effective"});
        QCOMPARE(first.exitCode, 0);
        QVERIFY(first.output.contains("header_bytes")); // a default
        const ProgramRun again({"config", "-c", write(first.output), "--effective"});
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.output, first.output);
    }

    void schemaIsJson()
    {
        const ProgramRun run({"schema"});
        QCOMPARE(run.exitCode, 0);
        const QJsonObject schema = QJsonDocument::fromJson(run.output).object();
        QVERIFY(schema["$schema"].toString().contains("json-schema.org"));
        QVERIFY(schema["properties"].toObject().contains("routes"));
    }

    void overridesAndEnvironmentsApply()
    {
        const QString file = write(good + "environments: {test: {shutdown_timeout: 7s}}\n");
        const auto effective = [&file](const QStringList &more) {
            return ProgramRun(QStringList{"config", "-c", file, "--effective"} + more).output;
        };
        QVERIFY(effective({}).contains("shutdown_timeout: 30s"));
        QVERIFY(effective({"--env", "test"}).contains("shutdown_timeout: 7s"));
        QVERIFY(effective({"--env", "test", "--set", "shutdown_timeout=9s"})
                    .contains("shutdown_timeout: 9s"));
        QVERIFY(effective({"--set", "services.users.pool.max_idle=3"}).contains("max_idle: 3"));
        QCOMPARE(ProgramRun({"check", "-c", file, "--set", "nonsense=1"}).exitCode, 1);
    }

    void withoutAFileTheLocalOneIsUsedElseTheDemo()
    {
        const ProgramRun demo({"routes"}, m_folder->path());
        QCOMPARE(demo.exitCode, 0);
        QVERIFY2(demo.output.contains("old-api"), demo.output);
        write(good);
        const ProgramRun local({"routes"}, m_folder->path());
        QVERIFY2(local.output.contains("/users/{id:int}"), local.output);
    }

    void runListensWhereItIsTold()
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(GatewayProcess::program(),
                      {"run", "--listen", "127.0.0.1:0", "--set",
                       "listeners[1].address=127.0.0.1:0", "--admin", "127.0.0.1:0"});
        while (!process.canReadLine() && process.waitForReadyRead(5000)) {}
        const QJsonObject ready = QJsonDocument::fromJson(process.readLine()).object();
        QVERIFY(ready["ready"].toBool());
        const QString address = ready["listeners"].toObject()["web"].toString();
        const QByteArray response =
            RawClient::ask(address.section(':', -1).toUShort(), "GET /hello/you HTTP/1.0\r\n\r\n");
        QCOMPARE(bodyOf(response), "Hello you, this is Gatehouse.\n");
        process.terminate();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
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

QTEST_GUILESS_MAIN(TestVerbs)
#include "tst_verbs.moc"
