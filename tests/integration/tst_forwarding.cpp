// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace gatehouse::test;

namespace {

const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const QByteArray trusting = "trusted_proxies: [127.0.0.0/8]\n";

} // namespace

/// S002-I08
class TestForwarding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        m_gateway.reset();
        m_upstream.reset();
    }

    void whatTheClientIsIsTold_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("seen");
        const QByteArray none;
        const auto row = [](const char *title, const QByteArray &settings, const QByteArray &sent,
                            const QByteArray &name, const QByteArray &seen) {
            QTest::newRow(title) << settings << sent << name << seen;
        };
        const QByteArray forwarded = "for=127.0.0.1;host=\"api.local:80\";proto=http";
        row("for is added", none, none, "X-Forwarded-For", "127.0.0.1");
        row("for is replaced", none, "X-Forwarded-For: 6.6.6.6\r\n", "X-Forwarded-For",
            "127.0.0.1");
        row("for is appended", trusting, "X-Forwarded-For: 6.6.6.6\r\n", "X-Forwarded-For",
            "6.6.6.6, 127.0.0.1");
        row("lines of for are joined", trusting,
            "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 7.7.7.7\r\n", "X-Forwarded-For",
            "6.6.6.6, 7.7.7.7, 127.0.0.1");
        row("another proxy is not trusted", "trusted_proxies: [10.0.0.0/8]\n",
            "X-Forwarded-For: 6.6.6.6\r\n", "X-Forwarded-For", "127.0.0.1");
        row("host is added", none, none, "X-Forwarded-Host", "api.local:80");
        row("host is replaced", none, "X-Forwarded-Host: evil\r\n", "X-Forwarded-Host",
            "api.local:80");
        row("host is kept", trusting, "X-Forwarded-Host: shop.example\r\n", "X-Forwarded-Host",
            "shop.example");
        row("proto is added", none, none, "X-Forwarded-Proto", "http");
        row("proto is replaced", none, "X-Forwarded-Proto: https\r\n", "X-Forwarded-Proto", "http");
        row("proto is kept", trusting, "X-Forwarded-Proto: https\r\n", "X-Forwarded-Proto",
            "https");
        row("Forwarded is added", none, none, "Forwarded", forwarded);
        row("Forwarded is replaced", none, "Forwarded: for=6.6.6.6\r\n", "Forwarded", forwarded);
        row("Forwarded is appended", trusting, "Forwarded: for=6.6.6.6\r\n", "Forwarded",
            "for=6.6.6.6, " + forwarded);
        row("Via is added", none, none, "Via", "1.1 gatehouse");
        row("Via is appended", none, "Via: 1.0 fred, 1.1 p\r\n", "Via",
            "1.0 fred, 1.1 p, 1.1 gatehouse");
        row("Host is kept", none, none, "Host", "api.local:80");
    }
    void whatTheClientIsIsTold()
    {
        QFETCH(const QByteArray, settings);
        QFETCH(const QByteArray, sent);
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, seen);
        start(settings, ok);
        ask("GET / HTTP/1.1\r\nHost: api.local:80\r\n" + sent + "\r\n");
        QCOMPARE(fieldsOf(m_upstream->requests().value(0), name), QList<QByteArray>{seen});
    }

    void fieldsOfOneHopAreRemovedFromRequests()
    {
        start({}, ok);
        ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Mine, x-other\r\n"
            "Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\nTE: trailers\r\n"
            "Upgrade: websocket\r\nProxy-Authorization: Basic eA==\r\nX-Mine: 1\r\nX-Other: 2\r\n"
            "Authorization: Bearer t\r\nX-Kept: 3\r\n\r\n");
        const QByteArray seen = m_upstream->requests().value(0);
        for (const char *name :
             {"connection", "keep-alive", "proxy-connection", "upgrade", "x-mine", "x-other"})
            QVERIFY2(fieldsOf(seen, name).isEmpty(), name);
        QCOMPARE(fieldOf(seen, "authorization"), "Bearer t");
        QCOMPARE(fieldOf(seen, "x-kept"), "3");
    }

    void fieldsOfOneHopAreRemovedFromAnswers()
    {
        start({},
              "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Mine\r\nKeep-Alive: timeout=5\r\n"
              "Proxy-Connection: keep-alive\r\nX-Mine: 1\r\nX-Kept: 2\r\n"
              "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok");
        const QByteArray response = ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        for (const char *name : {"connection", "keep-alive", "proxy-connection", "x-mine"})
            QVERIFY2(fieldsOf(response, name).isEmpty(), name);
        QCOMPARE(fieldOf(response, "x-kept"), "2");
        QCOMPARE(fieldsOf(response, "set-cookie"), QList<QByteArray>({"a=1", "b=2"}));
    }

    void connectionCannotRemoveWhatTheGatewayTells()
    {
        start("pipeline: [request_id, {use: headers, request: {set: {X-Tenant: a}}}]\n", ok);
        ask("GET / HTTP/1.1\r\nHost: a\r\nX-Request-ID: mine\r\nX-Tenant: mine\r\n"
            "Connection: X-Forwarded-For, Host, Via, X-Request-ID, X-Tenant\r\n\r\n");
        const QByteArray seen = m_upstream->requests().value(0);
        for (const char *name : {"x-forwarded-for", "host", "via", "x-request-id", "x-tenant"})
            QCOMPARE(fieldsOf(seen, name).size(), 1);
    }

    void whatSomeServersTakeForOursIsRemoved()
    {
        start({}, ok);
        ask("GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded_For: 6.6.6.6\r\nx-forwarded_proto: https\r\n"
            "Content_Length: 9\r\nTransfer_Encoding: chunked\r\nX_Mine: 1\r\n\r\n");
        const QByteArray seen = m_upstream->requests().value(0);
        for (const char *name :
             {"x_forwarded_for", "x-forwarded_proto", "content_length", "transfer_encoding"})
            QVERIFY2(fieldsOf(seen, name).isEmpty(), name);
        QCOMPARE(fieldOf(seen, "x_mine"), "1");
    }

    // S003-42
    void aRequestIdIsTheSameEverywhere_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("new") << QByteArray();
        QTest::newRow("kept") << QByteArray("X-Request-ID: abc-123\r\n");
    }
    void aRequestIdIsTheSameEverywhere()
    {
        QFETCH(const QByteArray, sent);
        QTemporaryDir folder;
        const QString file = folder.filePath("access.log");
        start("pipeline: [recovery, request_id, {use: access_log, format: json, path: "
                  + file.toUtf8() + "}]\n" + trusting,
              "HTTP/1.1 200\r\nContent-Length: x\r\n\r\n"); // so that there is an error body
        const QByteArray response = ask("GET / HTTP/1.1\r\nHost: a\r\n" + sent + "\r\n");
        const QByteArray id = fieldOf(response, "x-request-id");
        QVERIFY(!id.isEmpty());
        if (!sent.isEmpty())
            QCOMPARE(id, "abc-123");
        QCOMPARE(fieldsOf(m_upstream->requests().value(0), "x-request-id"), QList<QByteArray>{id});
        const QJsonObject problem = QJsonDocument::fromJson(bodyOf(response)).object();
        QCOMPARE(problem["request_id"].toString().toUtf8(), id);
        QCOMPARE(statusOf(response), 502);
        m_gateway.reset(); // which flushes the access log
        QFile log(file);
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QJsonObject entry = QJsonDocument::fromJson(log.readLine()).object();
        QCOMPARE(entry["request_id"].toString().toUtf8(), id);
        QCOMPARE(entry["status"].toInt(), 502);
        QCOMPARE(entry["error"].toString(), problem["code"].toString());
    }

private:
    void start(const QByteArray &settings, const QByteArray &answer)
    {
        m_upstream = std::make_unique<FakeUpstream>(FakeUpstream::answering(answer));
        m_gateway =
            std::make_unique<GatewayProcess>(settings + GatewayProcess::proxyTo(m_upstream->url()));
        QVERIFY(m_gateway->isRunning());
    }
    QByteArray ask(const QByteArray &request)
    {
        RawClient client(m_gateway->port());
        client.send(request);
        return client.readResponse();
    }

    std::unique_ptr<FakeUpstream> m_upstream;
    std::unique_ptr<GatewayProcess> m_gateway;
};

QTEST_GUILESS_MAIN(TestForwarding)
#include "tst_forwarding.moc"
