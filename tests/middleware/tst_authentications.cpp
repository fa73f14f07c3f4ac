// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/passwordhash.h"
#include "tests/auth/signer.h"
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::sent;
using test::Signer;

namespace {

const QByteArray start = "GET / HTTP/1.1\r\nHost: a";

const char keys[] =
    "keys:\n"
    "  team: {key: sekret, subject: blue, type: service, scopes: [read], roles: [dev],"
    " metadata: {plan: gold}}\n"
    "  off: {key: k-off, disabled: true}\n"
    "  old: {key: k-old, expires: 2020-01-01}\n"
    "  bare: {key: k-bare, expires: 2999-01-01T00:00:00Z}\n";

QString detailOf(const Answer &answer)
{
    return QString::number(answer.status) + ' ' + answer.json()["detail"].toString();
}

QByteArray basic(const QByteArray &login)
{
    return start + "\r\nAuthorization: Basic " + login.toBase64();
}

/// A service that decides as its path says, and notes what it was asked.
class Decider final : public Handler
{
public:
    static inline QByteArray asked;

    Task<Response> handle(Exchange &exchange) const override
    {
        asked.clear();
        for (const Field &field : exchange.request().headers().fields())
            asked += test::toBytes(field.name) + '=' + test::toBytes(field.value) + ' ';
        co_await test::NextTick();
        const int status = std::stoi(std::string(exchange.request().path().substr(1)));
        Response response = Response::text(exchange.arena(), status, "says the service");
        response.headers().add("X-User", "ada");
        response.headers().add("WWW-Authenticate", "Custom");
        co_return response;
    }
};

middleware::Services withDecider()
{
    middleware::Services services;
    services.handlerOf = [](const std::string &name) -> std::unique_ptr<const Handler> {
        return name == "decider" ? std::make_unique<Decider>() : nullptr;
    };
    return services;
}

std::string token(const std::string &claims)
{
    return Signer("HS256").token(claims);
}

std::string anyOf(const std::string &more = {})
{
    return "of:\n  - {use: jwt, secret: " + std::string(Signer::secret)
        + "}\n  - {use: api_key, keys: {k: {key: sekret, scopes: [read]}}}\n" + more;
}

} // namespace

