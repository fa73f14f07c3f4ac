// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/auth/signer.h"
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QFile>
#include <QTest>

using namespace gatehouse::test;

namespace {

QByteArray ask(const GatewayProcess &gateway, const QByteArray &fields,
               const QByteArray &path = "/a")
{
    return RawClient::ask(gateway.port(),
                          "GET " + path + " HTTP/1.1\r\nHost: a\r\n"
                              + (fields.isEmpty() ? "" : fields + "\r\n")
                              + "Connection: close\r\n\r\n");
}

QByteArray keysAnswer(const std::string &jwks)
{
    const QByteArray body = QByteArray::fromStdString(jwks);
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
        + body;
}

QByteArray bearer(const std::string &token)
{
    return "Authorization: Bearer " + QByteArray::fromStdString(token);
}

QByteArray behind(const QByteArray &url, const QByteArray &middleware)
{
    return "services: {s: {instances: [\"" + url
        + "\"]}}\nroutes:\n  - {id: r, match: {path: \"/{*rest}\"}, service: s, middleware: ["
        + middleware + "]}\n";
}

const QByteArray ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

} // namespace

/// Credentials at the real program.
class TestAuthentication : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S003-28, S003-29, S002-94: what the route names is applied, and the backend sees who it is
    void aRouteIsClosedToStrangers()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway(
            behind(upstream.url(),
                   "{use: api_key, keys: {t: {key: sekret, subject: blue, scopes: [a, b]}}}")
            + "pipeline: [{use: access_log, path: access.log}]\n");
        QVERIFY(gateway.isRunning());
        QCOMPARE(statusOf(ask(gateway, {})), 401);
        QCOMPARE(statusOf(ask(gateway, "X-API-Key: other")), 401);
        QCOMPARE(upstream.requests().size(), 0);
        QCOMPARE(statusOf(ask(gateway,
                              "X-API-Key: sekret\r\nX-Auth-Subject: eve\r\n"
                              "X-Auth-Scopes: all")),
                 200);
        const QByteArray seen = upstream.requests().value(0);
        QVERIFY2(seen.contains("X-Auth-Subject: blue\r\n"), seen);
        QVERIFY2(seen.contains("X-Auth-Scopes: a b\r\n"), seen);
        QVERIFY2(!seen.contains("eve") && !seen.contains("sekret"), seen);
        const auto logged = [&gateway] {
            QFile file(gateway.folder() + "/access.log");
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        QTRY_VERIFY(logged().contains("\"subject\":\"blue\",\"auth\":\"api_key\""));
        QVERIFY(!logged().contains("sekret") && !gateway.log().contains("sekret"));
    }

    // S003-28
    void anUnknownMiddlewareIsAnError()
    {
        GatewayProcess gateway(behind("http://127.0.0.1:9", "auht"));
        QVERIFY(!gateway.isRunning());
    }

    // S002-I41: keys behind a URL, shared by the workers; an unknown kid does not flood the server
    void keysAreFetchedOnce()
    {
        const Signer signer("ES256", "one");
        FakeUpstream keys(FakeUpstream::answering(keysAnswer(signer.jwks())));
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway(
            behind(upstream.url(), "{use: jwt, jwks_url: \"" + keys.url() + "/keys\"}"), {},
            {"--workers", "2"});
        QVERIFY(gateway.isRunning());
        QCOMPARE(keys.requests().size(), 0);
        for (int i = 0; i < 8; ++i)
            QCOMPARE(statusOf(ask(gateway, bearer(signer.token("{\"sub\":\"ada\"}")))), 200);
        for (int i = 0; i < 8; ++i)
            QCOMPARE(statusOf(ask(gateway, bearer(Signer("ES256", "two").token("{}")))), 401);
        QCOMPARE(keys.requests().size(), 1);
    }

    void withoutKeysNobodyPasses()
    {
        FakeUpstream keys(FakeUpstream::answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
        GatewayProcess gateway(
            behind("http://127.0.0.1:9", "{use: jwt, jwks_url: \"" + keys.url() + "\"}"));
        QVERIFY(gateway.isRunning());
        QCOMPARE(statusOf(ask(gateway, bearer(Signer("ES256").token("{}")))), 503);
        QVERIFY(gateway.waitForLog("key set not renewed"));
    }

    void checkFetchesNothing()
    {
        FakeUpstream keys(FakeUpstream::answering(keysAnswer("{}")));
        GatewayProcess gateway("routes: []\n");
        gateway.rewrite(
            behind("http://127.0.0.1:9", "{use: jwt, jwks_url: \"" + keys.url() + "\"}"));
        const ProgramRun check({"check", "-c", gateway.file()});
        QCOMPARE(check.exitCode, 0);
        QCOMPARE(keys.connections(), 0);
    }

    // S002-36
    void aServiceIsAskedFirst()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        FakeUpstream login([](UpstreamPeer &peer) {
            for (QByteArray head = peer.readRequest(); !head.isEmpty(); head = peer.readRequest()) {
                const bool isKnown = head.contains("Cookie: session=good");
                if (!peer.send(isKnown
                                   ? "HTTP/1.1 200 OK\r\nX-User: ada\r\nContent-Length: 0\r\n\r\n"
                                   : "HTTP/1.1 302 Found\r\nLocation: /login\r\n"
                                     "Content-Length: 4\r\n\r\ngo!\n"))
                    return;
            }
        });
        GatewayProcess gateway(
            "services: {s: {instances: [\"" + upstream.url() + "\"]}, login: {instances: [\""
            + login.url()
            + "\"]}}\nroutes:\n  - {id: r, match: {path: \"/{*rest}\"}, service: s, middleware: "
              "[{use: forward_auth, service: login, path: /verify, subject_header: X-User}]}\n");
        QVERIFY(gateway.isRunning());
        const QByteArray redirect = ask(gateway, {});
        QCOMPARE(statusOf(redirect), 302);
        QVERIFY2(redirect.contains("Location: /login\r\n") && redirect.endsWith("go!\n"), redirect);
        QCOMPARE(upstream.requests().size(), 0);
        QCOMPARE(statusOf(ask(gateway, "Cookie: session=good")), 200);
        QVERIFY(upstream.requests().value(0).contains("X-Auth-Subject: ada\r\n"));
    }

    // S002-I42: keys in a file, and a mistake in it is an error of the configuration
    void aFileOfKeysIsReadAgain()
    {
        FakeUpstream upstream(FakeUpstream::answering(ok));
        GatewayProcess gateway("routes: []\n");
        QVERIFY(gateway.isRunning());
        const auto write = [&gateway](const QByteArray &text) {
            QFile file(gateway.folder() + "/keys.yaml");
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        const QByteArray yaml = behind(upstream.url(), "{use: api_key, keys_file: keys.yaml}");
        QVERIFY(write("keys: {a: {key: one}}\n"));
        gateway.rewrite(yaml);
        QVERIFY(gateway.waitForLog("reloaded"));
        QCOMPARE(statusOf(ask(gateway, "X-API-Key: one")), 200);
        QVERIFY(write("keys:\n  a: {key: two}\n  b: {key: two}\n"));
        gateway.rewrite(yaml + "# again\n");
        QVERIFY(gateway.waitForLog("is the same key as a"));
        QCOMPARE(statusOf(ask(gateway, "X-API-Key: one")), 200);
    }
};

QTEST_GUILESS_MAIN(TestAuthentication)
#include "tst_authentication.moc"
