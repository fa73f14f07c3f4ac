// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

namespace {

const QByteArray token = "0123456789abcdef0123456789abcdef";

QByteArray post(const QByteArray &fields)
{
    return "POST /buy HTTP/1.1\r\nHost: shop.test" + (fields.isEmpty() ? "" : "\r\n" + fields);
}

QByteArray both(const QByteArray &value)
{
    return "Cookie: x=1; csrf_token=" + value + "\r\nX-CSRF-Token: " + value;
}

/// The token that an answer to GET sets.
QByteArray tokenFrom(ChainRunner &runner, const QByteArray &fields = {})
{
    const QByteArray line =
        runner.send("GET / HTTP/1.1\r\nHost: shop.test" + fields).value("Set-Cookie");
    return line.mid(line.indexOf('=') + 1).split(';').first();
}

} // namespace

/// S003-I07
class TestCsrf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPageSetsTheCookie()
    {
        ChainRunner runner(test::make("csrf"));
        const Answer first = runner.send();
        const QByteArray line = first.value("Set-Cookie");
        QCOMPARE(first.value("Cache-Control"), "private");
        QVERIFY2(line.startsWith("csrf_token="), line);
        QVERIFY2(line.endsWith("; Path=/; SameSite=Lax"), line);
        QCOMPARE(tokenFrom(runner).size(), 64);
        QVERIFY(tokenFrom(runner) != tokenFrom(runner));
        const Answer again =
            runner.send("GET / HTTP/1.1\r\nHost: a\r\nCookie: csrf_token=" + token);
        QCOMPARE(again.value("Set-Cookie"), "(none)");
        QCOMPARE(again.value("Cache-Control"), "(none)");
    }

    void unsafeRequestsNeedTheToken_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("nothing") << post({}) << 403;
        QTest::newRow("both") << post(both(token)) << 200;
        QTest::newRow("cookie only") << post("Cookie: csrf_token=" + token) << 403;
        QTest::newRow("header only") << post("X-CSRF-Token: " + token) << 403;
        QTest::newRow("different")
            << post("Cookie: csrf_token=" + token + "\r\nX-CSRF-Token: f" + token.mid(1)) << 403;
        QTest::newRow("empty") << post("Cookie: csrf_token=\r\nX-CSRF-Token: ") << 403;
        QTest::newRow("guessable") << post(both("a")) << 403;
        for (const QByteArray method : {"PUT", "PATCH", "DELETE", "PURGE"})
            QTest::newRow(method) << method + " / HTTP/1.1\r\nHost: shop.test" << 403;
        for (const QByteArray method : {"GET", "HEAD", "OPTIONS"})
            QTest::newRow(method) << method + " / HTTP/1.1\r\nHost: shop.test" << 200;
        QTest::newRow("own origin") << post(both(token) + "\r\nOrigin: http://shop.test:80") << 200;
        QTest::newRow("trusted origin")
            << post(both(token) + "\r\nOrigin: https://pay.test") << 200;
        QTest::newRow("other origin") << post(both(token) + "\r\nOrigin: http://evil.test") << 403;
        QTest::newRow("other scheme") << post(both(token) + "\r\nOrigin: https://shop.test") << 403;
        QTest::newRow("null origin") << post(both(token) + "\r\nOrigin: null") << 403;
        QTest::newRow("same site") << post(both(token) + "\r\nSec-Fetch-Site: same-origin") << 200;
        QTest::newRow("cross site") << post(both(token) + "\r\nSec-Fetch-Site: cross-site") << 403;
        QTest::newRow("sub-domain") << post(both(token) + "\r\nSec-Fetch-Site: same-site") << 403;
        QTest::newRow("exempt") << QByteArray("POST /hooks/a HTTP/1.1\r\nHost: shop.test") << 200;
        QTest::newRow("exempt to us, another to some servers")
            << QByteArray("POST /hooks/..;/pay HTTP/1.1\r\nHost: shop.test") << 403;
        QTest::newRow("not exempt")
            << QByteArray("POST /hooksa HTTP/1.1\r\nHost: shop.test") << 403;
    }
    void unsafeRequestsNeedTheToken()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        ChainRunner runner(
            test::make("csrf", "{exempt: [/hooks], trusted_origins: [https://pay.test]}"));
        QCOMPARE(runner.send(request).status, status);
        QCOMPARE(runner.handled(), status == 200 ? 1 : 0);
    }

    void signedTokensCannotBeMadeUp()
    {
        ChainRunner runner(test::make("csrf", "{secret: s3cret, session_cookie: sid}"));
        const QByteArray made = tokenFrom(runner, "\r\nCookie: sid=alice");
        QVERIFY(made.contains('.'));
        const QByteArray alice =
            post("Cookie: sid=alice; csrf_token=" + made + "\r\nX-CSRF-Token: " + made);
        QCOMPARE(runner.send(alice).status, 200);
        QCOMPARE(runner.send(post(both(token))).status, 403);
        QCOMPARE(runner.send(post(both(token + "." + token))).status, 403);
        const QByteArray bob =
            post("Cookie: sid=bob; csrf_token=" + made + "\r\nX-CSRF-Token: " + made);
        QCOMPARE(runner.send(bob).status, 403); // a token of somebody else's session
        // A page of another session replaces it.
        QVERIFY(tokenFrom(runner, "\r\nCookie: sid=bob; csrf_token=" + made).contains('.'));
    }

    void overHttpsTheCookieIsSecure()
    {
        ChainRunner runner(test::make("csrf"));
        Exchange::Peer peer;
        peer.scheme = "https";
        runner.prepare().setPeer(peer);
        QVERIFY(runner.send().value("Set-Cookie").endsWith("; Secure"));
    }

    void settingsAreChecked()
    {
        QVERIFY(test::refusal("csrf", "{cookie: \"a b\"}").startsWith("cookie: "));
        QVERIFY(test::refusal("csrf", "{header: Host}").startsWith("header: "));
        QVERIFY(test::refusal("csrf", "{session_cookie: sid}").startsWith("session_cookie: "));
        QVERIFY(test::refusal("csrf", "{secret: \"\"}").startsWith("secret: "));
        QVERIFY(test::refusal("csrf", "{secret_file: /no/such/file}").startsWith("secret_file: "));
        QVERIFY(test::refusal("csrf", "{exempt: [hooks]}").startsWith("exempt: "));
        QVERIFY(test::refusal("csrf", "{trusted_origins: [a]}").startsWith("trusted_origins: "));
    }
};

QTEST_GUILESS_MAIN(TestCsrf)
#include "tst_csrf.moc"
