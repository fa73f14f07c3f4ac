// SPDX-License-Identifier: GPL-3.0-or-later
// A test that is made of a recorded exchange passes, with the real program, offline.
#include "engine/client/testcase.h"
#include "tests/support/adminclient.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

QByteArray configFor(const QByteArray &upstream)
{
    return "environment: production\n" // where limits deny
           "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
           "services: {echo: {instances: [\""
        + upstream
        + "\"], retries: {attempts: 3}}}\n"
          "routes:\n"
          "  - id: orders\n"
          "    match: {path: \"/orders/{id:int}\"}\n"
          "    service: echo\n"
          "  - id: limited\n"
          "    match: {path: /limited}\n"
          "    middleware: [{use: rate_limit, algorithm: fixed_window, rate: 1/1h, key: "
          "client_ip}]\n"
          "    service: echo\n";
}

const QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                          "Content-Length: 7\r\n\r\n{\"a\":1}";
const QByteArray failure = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

void get(quint16 port, const QByteArray &target, const QByteArray &fields = {})
{
    RawClient client(port);
    client.send("GET " + target + " HTTP/1.1\r\nHost: api.local\r\n" + fields + "\r\n");
    (void)client.readResponse();
}

/// The exchange that \a filter finds and its bodies, as the window has them, as a test.
client::TestCase madeTest(AdminClient &admin, const QString &filter)
{
    // A record is closed behind its answer.
    QString seq;
    (void)QTest::qWaitFor([&] {
        const QJsonObject page =
            admin.call(client::Op::Exchanges, {{"limit", "1"}, {"filter", filter}});
        seq = QString::number(page["exchanges"].toArray().at(0)["seq"].toInteger());
        return seq != "0";
    });
    const auto detail =
        client::ExchangeDetail::from(admin.call(client::Op::Exchange, {{"seq", seq}}));
    const QByteArray body =
        admin.fetch(client::Op::ExchangeBody, {{"seq", seq}, {"side", "response"}});
    const bool hasUpstream = detail.message(client::Message::Got) != nullptr;
    return client::testFrom(detail, {}, hasUpstream ? body : QByteArray());
}

} // namespace

class TestMadeTests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTestOfAPassedRequestPasses()
    {
        const FakeUpstream upstream(FakeUpstream::answering(answer));
        GatewayProcess gateway(configFor(upstream.url()), {}, {"--record", "bodies"});
        AdminClient admin(gateway.adminPort());
        get(gateway.port(), "/orders/7?dry=1", "Authorization: Bearer s3cret\r\n");
        const client::TestCase test = madeTest(admin, "is:closed");
        QVERIFY(!client::toYaml({test}).contains("s3cret"));
        qputenv("AUTHORIZATION", "Bearer other");
        verify(gateway, test);
        qunsetenv("AUTHORIZATION");
    }

    void aTestOfALimitedRequestPasses()
    {
        const FakeUpstream upstream(FakeUpstream::answering(answer));
        GatewayProcess gateway(configFor(upstream.url()), {}, {"--record", "bodies"});
        AdminClient admin(gateway.adminPort());
        get(gateway.port(), "/limited");
        get(gateway.port(), "/limited");
        client::TestCase test = madeTest(admin, "status:429");
        QVERIFY2(test.expect.contains("status:429"), client::toYaml({test}));
        verify(gateway, test);
    }

    void aTestOfARetriedRequestPasses()
    {
        std::atomic<int> asked = 0;
        const FakeUpstream upstream([&asked](UpstreamPeer &peer) {
            while (!peer.readRequest().isEmpty())
                peer.send(asked++ == 0 ? failure : answer);
        });
        GatewayProcess gateway(configFor(upstream.url()), {}, {"--record", "bodies"});
        AdminClient admin(gateway.adminPort());
        get(gateway.port(), "/orders/7");
        const client::TestCase test = madeTest(admin, "is:closed");
        QCOMPARE(test.upstream.size(), std::size_t(2));
        verify(gateway, test);
    }

    void anExpectationThatDoesNotHoldFails()
    {
        const FakeUpstream upstream(FakeUpstream::answering(answer));
        GatewayProcess gateway(configFor(upstream.url()), {}, {"--record", "bodies"});
        AdminClient admin(gateway.adminPort());
        get(gateway.port(), "/orders/7");
        client::TestCase test = madeTest(admin, "is:closed");
        test.expect << "status:404";
        const QString file = write(gateway, test);
        const ProgramRun run({"test", "-c", gateway.file(), file});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.output.contains("0 of 1 passed"), run.output);
    }

private:
    static QString write(const GatewayProcess &gateway, const client::TestCase &test)
    {
        QFile file(gateway.folder() + "/tests.yaml");
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(file.errorString()));
        file.write(client::toYaml({test}));
        return file.fileName();
    }
    static void verify(const GatewayProcess &gateway, const client::TestCase &test)
    {
        const QString file = write(gateway, test);
        const ProgramRun run({"test", "-c", gateway.file(), file});
        QVERIFY2(run.exitCode == 0, run.output + run.errors + client::toYaml({test}));
        QVERIFY2(run.output.contains("1 of 1 passed"), run.output);
    }
};

QTEST_GUILESS_MAIN(TestMadeTests)
#include "tst_madetests.moc"
