// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

#include <csignal>

using namespace gatehouse::test;

namespace {

const QByteArray get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/// A configuration that answers with \a text.
QByteArray saying(const QByteArray &text)
{
    return "routes: [{id: r, match: {path: /}, middleware: [{use: respond, body: " + text
        + "}]}]\n";
}

QByteArray twoListeners(const QByteArray &names)
{
    QByteArray list;
    for (const QByteArray &name : names.split(' '))
        list += "  - {name: " + name + ", address: \"127.0.0.1:0\"}\n";
    return "listeners:\n" + list + saying("ok");
}

QByteArray ask(quint16 port)
{
    RawClient client(port);
    client.send(get);
    return bodyOf(client.readResponse());
}

} // namespace

/// S003-35
// S002-I15: in place, atomic saves included.
class TestReload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHangupReloads()
    {
        GatewayProcess gateway(saying("old"));
        QCOMPARE(ask(gateway.port()), "old");
        gateway.rewrite(saying("new"));
        gateway.signal(SIGHUP);
        QVERIFY(gateway.waitForLog("reloaded"));
        QCOMPARE(ask(gateway.port()), "new");
    }

    void aSavedFileIsReloadedWithinASecond()
    {
        GatewayProcess gateway(saying("0"));
        for (int i = 1; i <= 3; ++i) { // a watch must survive each replacement of the file
            gateway.rewrite(saying(QByteArray::number(i)));
            QElapsedTimer timer;
            timer.start();
            QTRY_COMPARE(gateway.log().count("reloaded "), i);
            QVERIFY(timer.elapsed() < 1000);
            QCOMPARE(ask(gateway.port()), QByteArray::number(i));
        }
    }

    void aFileWrittenInPlaceIsReloaded()
    {
        GatewayProcess gateway(saying("old"));
        QFile file(gateway.file());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray text = file.readAll().replace("old", "newer");
        file.seek(0);
        file.write(text);
        file.close();
        QVERIFY(gateway.waitForLog("reloaded "));
        QCOMPARE(ask(gateway.port()), "newer");
    }

    void aKeptConnectionSeesTheNewRoutes()
    {
        GatewayProcess gateway(saying("old"));
        RawClient client(gateway.port());
        client.send(get);
        QCOMPARE(bodyOf(client.readResponse()), "old");
        gateway.rewrite(saying("new"));
        QVERIFY(gateway.waitForLog("reloaded"));
        client.send(get);
        QCOMPARE(bodyOf(client.readResponse()), "new");
    }

    void whatIsWrongKeepsTheOld_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("finding");
        QTest::newRow("syntax") << QByteArray("routes: [}\n") << QByteArray("gatehouse.yaml:2:");
        QTest::newRow("unknown key") << "nonsense: 1\n" + saying("new") << QByteArray("nonsense");
        QTest::newRow("unknown service")
            << QByteArray("routes: [{id: r, match: {path: /}, service: none}]\n")
            << QByteArray("none");
        QTest::newRow("middleware that cannot be made")
            << QByteArray("routes: [{id: r, match: {path: /}, middleware: "
                          "[{use: respond, file: /nonexistent/file}]}]\n")
            << QByteArray("/nonexistent/file");
        QTest::newRow("log in no folder")
            << "pipeline: [{use: access_log, path: /nonexistent/folder/log}]\n" + saying("new")
            << QByteArray("/nonexistent/folder/log");
        QTest::newRow("conflicting routes")
            << QByteArray("routes: [{id: a, match: {path: /}, middleware: [echo]}, "
                          "{id: a, match: {path: /}, middleware: [echo]}]\n")
            << QByteArray("routes[1]");
    }
    void whatIsWrongKeepsTheOld()
    {
        QFETCH(const QByteArray, yaml);
        QFETCH(const QByteArray, finding);
        GatewayProcess gateway(saying("old"));
        gateway.rewrite(yaml);
        QVERIFY(gateway.waitForLog("reload refused"));
        QVERIFY2(gateway.log().contains(finding), gateway.log());
        QCOMPARE(ask(gateway.port()), "old");
        gateway.rewrite(saying("new")); // and mending it is noticed
        QVERIFY(gateway.waitForLog("reloaded "));
        QCOMPARE(ask(gateway.port()), "new");
    }

    void aTakenPortKeepsTheOld()
    {
        const FakeUpstream other(FakeUpstream::answering(ok));
        GatewayProcess gateway(saying("old"));
        gateway.rewrite("listeners: [{name: web, address: \"127.0.0.1:"
                        + QByteArray::number(other.port()) + "\"}]\n" + saying("new"));
        QVERIFY(gateway.waitForLog("reload refused"));
        QVERIFY(gateway.log().contains(QByteArray::number(other.port())));
        QCOMPARE(ask(gateway.port()), "old");
    }

    void aDownloadSurvives()
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
        gateway.rewrite(saying("new")); // without that service
        QVERIFY(gateway.waitForLog("reloaded"));
        QCOMPARE(ask(gateway.port()), "new");
        mayEnd.release();
        QCOMPARE(client.readUntil("last"), " last");
        client.send(get); // and the connection goes on with the new one
        QCOMPARE(bodyOf(client.readResponse()), "new");
    }

    void anUploadSurvives()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway(GatewayProcess::proxyTo(upstream.url()));
        RawClient client(gateway.port());
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
        QTRY_COMPARE(upstream.requests().size(), 1);
        gateway.rewrite(saying("new"));
        QVERIFY(gateway.waitForLog("reloaded"));
        client.send("def");
        QCOMPARE(bodyOf(client.readResponse()), "ok");
    }

    void pooledConnectionsSurvive()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        const QByteArray yaml = GatewayProcess::proxyTo(upstream.url());
        GatewayProcess gateway(yaml, QByteArray(), {"--workers", "1"});
        QCOMPARE(ask(gateway.port()), "ok");
        gateway.rewrite("shutdown_timeout: 3s\n" + yaml);
        QVERIFY(gateway.waitForLog("reloaded"));
        QCOMPARE(ask(gateway.port()), "ok");
        QCOMPARE(upstream.connections(), 1);
    }

    void aRemovedListenerStops()
    {
        GatewayProcess gateway(twoListeners("web extra"));
        const quint16 extra = gateway.port("extra");
        QCOMPARE(ask(extra), "ok");
        RawClient kept(extra);
        gateway.rewrite(twoListeners("web"));
        QVERIFY(gateway.waitForLog("reloaded"));
        QVERIFY(RawClient(extra).isClosed(std::chrono::milliseconds(0))); // refused
        QVERIFY(kept.isClosed());
        QCOMPARE(ask(gateway.port()), "ok");
    }

    // S003-15
    void aHundredReloadsUnderLoadFailNothing()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        const QByteArray yaml = GatewayProcess::proxyTo(upstream.url());
        GatewayProcess gateway(yaml);
        const quint16 port = gateway.port();
        std::atomic<bool> isOver = false;
        std::atomic<int> served = 0;
        std::atomic<int> failed = 0;
        std::vector<std::thread> clients;
        for (int i = 0; i < 4; ++i) {
            clients.emplace_back([&, i] {
                auto client = std::make_unique<RawClient>(port);
                for (int n = 1; !isOver; ++n) {
                    if (n % 50 == 0) // new connections as well
                        client = std::make_unique<RawClient>(port);
                    client->send(i % 2 ? get
                                       : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                         "3\r\n\r\nabc");
                    const QByteArray response = client->readResponse();
                    const bool isGood = statusOf(response) == 200 && bodyOf(response) == "ok";
                    ++(isGood ? served : failed);
                    if (!isGood)
                        client = std::make_unique<RawClient>(port);
                }
            });
        }
        int reloads = 0;
        for (int i = 0; i < 100; ++i) {
            // Every second one changes the service, whose pool is then a new one.
            gateway.rewrite(
                i % 2 ? yaml : GatewayProcess::proxyTo(upstream.url(), "timeouts: {connect: 3s}"));
            gateway.signal(SIGHUP);
            for (int wait = 0; wait < 1000 && gateway.log().count("reloaded ") <= reloads; ++wait)
                QTest::qSleep(2);
            reloads = int(gateway.log().count("reloaded "));
        }
        isOver = true;
        for (std::thread &client : clients)
            client.join();
        qInfo() << served << "requests over" << reloads << "reloads";
        QVERIFY(reloads >= 100);
        QCOMPARE(failed, 0);
        QVERIFY(served > 100);
        QVERIFY(!gateway.log().contains("reload refused"));
    }
};

QTEST_GUILESS_MAIN(TestReload)
#include "tst_reload.moc"
