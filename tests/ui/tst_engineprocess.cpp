// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/engineprocess.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

using State = EngineProcess::State;

class TstEngineProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void anEngineThatIsReadyRuns();
    void itEndsWithItsInput();
    void aReadyLineOfAnotherApiIsRefused();
    void whatItSaysLastIsKept();
    void anExitCodeBecomesASentence_data();
    void anExitCodeBecomesASentence();
    void aMissingProgramIsSaid();
    void aCrashedEngineIsRestartedButNotForEver();
    void crashesLongAgoDoNotCount();
    void restartingRunsItAgain();
    void linesAreChecked_data();
    void linesAreChecked();

private:
    EngineOptions script(const QByteArray &text);
    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QByteArray ready =
    R"(echo '{"ready":true,"pid":1,"api_version":1,"admin":"127.0.0.1:9","listeners":{"demo-upstream":"127.0.0.1:8081","web":"127.0.0.1:8080"}}')"
    "\n";

} // namespace

void TstEngineProcess::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

EngineOptions TstEngineProcess::script(const QByteArray &text)
{
    QFile file(m_folder->filePath("engine"));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no script");
    file.write("#!/bin/sh\n" + text);
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return {file.fileName(), {}, "bodies", {}};
}

void TstEngineProcess::anEngineThatIsReadyRuns()
{
    EngineProcess engine;
    engine.start(script("echo \"$@\" >&2\n" + ready + "exec cat\n"));
    QCOMPARE(engine.state(), State::Starting);
    QTRY_COMPARE(engine.state(), State::Running);
    QCOMPARE(engine.ready()->admin, QUrl("http://127.0.0.1:9"));
    QCOMPARE(engine.ready()->listeners, QStringList{"http://127.0.0.1:8080"});
    QTRY_COMPARE(engine.lastLines(5),
                 QStringList{"run --admin 127.0.0.1:0 --exit-with-stdin --record bodies --demo"});
}

void TstEngineProcess::itEndsWithItsInput()
{
    EngineProcess engine;
    engine.start(script(ready + "exec cat\n"));
    QTRY_COMPARE(engine.state(), State::Running);
    engine.stop();
    QCOMPARE(engine.state(), State::Stopping);
    QTRY_COMPARE(engine.state(), State::Stopped);
    QVERIFY(!engine.ready());
    QCOMPARE(engine.reason(), QString());
}

void TstEngineProcess::aReadyLineOfAnotherApiIsRefused()
{
    EngineProcess engine;
    engine.start(script(
        "echo '{\"ready\":true,\"api_version\":\"2.1\",\"admin\":\"127.0.0.1:9\"}'\nexec cat\n"));
    QTRY_COMPARE(engine.state(), State::Failed);
    QCOMPARE(engine.reason(),
             "the engine speaks version 2.1 of the admin API, this window version 1: use programs "
             "of one release");
}

void TstEngineProcess::whatItSaysLastIsKept()
{
    EngineProcess engine;
    engine.start(script("i=0; while [ $i -lt 600 ]; do echo line $i >&2; i=$((i+1)); done\n"
                        "printf 'no end' >&2; exit 3\n"));
    QTRY_COMPARE(engine.state(), State::Failed);
    QCOMPARE(engine.lastLines(1), QStringList{"line 599"});
    QCOMPARE(engine.lastLines(10'000).size(), qsizetype(EngineProcess::mostLogLines));
}

void TstEngineProcess::anExitCodeBecomesASentence_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    QTest::newRow("errors") << QByteArray("exit 1") << "The configuration has errors.";
    QTest::newRow("unreadable") << QByteArray("exit 2") << "The configuration cannot be read.";
    QTest::newRow("taken") << QByteArray("exit 3") << "An address cannot be listened on.";
    QTest::newRow("other") << QByteArray("exit 9") << "The engine ended with exit code 9.";
    QTest::newRow("crash") << QByteArray("kill -SEGV $$") << "The engine crashed.";
    QTest::newRow("nonsense") << QByteArray("echo hello; exec cat")
                              << "the engine said \"hello\" instead of the line that it is ready";
}

void TstEngineProcess::anExitCodeBecomesASentence()
{
    QFETCH(QByteArray, text);
    EngineProcess engine;
    engine.start(script(text + '\n'));
    QTRY_COMPARE(engine.state(), State::Failed);
    QTEST(engine.reason(), "reason");
}

void TstEngineProcess::aMissingProgramIsSaid()
{
    EngineProcess engine;
    engine.start({"/nowhere/gatehouse", {}, "bodies", {}});
    QTRY_COMPARE(engine.state(), State::Failed);
    QVERIFY(engine.reason().startsWith("/nowhere/gatehouse cannot be started: "));
}

void TstEngineProcess::aCrashedEngineIsRestartedButNotForEver()
{
    EngineProcess engine([] { return 1000; });
    QSignalSpy changed(&engine, &EngineProcess::stateChanged);
    int starts = 0;
    connect(&engine, &EngineProcess::stateChanged, this,
            [&] { starts += engine.state() == State::Starting; });
    engine.start(script(ready + "kill -KILL $$\n"));
    QTRY_COMPARE(engine.state(), State::Failed);
    QCOMPARE(starts, EngineProcess::mostCrashes);
    QCOMPARE(engine.reason(), "The engine crashed.");
}

void TstEngineProcess::crashesLongAgoDoNotCount()
{
    qint64 now = 0;
    EngineProcess engine([&now] { return now += 40'000; });
    int starts = 0;
    connect(&engine, &EngineProcess::stateChanged, this,
            [&] { starts += engine.state() == State::Starting; });
    engine.start(script(ready + "kill -KILL $$\n"));
    QTRY_VERIFY(starts > EngineProcess::mostCrashes + 2);
    engine.stop();
}

void TstEngineProcess::restartingRunsItAgain()
{
    EngineProcess engine;
    engine.start(script(ready + "exec cat\n"));
    QTRY_COMPARE(engine.state(), State::Running);
    engine.restart();
    QCOMPARE(engine.state(), State::Stopping);
    QTRY_COMPARE(engine.state(), State::Running);
}

void TstEngineProcess::linesAreChecked_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("not ready") << QByteArray(R"({"ready":false})");
    QTest::newRow("no version") << QByteArray(R"({"ready":true,"admin":"localhost:1"})");
    QTest::newRow("no admin") << QByteArray(R"({"ready":true,"api_version":"1"})");
}

void TstEngineProcess::linesAreChecked()
{
    QFETCH(QByteArray, line);
    QVERIFY(!EngineReady::from(line));
}

QTEST_GUILESS_MAIN(TstEngineProcess)
#include "tst_engineprocess.moc"
