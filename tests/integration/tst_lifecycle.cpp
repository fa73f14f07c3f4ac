// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QTest>

#include <csignal>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray mock =
    "routes: [{id: r, match: {path: /}, middleware: [{use: respond, body: ok}]}]\n";

#ifdef __SANITIZE_ADDRESS__
constexpr int slowness = 10;
#else
constexpr int slowness = 1;
#endif

} // namespace

/// Start, signals and exit codes.
class TestLifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S001-07
    void theLogSaysInWhichEnvironmentItRuns()
    {
        GatewayProcess gateway("environment: staging\nroutes: []");
        QVERIFY(gateway.waitForLog("Running in: staging mode"));
    }

    void startsInMilliseconds()
    {
        QElapsedTimer timer;
        timer.start();
        const GatewayProcess gateway(mock);
        const qint64 milliseconds = timer.elapsed();
        QVERIFY(gateway.isRunning());
        qInfo() << "ready after" << milliseconds << "ms";
        QVERIFY(milliseconds < 300 * slowness);
    }

    // S002-28
    void terminationLetsRequestsFinish()
    {
        QSemaphore mayAnswer;
        FakeUpstream upstream([&mayAnswer](UpstreamPeer &peer) {
            peer.readRequest();
            mayAnswer.tryAcquire(1, 5000);
            peer.send(ok);
        });
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        RawClient idle(gateway.port());
        RawClient client(gateway.port());
        client.send(get);
        QTRY_COMPARE(upstream.requests().size(), 1);

        gateway.signal(SIGTERM);
        QVERIFY(gateway.waitForLog("draining"));
        QVERIFY(idle.isClosed());
        QVERIFY(gateway.admin("/healthz").startsWith("HTTP/1.1 503"));
        QVERIFY(gateway.admin("/readyz").startsWith("HTTP/1.1 503"));
        QVERIFY(RawClient(gateway.port()).isClosed());
        mayAnswer.release();
        const QByteArray response = client.readResponse();
        QCOMPARE(bodyOf(response), "ok");
        QCOMPARE(fieldOf(response, "connection"), "close");
        QVERIFY(client.isClosed());
        QCOMPARE(gateway.waitForExit(), 0);
    }

    // A login's soft limit would end a gateway at some 500 proxied connections.
    void theLimitOfOpenFilesIsTheHardOne()
    {
        GatewayProcess gateway(GatewayProcess::proxyTo("http://127.0.0.1:1"));
        QFile limits(QString("/proc/%1/limits").arg(gateway.pid()));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        QByteArray line;
        for (const QByteArray &candidate : limits.readAll().split('\n')) {
            if (candidate.startsWith("Max open files"))
                line = candidate.simplified();
        }
        const QList<QByteArray> words = line.split(' '); // Max open files SOFT HARD files
        QCOMPARE(words.value(3), words.value(4));
        QVERIFY(!words.value(3).isEmpty());
    }

    void terminationLetsADownloadFinish()
    {
        QSemaphore mayEnd;
        FakeUpstream upstream([&mayEnd](UpstreamPeer &peer) {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
            mayEnd.tryAcquire(1, 5000);
            peer.send(" last");
        });
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        RawClient client(gateway.port());
        client.send(get);
        client.readUntil("first");
        gateway.signal(SIGTERM);
        QVERIFY(gateway.waitForLog("draining"));
        mayEnd.release();
        QCOMPARE(client.readToEnd(), " last");
        QCOMPARE(gateway.waitForExit(), 0);
    }

    void whatDoesNotFinishInTimeIsCut()
    {
        FakeUpstream upstream([](UpstreamPeer &peer) {
            peer.readRequest();
            peer.readSome();
        });
        GatewayProcess gateway("shutdown_timeout: 100ms\n"
                               + GatewayProcess::proxyTo(upstream.url()));
        RawClient client(gateway.port());
        client.send(get);
        QTRY_COMPARE(upstream.requests().size(), 1);
        gateway.signal(SIGTERM);
        QCOMPARE(gateway.waitForExit(), 4);
        QVERIFY(gateway.log().contains("shutdown_timeout"));
        QVERIFY(client.isClosed());
    }

    void aSecondInterruptEndsAtOnce()
    {
        FakeUpstream upstream([](UpstreamPeer &peer) {
            peer.readRequest();
            peer.readSome();
        });
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        RawClient client(gateway.port());
        client.send(get);
        QTRY_COMPARE(upstream.requests().size(), 1);
        gateway.signal(SIGINT);
        QVERIFY(gateway.waitForLog("draining"));
        gateway.signal(SIGINT);
        QCOMPARE(gateway.waitForExit(), 130);
    }

    void oneInterruptDrains()
    {
        GatewayProcess gateway(mock);
        gateway.signal(SIGINT);
        QCOMPARE(gateway.waitForExit(), 0);
    }

    void aHalfSentHeadDoesNotHoldTheDrain()
    {
        GatewayProcess gateway("shutdown_timeout: 5s\n" + mock, "timeouts: {header: 200ms}");
        RawClient client(gateway.port());
        client.send("GET / HTTP/1.1\r\n");
        QTest::qSleep(20); // until it has been read
        gateway.signal(SIGTERM);
        QCOMPARE(gateway.waitForExit(), 0);
    }

    void badConfigurationsEndWithTheirCode_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("unknown key") << "nonsense: 1\n" + mock << 1;
        QTest::newRow("wrong type") << "shutdown_timeout: [1]\n" + mock << 1;
        QTest::newRow("tab") << QByteArray("routes:\n\t- id: r\n") << 2;
        QTest::newRow("not YAML") << QByteArray("{[}\n") << 2;
    }
    void badConfigurationsEndWithTheirCode()
    {
        QFETCH(const QByteArray, yaml);
        QFETCH(const int, exitCode);
        QTemporaryDir folder;
        QFile file(folder.filePath("gatehouse.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(yaml);
        file.close();
        const ProgramRun run({"run", "-c", file.fileName()});
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY2(run.errors.startsWith(file.fileName().toUtf8() + ":"), run.errors);
    }

    void anUnreadableFileIsUnusable()
    {
        const ProgramRun run({"run", "-c", "/nonexistent/gatehouse.yaml"});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.errors.contains("/nonexistent/gatehouse.yaml"));
    }

    void aTakenPortIsNamed()
    {
        const FakeUpstream other(FakeUpstream::answering(ok));
        const QString address = "127.0.0.1:" + QString::number(other.port());
        const ProgramRun run({"run", "--demo", "--listen", address});
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(run.errors.contains(address.toUtf8()), run.errors);
    }

    void aTakenAdminPortIsNamed()
    {
        const FakeUpstream other(FakeUpstream::answering(ok));
        const QString address = "127.0.0.1:" + QString::number(other.port());
        const ProgramRun run({"run", "--demo", "--listen", "127.0.0.1:0", "--set",
                              "listeners[1].address=127.0.0.1:0", "--admin", address});
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(run.errors.contains(address.toUtf8()), run.errors);
    }

    void unixSocketsServeOnBothSides()
    {
        // Two gateways: the first listens on a socket file that the second forwards to.
        QTemporaryDir folder;
        const QByteArray path = folder.filePath("g.sock").toUtf8();
        GatewayProcess inner("listeners: [{name: web, address: \"127.0.0.1:0\"}, "
                             "{name: file, address: \"unix:"
                             + path + "\"}]\n" + mock);
        QVERIFY(inner.isRunning());
        GatewayProcess outer(GatewayProcess::proxyTo("http://unix:" + path));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(bodyOf(RawClient::ask(outer.port(), "GET / HTTP/1.0\r\n\r\n")), "ok");
        inner.signal(SIGTERM);
        QCOMPARE(inner.waitForExit(), 0);
        QVERIFY(!QFile::exists(path));
    }

    // Style guide, section 7.4: the program runs where there is no display.
    void theProgramLinksNoDisplay()
    {
        QProcess ldd;
        ldd.start("ldd", {GatewayProcess::program()});
        QVERIFY(ldd.waitForFinished());
        const QByteArray libraries = ldd.readAllStandardOutput();
        QVERIFY(libraries.contains("libQt6Core"));
        for (const char *name : {"libQt6Gui", "libQt6Widgets", "libQt6Qml", "libX11", "libGL"})
            QVERIFY2(!libraries.contains(name), name);
    }
};

QTEST_GUILESS_MAIN(TestLifecycle)
#include "tst_lifecycle.moc"
