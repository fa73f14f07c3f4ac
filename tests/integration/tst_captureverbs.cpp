// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/docs/page.h"
#include "tests/support/adminclient.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QXmlStreamReader>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

const QByteArray hello =
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "routes: [{id: hello, match: {path: /hello}, middleware: [{use: respond, body: hi}]}]\n";

void request(const GatewayProcess &gateway, const QByteArray &target)
{
    RawClient client(gateway.port());
    client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    client.readResponse();
}

QByteArrayList linesOf(const QByteArray &output)
{
    QByteArrayList lines = output.split('\n');
    lines.removeAll({});
    return lines;
}

} // namespace

/// The verbs that look at what was recorded, and that test with it: tail, show, test.
class TestCaptureVerbs final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aCaptureIsShownAfterItsGatewayHasGone()
    {
        const QString file = m_folder->filePath("a.ghc");
        {
            GatewayProcess gateway(hello, {},
                                   {"--record", "bodies", "--capture", file, "--workers", "1"});
            request(gateway, "/hello?token=hidden");
            request(gateway, "/none");
        }
        const ProgramRun all({"show", file});
        QCOMPARE(all.exitCode, 0);
        QCOMPARE(linesOf(all.output).size(), 2);
        QVERIFY(!all.output.contains("hidden"));
        const ProgramRun some({"show", file, "status:404", "--format", "json"});
        QCOMPARE(linesOf(some.output).size(), 1);
        QCOMPARE(QJsonDocument::fromJson(some.output)["path"].toString(), "/none");
        QCOMPARE(ProgramRun({"show", file, "body:hi"}).exitCode, 0);
        QCOMPARE(ProgramRun({"show", file, "status:500"}).exitCode, 1);
    }

    /// An engine that only shows a capture: every question is answered, nothing is listened on.
    void aCaptureIsServedReadOnly()
    {
        const QString file = m_folder->filePath("a.ghc");
        {
            GatewayProcess gateway(hello, {},
                                   {"--record", "bodies", "--capture", file, "--workers", "1"});
            request(gateway, "/hello");
            request(gateway, "/none");
        }
        QProcess engine;
        engine.start(GatewayProcess::program(),
                     {"run", "--capture", file, "--read-only", "--admin", "127.0.0.1:0"});
        QTRY_VERIFY_WITH_TIMEOUT(engine.canReadLine(), 10'000);
        const QJsonObject ready = QJsonDocument::fromJson(engine.readLine()).object();
        QVERIFY(ready["listeners"].toObject().isEmpty());
        AdminClient admin(ready["admin"].toString().section(':', -1).toUShort());
        QCOMPARE(admin.call(client::Op::Exchanges)["exchanges"].toArray().size(), 2);
        const QJsonObject first = admin.call(client::Op::Exchange, {{"seq", "1"}});
        QCOMPARE(first["exchange"]["route"].toString(), "hello");
        bool hasPlace = false;
        for (const QJsonValue &step : first["steps"].toArray())
            hasPlace |= step["stage"] == "middleware.respond" && step["place"]["line"].toInt() == 2;
        QVERIFY(hasPlace);
        const QJsonObject second = admin.call(client::Op::Exchange, {{"seq", "2"}});
        QCOMPARE(second["near_misses"][0]["route"].toString(), "hello");
        engine.terminate();
        QVERIFY(engine.waitForFinished(10'000));
    }

    void aWrongFilterIsShownWithItsPlace()
    {
        const ProgramRun run({"show", "nowhere.ghc", "status:404 stauts:1"});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.errors.contains("filter, column 12:"), run.errors.constData());
        QVERIFY(run.errors.contains("\n             ^\n"));
        QVERIFY(run.errors.contains("try: status:404 status:1"));
    }

    void whatIsNoCaptureIsSaid()
    {
        const ProgramRun missing({"show", m_folder->filePath("none.ghc")});
        QCOMPARE(missing.exitCode, 2);
        QVERIFY(missing.errors.contains("there is no file"));
    }

    void tailPrintsWhatComes()
    {
        GatewayProcess gateway(hello, {}, {"--record", "summary"});
        request(gateway, "/hello");
        request(gateway, "/none");
        QProcess tail;
        tail.start(GatewayProcess::program(),
                   {"tail", "status:404", "--attach",
                    QString("http://127.0.0.1:%1").arg(gateway.adminPort())});
        QTRY_VERIFY_WITH_TIMEOUT(tail.canReadLine(), 10'000);
        QVERIFY(tail.readLine().contains("/none"));
        request(gateway, "/hello");
        request(gateway, "/later");
        QTRY_VERIFY_WITH_TIMEOUT(tail.canReadLine(), 10'000);
        QVERIFY(tail.readLine().contains("/later"));
        tail.kill();
        tail.waitForFinished();
    }

    /// The example of the manual, as it stands there.
    void theTestsOfTheManualPass()
    {
        const Page page("resources/help/testing.md");
        for (const Page::Block &block : page.blocks()) {
            if (block.info == "yaml")
                write("gatehouse.yaml", block.text);
            else if (block.info == "yaml tests")
                write("tests.yaml", block.text);
        }
        const ProgramRun run({"test", "tests.yaml", "--junit", "report.xml"}, m_folder->path());
        QVERIFY2(run.exitCode == 0, run.errors + run.output);
        QCOMPARE(linesOf(run.output).last(), "2 of 2 passed");
        QFile report(m_folder->filePath("report.xml"));
        QVERIFY(report.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&report);
        QVERIFY(xml.readNextStartElement());
        QCOMPARE(xml.attributes().value("tests").toString(), "2");
        QCOMPARE(xml.attributes().value("failures").toString(), "0");
    }

    void aFailedTestSaysWhatWasThereInstead()
    {
        write("gatehouse.yaml", hello);
        write("tests.yaml",
              "tests:\n  - name: wrong\n    request: {target: /hello}\n"
              "    expect: [\"status:404\", \"body:hi\"]\n");
        const ProgramRun run({"test", "tests.yaml", "--format", "json"}, m_folder->path());
        QCOMPARE(run.exitCode, 1);
        const QJsonObject report = QJsonDocument::fromJson(run.output).object();
        QCOMPARE(report["failed"].toInt(), 1);
        const QJsonArray failures = report["tests"][0]["failures"].toArray();
        QCOMPARE(failures.size(), 1);
        QVERIFY2(failures[0].toString().startsWith("status:404 does not hold: status 200"),
                 qPrintable(failures[0].toString()));
    }

    void aTestFileWithErrorsNamesThem()
    {
        write("gatehouse.yaml", hello);
        write("tests.yaml",
              "tests:\n  - name: a\n    request: {target: /, hedders: {}}\n"
              "    expect: [\"stauts:1\"]\n");
        const ProgramRun run({"test", "tests.yaml"}, m_folder->path());
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.errors.contains("tests.yaml:3:"), run.errors.constData());
        QVERIFY(run.errors.contains("hedders"));
    }

    void anUpstreamThatNobodyExpectsFailsTheTest()
    {
        write("gatehouse.yaml",
              "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
              "services: {s: {instances: [\"http://127.0.0.1:9\"]}}\n"
              "routes: [{id: r, match: {path: /}, service: s}]\n");
        write("tests.yaml",
              "tests:\n  - name: a\n    request: {target: /}\n"
              "    expect: [\"route:r\"]\n");
        const ProgramRun run({"test", "tests.yaml"}, m_folder->path());
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.output.contains("an upstream was asked"), run.output.constData());
    }

private:
    void write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCaptureVerbs)
#include "tst_captureverbs.moc"
