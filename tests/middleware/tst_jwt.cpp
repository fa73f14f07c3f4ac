// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/auth/signer.h"
#include "tests/middleware/builtin.h"

#include <QFile>
#include <QTemporaryDir>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::sent;
using test::Signer;

namespace {

const QByteArray start = "GET / HTTP/1.1\r\nHost: a";

qint64 secondsFromNow(int seconds)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count() + seconds;
}

std::string inSeconds(int seconds)
{
    return std::to_string(secondsFromNow(seconds));
}

std::string claims(const std::string &more = {})
{
    return "{\"sub\":\"ada\",\"exp\":" + inSeconds(600) + (more.empty() ? "" : "," + more) + '}';
}

QByteArray bearer(const std::string &token)
{
    return start + "\r\nAuthorization: Bearer " + QByteArray::fromStdString(token);
}

std::string withSecret(const std::string &more = {})
{
    return std::string("secret: ") + Signer::secret + '\n' + more;
}

QString codeOf(const Answer &answer)
{
    return QString::number(answer.status) + ' ' + answer.json()["code"].toString() + ": "
        + answer.json()["detail"].toString();
}

const char invalid[] = "401 UNAUTHORIZED: Invalid token";

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S002-91, S002-94, S000-I03
    void theUpstreamHearsWhoItIs()
    {
        ChainRunner runner(test::make(
            "jwt",
            withSecret("headers: {X-User-Id: id, X-User-Role: role, X-User-Email: email}\n")));
        const std::string token = Signer("HS256").token(
            claims("\"id\":7,\"role\":\"admin\",\"email\":\"ada@a.example\",\"scope\":\"read "
                   "write\",\"roles\":[\"admin\"]"));
        const Answer answer =
            runner.send(bearer(token)
                        + "\r\nX-Auth-Subject: eve\r\n"
                          "x-auth-scopes: all\r\nX_Auth_Subject: eve\r\n"
                          "X-Auth-Provider: me\r\nX-User-Id: 1\r\nX_User_Role: x\r\n"
                          "Connection: X-Auth-Subject");
        QCOMPARE(answer.status, 200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "ada");
        QCOMPARE(sent(runner, "X-Auth-Scopes"), "read write");
        QCOMPARE(sent(runner, "X-Auth-Provider"), "jwt");
        QCOMPARE(sent(runner, "X-User-Id"), "7");
        QCOMPARE(sent(runner, "X-User-Role"), "admin");
        QCOMPARE(sent(runner, "X-User-Email"), "ada@a.example");
        QCOMPARE(sent(runner, "X_Auth_Subject"), "(none)");
        QCOMPARE(sent(runner, "X_User_Role"), "(none)");
        const Identity *const identity = runner.exchange().identity();
        QVERIFY(identity);
        QVERIFY(identity->hasScope("write") && identity->hasRole("admin"));
        QCOMPARE(identity->claim("email"), std::string_view("ada@a.example"));
        QCOMPARE(answer.value("X-Auth-Subject"), "(none)"); // S002-I40: upstream, not client
    }

    void thePrefixIsStripped_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        const QByteArray token = QByteArray::fromStdString(Signer("HS256").token(claims()));
        QTest::newRow("Bearer x") << "Bearer " + token << 200;
        QTest::newRow("bearer x") << "bearer " + token << 200;
        QTest::newRow("BEARER   x") << "BEARER \t  " + token << 200;
        QTest::newRow("raw") << token << 200;
        QTest::newRow("another scheme") << "Basic " + token << 401;
        QTest::newRow("nothing behind") << QByteArray("Bearer ") << 401;
        QTest::newRow("twice") << token + "\r\nAuthorization: " + token << 401;
    }
    // S000-I02
    void thePrefixIsStripped()
    {
        QFETCH(QByteArray, value);
        QFETCH(int, status);
        ChainRunner runner(test::make("jwt", withSecret()));
        QCOMPARE(runner.send(start + "\r\nAuthorization: " + value).status, status);
    }

    // S000-I07, S002-80: the rest of the chain is not called
    void refusalsHaveTheirCodes()
    {
        ChainRunner runner(test::make("jwt", withSecret()));
        const Answer none = runner.send(start);
        QCOMPARE(codeOf(none), "401 UNAUTHORIZED: Authentication failed for non-public operation");
        QCOMPARE(none.value("WWW-Authenticate"), "Bearer realm=\"gatehouse\"");
        const Answer garbage = runner.send(bearer("garbage"));
        QCOMPARE(codeOf(garbage), invalid);
        QCOMPARE(garbage.value("WWW-Authenticate"),
                 "Bearer error=\"invalid_token\", error_description=\"Invalid token\"");
        const Answer expired =
            runner.send(bearer(Signer("HS256").token("{\"exp\":" + inSeconds(-61) + '}')));
        QCOMPARE(codeOf(expired), "401 TOKEN_EXPIRED: Token expired");
        QCOMPARE(expired.value("WWW-Authenticate"),
                 "Bearer error=\"invalid_token\", error_description=\"Token expired\"");
        QCOMPARE(runner.handled(), 0);
    }

    // S000-I07
    void graphQlClientsReadTheSame()
    {
        ChainRunner runner(test::make("jwt", withSecret()));
        (void)runner.prepare(bearer("garbage"));
        runner.exchange().setErrorFormat(ErrorFormat::GraphQl);
        const Answer answer = runner.send();
        QCOMPARE(answer.status, 401);
        QVERIFY2(answer.body.contains("\"message\":\"Invalid token\""), answer.body);
        QVERIFY2(answer.body.contains("\"code\":\"UNAUTHORIZED\",\"status\":401"), answer.body);
    }

    void claimsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *settings, const std::string &more,
                            int status) {
            QTest::newRow(name) << QByteArray(settings) << QByteArray::fromStdString(more)
                                << status;
        };
        row("nbf in the future", "", "\"nbf\":" + inSeconds(120), 401);
        row("nbf within the leeway", "", "\"nbf\":" + inSeconds(30), 200);
        row("iat in the future", "", "\"iat\":" + inSeconds(120), 401);
        row("nbf is a text", "", "\"nbf\":\"1\"", 401);
        row("issuer", "issuer: me", "\"iss\":\"me\"", 200);
        row("another issuer", "issuer: me", "\"iss\":\"you\"", 401);
        row("no issuer", "issuer: me", "\"x\":1", 401);
        row("issuer in a list", "issuer: [you, me]", "\"iss\":\"me\"", 200);
        row("issuers in the token", "issuer: me", "\"iss\":[\"me\"]", 401);
        row("audience", "audience: [api]", "\"aud\":\"api\"", 200);
        row("audience in a list", "audience: [api, web]", "\"aud\":[\"x\",\"web\"]", 200);
        row("another audience", "audience: api", "\"aud\":[\"x\"]", 401);
        row("required", "required_claims: [email]", "\"email\":\"a\"", 200);
        row("required, missing", "required_claims: [email]", "\"x\":1", 401);
        row("required value", "required_claims: {tenant: blue}", "\"tenant\":\"blue\"", 200);
        row("another value", "required_claims: {tenant: blue}", "\"tenant\":\"red\"", 401);
        row("required true", "required_claims: {email_verified: true}", "\"email_verified\":true",
            200);
        row("scope text", "scopes: [b]", "\"scope\":\"a b\"", 200);
        row("scope list", "{scopes: [b], scope_claim: scp}", "\"scp\":[\"a\",\"b\"]", 200);
        row("scope missing", "scopes: [b, c]", "\"scope\":\"a b\"", 403);
        row("role", "{roles: [admin], roles_claim: realm_access.roles}",
            "\"realm_access\":{\"roles\":[\"admin\"]}", 200);
        row("role missing", "roles: [admin]", "\"roles\":[\"user\"]", 403);
        row("no leeway", "leeway: 0s", "\"nbf\":" + inSeconds(30), 401);
        row("algorithm not allowed", "algorithms: [HS512]", "\"x\":1", 401);
    }
    // S002-I41, S003-29: 401 for who it is, 403 for what he may
    void claimsAreChecked()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, more);
        QFETCH(int, status);
        std::string yaml = settings.toStdString();
        if (yaml.starts_with('{'))
            yaml = "{secret: " + std::string(Signer::secret) + ", " + yaml.substr(1);
        else
            yaml = withSecret(yaml);
        ChainRunner runner(test::make("jwt", yaml));
        const QByteArray request = bearer(Signer("HS256").token(claims(more.toStdString())));
        QCOMPARE(runner.send(request).status, status);
        const Answer again = runner.send(request); // from the cache
        QCOMPARE(again.status, status);
        if (status == 403)
            QVERIFY(
                again.value("WWW-Authenticate").startsWith("Bearer error=\"insufficient_scope\""));
        QCOMPARE(runner.handled(), status == 200 ? 2 : 0);
    }

    // S002-92
    void confusedAlgorithmsAreRefused()
    {
        const Signer rsa("RS256");
        const QTemporaryDir folder;
        QFile file(folder.filePath("key.pem"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const std::string pem = rsa.publicPem();
        file.write(pem.data(), qint64(pem.size()));
        file.close();
        const auto yaml = "public_key_file: " + file.fileName().toStdString();
        ChainRunner runner(test::make("jwt", yaml));
        QCOMPARE(runner.send(bearer(rsa.token(claims()))).status, 200);
        const std::string input =
            auth::toBase64Url("{\"alg\":\"HS256\"}") + '.' + auth::toBase64Url(claims());
        unsigned char mac[32];
        unsigned int size = 0;
        HMAC(EVP_sha256(), pem.data(), int(pem.size()),
             reinterpret_cast<const unsigned char *>(input.data()), input.size(), mac, &size);
        const std::string forged =
            input + '.' + auth::toBase64Url({reinterpret_cast<const char *>(mac), sizeof mac});
        QCOMPARE(codeOf(runner.send(bearer(forged))), invalid);
        const std::string none =
            auth::toBase64Url("{\"alg\":\"none\"}") + '.' + auth::toBase64Url(claims()) + '.';
        QCOMPARE(codeOf(runner.send(bearer(none))), invalid);
        QCOMPARE(codeOf(runner.send(bearer(Signer("RS256").token(claims())))), invalid);
    }

    void badTokensAreRefused_data()
    {
        QTest::addColumn<QByteArray>("token");
        const std::string good = Signer("HS256").token(claims());
        QTest::newRow("truncated") << QByteArray::fromStdString(good.substr(0, good.size() - 3));
        QTest::newRow("oversized") << QByteArray(20'000, 'a');
        QTest::newRow("wrong kid of nothing") << QByteArray("a.b.c");
        QTest::newRow("duplicate claims")
            << QByteArray::fromStdString(Signer("HS256").token("{\"sub\":\"a\",\"sub\":\"b\"}"));
        QTest::newRow("deep") << QByteArray::fromStdString(
            Signer("HS256").token("{\"a\":" + std::string(100, '[') + std::string(100, ']') + '}'));
        QTest::newRow("other secret") << QByteArray::fromStdString(
            good.substr(0, good.rfind('.') + 1) + auth::toBase64Url(std::string(32, 'x')));
    }
    void badTokensAreRefused()
    {
        QFETCH(QByteArray, token);
        ChainRunner runner(test::make("jwt", withSecret()));
        QCOMPARE(codeOf(runner.send(bearer(token.toStdString()))), invalid);
    }

    void aKeySetKnowsItsKeysByName()
    {
        const Signer one("ES256", "one");
        const Signer other("ES256", "other");
        const QTemporaryDir folder;
        QFile file(folder.filePath("jwks.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(one.jwks().c_str());
        file.close();
        middleware::BuildContext context;
        context.folder = folder.path().toStdString();
        ChainRunner runner(test::make("jwt", "jwks_file: jwks.json", context));
        QCOMPARE(runner.send(bearer(one.token(claims()))).status, 200);
        QCOMPARE(codeOf(runner.send(bearer(other.token(claims())))), invalid);
    }

    // S000-I04
    void expiryCountsInTheCacheAsWell()
    {
        ChainRunner runner(test::make("jwt", withSecret("leeway: 0s\n")));
        const QByteArray request = bearer(Signer("HS256").token("{\"exp\":" + inSeconds(2) + '}'));
        QCOMPARE(runner.send(request).status, 200);
        QTRY_COMPARE_WITH_TIMEOUT(runner.send(request).status, 401, 5000);
    }

    void optionalMeansAbsentNotBad()
    {
        ChainRunner runner(test::make("jwt", withSecret("optional: true")));
        const Answer absent = runner.send(start + "\r\nX-Auth-Subject: eve");
        QCOMPARE(absent.status, 200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "(none)"); // S002-94
        QVERIFY(!runner.exchange().identity());
        QCOMPARE(runner.send(bearer("garbage")).status, 401);
    }

    void skippedPathsNeedNoToken_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::newRow("itself") << QByteArray("/public") << 200;
        QTest::newRow("below") << QByteArray("/public/a?b") << 200;
        QTest::newRow("another word") << QByteArray("/publicity") << 401;
        QTest::newRow("other") << QByteArray("/private") << 401;
        QTest::newRow("climbing") << QByteArray("/public/../private") << 401;
        QTest::newRow("climbing, encoded") << QByteArray("/public/%2e%2E/private") << 401;
        QTest::newRow("encoded slash") << QByteArray("/public/..%2Fprivate") << 401;
        // Tomcat and others cut the parameter off before they resolve the dots.
        QTest::newRow("climbing with a parameter") << QByteArray("/public/..;/private") << 401;
        QTest::newRow("and with more of it") << QByteArray("/public/..;a=b/private") << 401;
        QTest::newRow("encoded") << QByteArray("/public/..%3B/private") << 401;
        QTest::newRow("a parameter") << QByteArray("/public/a;b/c.;d") << 200;
    }
    // S002-I41
    void skippedPathsNeedNoToken()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, status);
        ChainRunner runner(test::make("jwt", withSecret("skip_paths: [/public]")));
        const Answer answer = runner.send("GET " + path
                                          + " HTTP/1.1\r\nHost: a\r\n"
                                            "X-Auth-Subject: eve");
        QCOMPARE(answer.status, status);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "(none)");
    }

    void cookiesAndParametersWork()
    {
        const std::string yaml =
            withSecret("cookie: session\nquery: access_token\nforward: false\n");
        ChainRunner runner(test::make("jwt", yaml));
        const QByteArray token = QByteArray::fromStdString(Signer("HS256").token(claims()));
        QCOMPARE(runner.send(start + "\r\nCookie: a=b; session=" + token + "; c=d").status, 200);
        QCOMPARE(sent(runner, "Cookie"), "a=b; c=d");
        QCOMPARE(runner.send("GET /?x=1&access_token=" + token + "&y HTTP/1.1\r\nHost: a").status,
                 200);
        QCOMPARE(runner.exchange().request().query(), std::string_view("x=1&y"));
        QCOMPARE(runner.send(bearer(token.toStdString())).status, 200);
        QCOMPARE(sent(runner, "Authorization"), "(none)");
    }

    void aTokenInTheQueryStaysHere()
    {
        ChainRunner runner(test::make("jwt", withSecret("query: token")));
        const QByteArray token = QByteArray::fromStdString(Signer("HS256").token(claims()));
        QCOMPARE(runner.send("GET /?token=" + token + " HTTP/1.1\r\nHost: a").status, 200);
        QVERIFY(!runner.exchange().request().hasQuery());
        QCOMPARE(runner.send(bearer(token.toStdString())).status, 200);
        QCOMPARE(sent(runner, "Authorization"), "Bearer " + token);
    }

    void decisionsExplainThemselves()
    {
        ChainRunner runner(test::make("jwt", withSecret()));
        (void)runner.send(bearer(Signer("HS256").token(claims())));
        std::string text;
        for (const Stage &stage : runner.exchange().trace().stages())
            stage.describe(text);
        QCOMPARE(text, std::string("auth=accepted provider=jwt subject=ada reason=verified now"));
    }

    void wrongSettingsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const std::string &yaml, const char *text) {
            QTest::newRow(name) << QByteArray::fromStdString(yaml) << QByteArray(text);
        };
        row("no key", "issuer: me", "needs keys: one of secret");
        row("two keys", withSecret("jwks_file: a"), "jwks_file: stands beside secret");
        row("short secret", "secret: abc", "secret: is shorter than 32 bytes");
        row("alg none", withSecret("algorithms: [none]"), "algorithms[0]: ");
        row("impossible algorithm", withSecret("algorithms: [RS256]"),
            "algorithms: no key permits");
        row("no file", "jwks_file: /no/such/file", "jwks_file: cannot read");
        row("no PEM", "public_key: abc", "public_key: is no public key in PEM");
        row("ftp", "jwks_url: ftp://a/b", "jwks_url: is no http or https URL");
        row("password in URL", "jwks_url: https://a:b@c/d", "jwks_url: is no http or https URL");
        row("shown parameter", withSecret("query: q"), "query: is a name whose value");
        row("header", withSecret("headers: {Host: sub}"), "headers.Host: belongs to the gateway");
        row("audit", withSecret("audit: {path: /no/such/dir/file}"), "audit.path: cannot open");
        row("realm", withSecret("realm: 'a\"b'"), "realm: holds a quote");
        row("scope", withSecret("scopes: ['a\"b']"), "scopes[0]: must be visible ASCII");
        row("scope with a line end", withSecret("scopes: [\"a\\nb\"]"), "scopes[0]: must be");
        row("skip path", withSecret("skip_paths: [public]"), "skip_paths[0]: must begin with /");
    }
    // S000-35
    void wrongSettingsAreRefused()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, text);
        const QString refusal = test::refusal("jwt", yaml.toStdString());
        QVERIFY2(refusal.contains(QString(text)), qPrintable(refusal));
        QVERIFY(!refusal.contains(Signer::secret));
    }

    // S000-35
    void secretsAreMarked()
    {
        const middleware::Factories factories = middleware::builtinFactories();
        const config::Schema schema = factories.find("jwt")->schema();
        for (const config::Schema::Field &field : schema.fields())
            QCOMPARE(field.schema.isSecret(), field.key == "secret");
    }
};

QTEST_GUILESS_MAIN(TestJwt)
#include "tst_jwt.moc"
