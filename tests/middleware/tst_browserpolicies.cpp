// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

namespace {

Exchange::Peer httpsPeer()
{
    Exchange::Peer peer;
    peer.address = "192.0.2.7";
    peer.scheme = "https";
    return peer;
}

} // namespace

/// security_headers, ip_filter and cookie.
class TestBrowserPolicies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S003-I07
    void securityHeadersAreSet()
    {
        ChainRunner runner(test::make("security_headers"));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("Server", "leaky/1.2");
            response.headers().add("X-Powered-By", "leaky");
            response.headers().add("X-Frame-Options", "SAMEORIGIN");
        });
        const Answer answer = runner.send();
        QCOMPARE(answer.value("X-Frame-Options"), "DENY");
        QCOMPARE(answer.value("X-XSS-Protection"), "0");
        QCOMPARE(answer.value("Content-Security-Policy"), "default-src 'self'");
        QCOMPARE(answer.value("X-Content-Type-Options"), "nosniff");
        QCOMPARE(answer.value("Referrer-Policy"), "strict-origin-when-cross-origin");
        QCOMPARE(answer.value("Permissions-Policy"), "camera=(), geolocation=(), microphone=()");
        QCOMPARE(answer.value("Strict-Transport-Security"), "(none)"); // this was http
        QCOMPARE(answer.value("Server"), "(none)");
        QCOMPARE(answer.value("X-Powered-By"), "(none)");
    }

    void strictTransportIsForHttpsOnly()
    {
        ChainRunner runner(test::make("security_headers"));
        runner.prepare().setPeer(httpsPeer());
        QCOMPARE(runner.send().value("Strict-Transport-Security"),
                 "max-age=31536000; includeSubDomains");
        Exchange::Peer proxy;
        Exchange &trusted = runner.prepare("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https");
        proxy.isTrusted = true;
        trusted.setPeer(proxy);
        QCOMPARE(runner.send().value("Strict-Transport-Security"),
                 "max-age=31536000; includeSubDomains");
        runner.prepare("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https");
        QCOMPARE(runner.send().value("Strict-Transport-Security"), "(none)");
    }

    void securityHeadersCanBeChanged()
    {
        ChainRunner runner(
            test::make("security_headers",
                       "{frame_options: SAMEORIGIN, xss_protection: off, remove: [X-Old], "
                       "keep_upstream: true}"));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("Server", "kept");
            response.headers().add("X-Old", "gone");
            response.headers().add("Content-Security-Policy", "img-src *");
        });
        const Answer answer = runner.send();
        QCOMPARE(answer.value("X-Frame-Options"), "SAMEORIGIN");
        QCOMPARE(answer.value("X-XSS-Protection"), "(none)");
        QCOMPARE(answer.value("Server"), "kept");
        QCOMPARE(answer.value("X-Old"), "(none)");
        QCOMPARE(answer.value("Content-Security-Policy"), "img-src *");
        QVERIFY(test::refusal("security_headers", "{frame_options: \"a\\nb\"}")
                    .startsWith("frame_options: "));
        QVERIFY(test::refusal("security_headers", "{remove: [Connection]}").startsWith("remove."));
    }

    void theMostSpecificNetworkDecides_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("client");
        QTest::addColumn<int>("status");
        const QByteArray nested =
            "{allow: [10.0.0.0/8, 10.1.2.3], deny: [10.1.0.0/16, \"2001:db8::/32\"]}";
        QTest::newRow("allowed") << nested << QByteArray("10.9.9.9") << 200;
        QTest::newRow("denied inside") << nested << QByteArray("10.1.9.9") << 403;
        QTest::newRow("allowed inside that") << nested << QByteArray("10.1.2.3") << 200;
        QTest::newRow("nowhere") << nested << QByteArray("192.0.2.1") << 403;
        QTest::newRow("IPv6") << nested << QByteArray("2001:db8::1") << 403;
        QTest::newRow("mapped") << nested << QByteArray("::ffff:10.1.2.3") << 200;
        QTest::newRow("unix socket") << nested << QByteArray("unix") << 403;
        const QByteArray tie = "{allow: [10.0.0.0/8], deny: [10.0.0.0/8]}";
        QTest::newRow("a tie denies") << tie << QByteArray("10.0.0.1") << 403;
        const QByteArray blocked = "{deny: [192.0.2.0/24]}";
        QTest::newRow("blocked") << blocked << QByteArray("192.0.2.77") << 403;
        QTest::newRow("not blocked") << blocked << QByteArray("192.0.3.77") << 200;
        const QByteArray open = "{allow: [10.0.0.0/8], default: allow, deny: [0.0.0.0/1]}";
        QTest::newRow("default") << open << QByteArray("200.0.0.1") << 200;
        QTest::newRow("wide deny") << open << QByteArray("11.0.0.1") << 403;
        QTest::newRow("closed") << QByteArray("{default: deny}") << QByteArray("10.0.0.1") << 403;
    }
    void theMostSpecificNetworkDecides()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, client);
        QFETCH(int, status);
        ChainRunner runner(test::make("ip_filter", yaml.toStdString()));
        Exchange &exchange = runner.prepare();
        exchange.setClientAddress(exchange.arena().copy(client.toStdString()));
        const Answer answer = runner.send();
        QCOMPARE(answer.status, status);
        QCOMPARE(runner.handled(), status == 200 ? 1 : 0);
    }

    void ipFilterRefusesWhatItCannotMean()
    {
        QVERIFY(test::refusal("ip_filter", "{allow: [10.0.0.0/33]}").startsWith("allow: "));
        QVERIFY(test::refusal("ip_filter", "{deny: [localhost]}").startsWith("deny: "));
        QVERIFY(test::refusal("ip_filter", "{}").contains("refuse nobody"));
    }

    void cookiesBecomeStrict_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<QByteArray>("result");
        QTest::newRow("bare") << QByteArray() << QByteArray("a=1")
                              << QByteArray("a=1; SameSite=Lax; Secure; HttpOnly");
        QTest::newRow("stricter stays")
            << QByteArray() << QByteArray("a=1; samesite=strict; Max-Age=5")
            << QByteArray("a=1; Max-Age=5; SameSite=strict; Secure; HttpOnly");
        QTest::newRow("weaker goes") << QByteArray() << QByteArray("a=1;SameSite=None;Secure")
                                     << QByteArray("a=1; SameSite=Lax; Secure; HttpOnly");
        QTest::newRow("off") << QByteArray("{secure: false, http_only: false, same_site: off}")
                             << QByteArray("a=1; Path=/x; HttpOnly")
                             << QByteArray("a=1; Path=/x; HttpOnly");
        QTest::newRow("except") << QByteArray("{except: [a]}") << QByteArray("a=1")
                                << QByteArray("a=1");
        const QByteArray moved = "{same_site: off, secure: false, http_only: false, domain: "
                                 "{internal.test: example.com, \"*\": \"\"}, path: {/app: /, "
                                 "/app/v1: /one}}";
        QTest::newRow("domain") << moved << QByteArray("a=1; Domain=.Internal.test; Path=/app")
                                << QByteArray("a=1; Domain=example.com; Path=/");
        QTest::newRow("domain away") << moved << QByteArray("a=1; Domain=other.test; Path=/app/x")
                                     << QByteArray("a=1; Path=/x");
        QTest::newRow("longest path")
            << moved << QByteArray("a=1; Path=/app/v1/x") << QByteArray("a=1; Path=/one/x");
        QTest::newRow("whole segments")
            << moved << QByteArray("a=1; Path=/apps") << QByteArray("a=1; Path=/apps");
        QTest::newRow("host prefix") << moved << QByteArray("__Host-a=1; Path=/; Secure")
                                     << QByteArray("__Host-a=1; Path=/; Secure");
    }
    void cookiesBecomeStrict()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, cookie);
        QFETCH(QByteArray, result);
        static std::string sent;
        sent = cookie.toStdString();
        ChainRunner runner(test::make("cookie", yaml.toStdString()));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("Set-Cookie", sent);
            response.headers().add("Set-Cookie", "b=2; SameSite=Strict; Secure; HttpOnly");
        });
        QCOMPARE(runner.send().value("Set-Cookie"),
                 result + "|b=2; SameSite=Strict; Secure; HttpOnly");
    }

    void cookieRefusesWhatBrowsersWould()
    {
        QVERIFY(
            test::refusal("cookie", "{same_site: none, secure: false}").startsWith("same_site: "));
        QVERIFY(test::refusal("cookie", "{path: {app: /}}").startsWith("path."));
        QVERIFY(test::refusal("cookie", "{domain: {a.test: \"b; c\"}}").startsWith("domain."));
    }
};

QTEST_GUILESS_MAIN(TestBrowserPolicies)
#include "tst_browserpolicies.moc"