class TestAuthentications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void apiKeysAreLookedUp_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QString>("result");
        QTest::newRow("header") << QByteArray("X-API-Key: sekret") << "200 ";
        QTest::newRow("scheme") << QByteArray("Authorization: apikey  sekret") << "200 ";
        QTest::newRow("unknown") << QByteArray("X-API-Key: sekre") << "401 invalid API key";
        QTest::newRow("disabled") << QByteArray("X-API-Key: k-off") << "401 API key is disabled";
        QTest::newRow("expired") << QByteArray("X-API-Key: k-old") << "401 API key has expired";
        QTest::newRow("none") << QByteArray("X: y") << "401 no API key was sent";
        QTest::newRow("two") << QByteArray("X-API-Key: sekret\r\nX-API-Key: k-off")
                             << "401 invalid API key";
        QTest::newRow("huge") << "X-API-Key: " + QByteArray(5000, 'a') << "401 invalid API key";
    }
    // S002-93, S002-I42, S002-I40: 401, not 400
    void apiKeysAreLookedUp()
    {
        QFETCH(QByteArray, fields);
        QFETCH(QString, result);
        ChainRunner runner(test::make("api_key", keys));
        const Answer answer = runner.send(start + "\r\n" + fields);
        QCOMPARE(detailOf(answer), result);
        QCOMPARE(answer.value("WWW-Authenticate"), answer.status == 401 ? "ApiKey" : "(none)");
        QCOMPARE(runner.handled(), answer.status == 200 ? 1 : 0);
    }

    // S002-91, S002-94
    void theUpstreamHearsWhoseKeyItIs()
    {
        ChainRunner runner(test::make("api_key", std::string(keys) + "headers: {X-Plan: plan}\n"));
        QCOMPARE(
            runner.send(start + "\r\nX-API-Key: sekret\r\nX-Auth-Subject: eve\r\nX-Plan: x").status,
            200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "blue");
        QCOMPARE(sent(runner, "X-Auth-Scopes"), "read");
        QCOMPARE(sent(runner, "X-Auth-Provider"), "api_key");
        QCOMPARE(sent(runner, "X-Plan"), "gold");
        QCOMPARE(sent(runner, "X-API-Key"), "(none)");
        QCOMPARE(runner.exchange().identity()->type, std::string_view("service"));
    }

    void keysInTheQueryAndInCookies()
    {
        ChainRunner runner(
            test::make("api_key", std::string(keys) + "query: api_key\ncookie: key\n"));
        QCOMPARE(runner.send("GET /?api_key=sek%72et&a=b HTTP/1.1\r\nHost: a").status, 200);
        QCOMPARE(runner.exchange().request().query(), std::string_view("a=b"));
        QCOMPARE(runner.send(start + "\r\nCookie: key=sekret").status, 200);
        QCOMPARE(sent(runner, "Cookie"), "(none)");
        ChainRunner open(test::make("api_key", std::string(keys) + "forward: true\n"));
        QCOMPARE(open.send(start + "\r\nX-API-Key: sekret").status, 200);
        QCOMPARE(sent(open, "X-API-Key"), "sekret");
    }

    // S003-29
    void aKeyWithoutTheScopeIsForbidden()
    {
        ChainRunner runner(test::make("api_key", std::string(keys) + "scopes: [write]\n"));
        QCOMPARE(detailOf(runner.send(start + "\r\nX-API-Key: sekret")),
                 "403 the scope write is missing");
        ChainRunner preset(test::make(
            "api_key", std::string(keys) + "scopes: [write]\ndefault_scopes: [write]\n"));
        QCOMPARE(preset.send(start + "\r\nX-API-Key: k-bare").status, 200);
        QCOMPARE(preset.send(start + "\r\nX-API-Key: sekret").status, 403);
    }

    void passwordsAreChecked()
    {
        const std::string hash = auth::PasswordHash::make("correct horse");
        ChainRunner runner(test::make("basic",
                                      "users:\n  ada: {password_hash: '" + hash
                                          + "', roles: [admin]}\n  bob: {password: plain}\n"
                                            "realm: The Shop\n"));
        for (int i = 0; i < 2; ++i) // the second one from the cache
            QCOMPARE(runner.send(basic("ada:correct horse")).status, 200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "ada");
        QCOMPARE(sent(runner, "Authorization"), "(none)");
        QCOMPARE(runner.send(basic("bob:plain")).status, 200);
        for (const char *login : {"ada:wrong", "ada:", "bob:wrong", "eve:correct horse", "ada",
                                  "bob:correct horse", ":"}) {
            const Answer answer = runner.send(basic(login));
            QCOMPARE(detailOf(answer), "401 wrong user name or password");
            QCOMPARE(answer.value("WWW-Authenticate"),
                     "Basic realm=\"The Shop\", charset=\"UTF-8\"");
        }
        QCOMPARE(detailOf(runner.send(start)), "401 no user name and password were sent");
        QCOMPARE(runner.send(start + "\r\nAuthorization: Basic !!!").status, 401);
        for (const char *login : {"bob:wrong", "eve:wrong"}) { // as long as ada's: no name shows
            (void)runner.prepare(basic(login));
            Task<Response> slow = runner.start();
            slow.start();
            QVERIFY2(!slow.isDone(), login);
        }
        (void)runner.prepare(basic("ada:other"));
        Task<Response> cancelled = runner.start();
        cancelled.start();
        QVERIFY(!cancelled.isDone()); // and goes while the password is being checked
    }

    void certificatesNameTheirOwner()
    {
        ChainRunner runner(test::make(
            "mtls", "identities: {orders.internal: {subject: orders, scopes: [read]}}\n"));
        QCOMPARE(detailOf(runner.send()), "401 no client certificate was sent");
        const auto send = [&runner](std::string_view subject, std::string_view names) {
            Exchange &exchange = runner.prepare();
            Exchange::Peer peer;
            peer.certificateSubject = subject;
            peer.certificateNames = names;
            exchange.setPeer(peer);
            return runner.send().status;
        };
        QCOMPARE(send("CN=x", "a.internal, orders.internal"), 200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "orders");
        QCOMPARE(send("CN=x", "other.internal"), 401);
        ChainRunner any(test::make("mtls"));
        QCOMPARE(any.send().status, 401);
        QCOMPARE(any.send().value("WWW-Authenticate"), "ClientCertificate");
    }

    // S002-36, S002-I40: each alone passes; none is asked for every kind
    void anyOfTriesAll()
    {
        ChainRunner runner(test::make("any_of", anyOf()));
        const QByteArray good = QByteArray::fromStdString(token("{\"sub\":\"ada\"}"));
        QCOMPARE(runner.send(start + "\r\nAuthorization: Bearer " + good).status, 200);
        QCOMPARE(sent(runner, "X-Auth-Provider"), "jwt");
        QCOMPARE(runner.send(start + "\r\nX-API-Key: sekret").status, 200);
        QCOMPARE(sent(runner, "X-Auth-Provider"), "api_key");
        QCOMPARE(runner.send(start + "\r\nX-API-Key: sekret\r\nAuthorization: Bearer bad").status,
                 200);
        const Answer none = runner.send(start);
        QCOMPARE(none.status, 401);
        QCOMPARE(none.value("WWW-Authenticate"), "Bearer realm=\"gatehouse\"|ApiKey");
        const Answer bad = runner.send(start + "\r\nX-API-Key: bad");
        QCOMPARE(detailOf(bad), "401 invalid API key");
        QCOMPARE(bad.value("WWW-Authenticate"), "Bearer realm=\"gatehouse\"|ApiKey");
        // The other credential does not leak to the upstream.
        QCOMPARE(
            runner.send(start + "\r\nX-API-Key: sekret\r\nAuthorization: Bearer " + good).status,
            200);
        QCOMPARE(sent(runner, "X-API-Key"), "(none)");
        ChainRunner optional(test::make("any_of", anyOf("optional: true\n")));
        QCOMPARE(optional.send(start).status, 200);
        QCOMPARE(optional.send(start + "\r\nX-API-Key: bad").status, 401);
    }

    void aSecondNameTakesThePlaceOfTheFirst()
    {
        std::vector<Chain::Link> links;
        links.push_back(test::link("key", test::make("api_key", keys)));
        links.push_back(
            test::link("jwt", test::make("jwt", "secret: " + std::string(Signer::secret) + '\n')));
        ChainRunner runner(std::move(links));
        const auto send = [&runner](const std::string &claims) {
            const QByteArray bearer = QByteArray::fromStdString(token(claims));
            return runner.send(start + "\r\nX-API-Key: sekret\r\nAuthorization: Bearer " + bearer);
        };
        QCOMPARE(send("{\"sub\":\"ada\"}").status, 200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "ada");
        QCOMPARE(send("{\"sub\":\"a\\nb\"}").status, 200); // which cannot stand in a field
        QCOMPARE(sent(runner, "X-Auth-Subject"), "(none)");
    }

    void allOfMerges()
    {
        ChainRunner runner(test::make("all_of", anyOf()));
        const QByteArray good =
            QByteArray::fromStdString(token("{\"sub\":\"ada\",\"scope\":\"write\"}"));
        QCOMPARE(runner.send(start + "\r\nAuthorization: Bearer " + good).status, 401);
        QCOMPARE(runner.send(start + "\r\nX-API-Key: sekret").status, 401);
        QCOMPARE(
            runner.send(start + "\r\nX-API-Key: sekret\r\nAuthorization: Bearer " + good).status,
            200);
        QCOMPARE(sent(runner, "X-Auth-Subject"), "ada");
        QCOMPARE(sent(runner, "X-Auth-Scopes"), "write read");
        QCOMPARE(sent(runner, "X-Auth-Provider"), "jwt+api_key");
    }

    void compositesRefuseWrongParts_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << QByteArray("of: []") << "of: needs 1 to 16 authentications";
        QTest::newRow("unknown") << QByteArray("of: [{use: oauth9}]") << "of[0].use: ";
        QTest::newRow("no kind") << QByteArray("of: [recovery]") << "of[0].use: names no kind";
        QTest::newRow("misspelt") << QByteArray("of: [{use: jwt, sekret: a}]") << "of[0].sekret: ";
        QTest::newRow("optional part")
            << QByteArray("of: [{use: mtls, optional: true}]") << "of[0].optional: ";
        QTest::newRow("no keys") << QByteArray("of: [{use: mtls}, {use: api_key}]")
                                 << "of[1]: needs either keys or keys_file";
        QTest::newRow("other kind's")
            << QByteArray("of: [{use: mtls, secret: a}]") << "of[0].secret: ";
    }
    void compositesRefuseWrongParts()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, text);
        const QString refusal = test::refusal("any_of", yaml.toStdString());
        QVERIFY2(refusal.startsWith(text), qPrintable(refusal));
    }

    // S000-35
    void secretsOfPartsAreMasked()
    {
        const middleware::Factories factories = middleware::builtinFactories();
        config::Findings findings;
        const config::Node node =
            *config::internal::readYaml("t",
                                        anyOf()
                                            + "  - {use: basic, users: {a: {password: "
                                              "pass-word}}}\n",
                                        findings);
        const config::Node masked = factories.find("any_of")->schema().masked(node);
        const auto &parts = masked.find("of")->items();
        QCOMPARE(parts[0].textOf("secret"), std::string("***"));
        QCOMPARE(parts[1].find("keys")->find("k")->textOf("key"), std::string("***"));
        QCOMPARE(parts[2].find("users")->find("a")->textOf("password"), std::string("***"));
    }

    // S003-29
    void requireNeedsRights()
    {
        const auto chain = [](const std::string &yaml) {
            std::vector<Chain::Link> links;
            links.push_back(
                test::link("key", test::make("api_key", std::string(keys) + "optional: true\n")));
            links.push_back(test::link("require", test::make("require", yaml)));
            return links;
        };
        ChainRunner runner(chain("{scopes: [read], roles: [dev], claims: {plan: gold}}"));
        QCOMPARE(runner.send(start + "\r\nX-API-Key: sekret").status, 200);
        const Answer nobody = runner.send(start);
        QCOMPARE(nobody.status, 401);
        QCOMPARE(nobody.value("WWW-Authenticate"), "ApiKey"); // RFC 9110, section 15.5.2
        ChainRunner alone(test::make("require", "{}"));
        QCOMPARE(alone.send(start).value("WWW-Authenticate"), "Bearer");
        QCOMPARE(detailOf(runner.send(start + "\r\nX-API-Key: k-bare")),
                 "403 the scope read is missing");
        ChainRunner claim(chain("claims: {plan: silver}"));
        QCOMPARE(detailOf(claim.send(start + "\r\nX-API-Key: sekret")),
                 "403 the claim plan has another value");
    }

    // S002-64, S002-80: what stands behind an authentication does not see whom it refuses
    void refusedRequestsCostNothingFurtherIn()
    {
        std::vector<Chain::Link> links;
        links.push_back(test::link("key", test::make("api_key", keys)));
        links.push_back(test::link("limit", test::make("timing")));
        ChainRunner runner(std::move(links));
        QCOMPARE(runner.send(start).status, 401);
        QCOMPARE(runner.handled(), 0);
        QCOMPARE(runner.exchange().trace().stages().size(), std::size_t(1));
    }

    void aServiceDecides_data()
    {
        QTest::addColumn<int>("says");
        QTest::addColumn<QByteArray>("onError");
        QTest::addColumn<int>("status");
        for (const int passed : {401, 403, 302})
            QTest::addRow("%d", passed) << passed << QByteArray("deny") << passed;
        QTest::newRow("200") << 200 << QByteArray("deny") << 200;
        QTest::newRow("204") << 204 << QByteArray("deny") << 200;
        QTest::newRow("500 denies") << 500 << QByteArray("deny") << 503;
        QTest::newRow("404 denies") << 404 << QByteArray("deny") << 503;
        QTest::newRow("500 allows") << 500 << QByteArray("allow") << 200;
    }
    void aServiceDecides()
    {
        QFETCH(int, says);
        QFETCH(QByteArray, onError);
        QFETCH(int, status);
        const middleware::Services services = withDecider();
        middleware::BuildContext context;
        context.services = &services;
        ChainRunner runner(test::make("forward_auth",
                                      "{service: decider, path: /" + std::to_string(says)
                                          + ", subject_header: X-User, response_headers: [X-User], "
                                            "on_error: "
                                          + onError.toStdString() + '}',
                                      context));
        const Answer answer = runner.send("POST /a?b=c HTTP/1.1\r\nHost: a\r\nCookie: s=1\r\n"
                                          "X-User: eve\r\nX-Other: o");
        QCOMPARE(answer.status, status);
        QCOMPARE(runner.handled(), status == 200 ? 1 : 0);
        QVERIFY(Decider::asked.contains("X-Forwarded-Method=POST "));
        QVERIFY(Decider::asked.contains("X-Forwarded-Uri=/a?b=c "));
        QVERIFY(Decider::asked.contains("Cookie=s=1 "));
        QVERIFY(!Decider::asked.contains("X-Other"));
        if (status == says && says != 200) {
            QCOMPARE(answer.body, "says the service");
            QCOMPARE(answer.value("WWW-Authenticate"), "Custom");
        }
        if (status == 200 && says < 300) {
            QCOMPARE(sent(runner, "X-User"), "ada");
            QCOMPARE(sent(runner, "X-Auth-Subject"), "ada");
        } else if (status == 200) {
            QCOMPARE(sent(runner, "X-User"), "(none)");
        }
    }

    void theServiceIsAskedForWhatIsServed()
    {
        const middleware::Services services = withDecider();
        middleware::BuildContext context;
        context.services = &services;
        ChainRunner runner(test::make("forward_auth", "{service: decider, path: /200}", context));
        (void)runner.send("GET /public/../admin?x=/../y HTTP/1.1\r\nHost: a");
        QVERIFY(Decider::asked.contains("X-Forwarded-Uri=/admin?x=/../y "));
        (void)runner.send("GET http://b/public/%2e%2E/admin HTTP/1.1\r\nHost: a");
        QVERIFY(Decider::asked.contains("X-Forwarded-Uri=/admin "));
    }

    void aDecisionMayBeCancelled()
    {
        const middleware::Services services = withDecider();
        middleware::BuildContext context;
        context.services = &services;
        ChainRunner runner(test::make("forward_auth", "{service: decider, path: /200}", context));
        Task<Response> root = runner.start();
        root.start();
        QVERIFY(!root.isDone());
    }

    void anUnknownServiceIsRefused()
    {
        QVERIFY(test::refusal("forward_auth", "service: nobody").startsWith("service: is no"));
        const middleware::Services services = withDecider();
        middleware::BuildContext context;
        context.services = &services;
        QVERIFY(test::refusal("forward_auth", "{service: decider, path: x}", context)
                    .startsWith("path: is no path"));
    }
};

QTEST_GUILESS_MAIN(TestAuthentications)
#include "tst_authentications.moc"
