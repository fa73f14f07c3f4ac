// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/corspolicy.h"
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using middleware::CorsPolicy;
using test::Answer;
using test::ChainRunner;

namespace {

const std::string listed =
    "{origins: [https://app.test, \"https://port.test:443\", \"https://*.example.com\"], "
    "credentials: true, max_age: 1h}";

QByteArray from(const QByteArray &origin)
{
    const QByteArray head = "GET / HTTP/1.1\r\nHost: a.example";
    return origin.isEmpty() ? head : head + "\r\nOrigin: " + origin;
}

CorsPolicy policyOf(const std::string &yaml)
{
    config::Findings findings;
    const config::Schema schema = CorsPolicy::schema();
    const config::Node settings =
        schema.withDefaults(*config::internal::readYaml("test.yaml", yaml, findings));
    Result<CorsPolicy> policy = CorsPolicy::fromSettings(settings);
    if (!policy)
        qFatal("%s", qPrintable(policy.error().text()));
    return *policy;
}

/// The answer to a preflight with the field lines \a fields.
Answer preflight(const std::string &yaml, const QByteArray &fields)
{
    const CorsPolicy policy = policyOf(yaml);
    ChainRunner runner;
    Exchange &exchange = runner.prepare("OPTIONS / HTTP/1.1\r\nHost: a.example\r\n" + fields);
    return Answer(policy.preflight(exchange));
}

} // namespace

class TestCors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S001-I12, S003-I06, S003-30: the cases of get-cors-origin.spec.ts, and those that fool others
    void originsAreMatched_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<QByteArray>("allowed");
        const auto row = [](const QByteArray &origin, bool isAllowed) {
            QTest::newRow(origin.isEmpty() ? "none" : origin.constData())
                << origin << (isAllowed ? origin : QByteArray("(none)"));
        };
        row("https://app.test", true);
        row("HTTPS://APP.TEST", true);
        row("http://app.test", false);
        row("https://app.test:444", false);
        row("https://a.example.com", true);
        row("https://A.Example.COM", true);
        row("https://a.b.example.com", true);
        row("https://example.com", false);
        row("https://.example.com", false);
        row("https://evilexample.com", false);
        row("https://example.com.evil.org", false);
        row("https://a.example.com.evil.org", false);
        row("https://evil.org/.example.com", false);
        row("https://evil.org?.example.com", false);
        row("https://evil.org#.example.com", false);
        row("https://user@.example.com", false);
        row("http://a.example.com", false);
        row("https://a.example.com:8443", false);
        row("https://port.test", true);
        row("https://port.test:443", false); // no browser says so
        row("null", false);
        row("", false);
    }
    void originsAreMatched()
    {
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, allowed);
        ChainRunner runner(test::make("cors", listed));
        const Answer answer = runner.send(from(origin));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), allowed);
        const bool isAllowed = allowed != "(none)";
        QCOMPARE(answer.value("Access-Control-Allow-Credentials"), isAllowed ? "true" : "(none)");
        QCOMPARE(answer.value("Access-Control-Expose-Headers") != "(none)", isAllowed);
        QCOMPARE(answer.value("Vary"), "Origin"); // a cache must not mix them up
    }

    // S001-21, S002-I44
    void aStarIsTheSameForAll_data()
    {
        QTest::addColumn<QByteArray>("origin");
        QTest::newRow("an origin") << QByteArray("https://anywhere.test");
        QTest::newRow("none") << QByteArray();
    }
    void aStarIsTheSameForAll()
    {
        QFETCH(QByteArray, origin);
        ChainRunner runner(test::make("cors"));
        const Answer answer = runner.send(from(origin));
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "*");
        QCOMPARE(answer.value("Access-Control-Allow-Credentials"), "(none)");
        QCOMPARE(answer.value("Vary"), "(none)");
        QCOMPARE(answer.value("Access-Control-Expose-Headers"),
                 "X-Processing-Time, RateLimit, RateLimit-Policy, X-RateLimit-Limit, "
                 "X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After, X-Request-Id");
    }

    // S001-13, S001-I11
    void aPreflightIsToldWhatIsAllowed()
    {
        const Answer answer = preflight(
            listed, "Origin: https://a.example.com\r\nAccess-Control-Request-Method: PUT");
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.body, "");
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "https://a.example.com");
        QCOMPARE(answer.value("Access-Control-Allow-Credentials"), "true");
        QCOMPARE(answer.value("Access-Control-Allow-Methods"),
                 "GET, POST, OPTIONS, PUT, PATCH, DELETE");
        QCOMPARE(answer.value("Access-Control-Allow-Headers"),
                 "Content-Type, X-Project-Token, Authorization, apollographql-client-name, "
                 "apollographql-client-version");
        QCOMPARE(answer.value("Access-Control-Max-Age"), "3600");
        QCOMPARE(answer.value("Vary"),
                 "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    void aPreflightOfAStrangerIsToldNothing()
    {
        const Answer answer = preflight(
            listed, "Origin: https://example.com.evil.org\r\nAccess-Control-Request-Method: PUT");
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "(none)");
        QCOMPARE(answer.value("Access-Control-Allow-Methods"), "(none)");
        QCOMPARE(answer.value("Access-Control-Max-Age"), "(none)");
        QCOMPARE(answer.value("Vary"),
                 "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    }

    void starsEchoWhatIsAskedFor()
    {
        const std::string all = "{methods: [\"*\"], headers: [\"*\"]}";
        const Answer answer = preflight(all,
                                        "Origin: https://x.test\r\nAccess-Control-Request-Method: "
                                        "PURGE\r\nAccess-Control-Request-Headers: x-a, x-b");
        QCOMPARE(answer.value("Access-Control-Allow-Methods"), "PURGE");
        QCOMPARE(answer.value("Access-Control-Allow-Headers"), "x-a, x-b");
        const Answer strange = preflight(all,
                                         "Origin: https://x.test\r\nAccess-Control-Request-Method: "
                                         "a b\r\nAccess-Control-Request-Headers: x a, <b>");
        QCOMPARE(strange.value("Access-Control-Allow-Methods"), "*");
        QCOMPARE(strange.value("Access-Control-Allow-Headers"), "*");
    }

    void privateNetworksOpenOnRequest()
    {
        const QByteArray asked = "Origin: https://x.test\r\nAccess-Control-Request-Method: GET\r\n"
                                 "Access-Control-Request-Private-Network: true";
        QCOMPARE(preflight("{}", asked).value("Access-Control-Allow-Private-Network"), "(none)");
        QCOMPARE(preflight("{private_network: true}", asked)
                     .value("Access-Control-Allow-Private-Network"),
                 "true");
    }

    void theUpstreamsFieldsAreReplaced()
    {
        ChainRunner runner(test::make("cors", listed));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("access-control-allow-origin", "*");
            response.headers().add("Access-Control-Allow-Credentials", "true");
            response.headers().add("Vary", "Accept-Encoding, origin");
        });
        const Answer answer = runner.send(from("https://a.example.com"));
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "https://a.example.com");
        QCOMPARE(answer.value("Vary"), "Accept-Encoding, origin");
        const Answer denied = runner.send(from("https://evil.test"));
        QCOMPARE(denied.value("Access-Control-Allow-Origin"), "(none)");
        QCOMPARE(denied.value("Access-Control-Allow-Credentials"), "(none)");
    }

    void twoOriginsAreNone()
    {
        ChainRunner runner(test::make("cors", listed));
        const Answer answer =
            runner.send(from("https://a.example.com") + "\r\nOrigin: https://app.test");
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "(none)");
    }

    // S003-30, S003-31
    void theRoutesPolicyStandsOverTheGlobalOne()
    {
        middleware::BuildContext route;
        route.routeId = "r";
        std::vector<Chain::Link> links;
        links.push_back(
            test::link("global", test::make("cors", "{origins: [https://global.test]}")));
        links.push_back(
            test::link("route", test::make("cors", "{origins: [https://route.test]}", route)));
        ChainRunner runner(std::move(links));
        QCOMPARE(runner.send(from("https://route.test")).value("Access-Control-Allow-Origin"),
                 "https://route.test");
        QCOMPARE(runner.send(from("https://global.test")).value("Access-Control-Allow-Origin"),
                 "(none)");
    }

    void headerRulesInsideDoNotHideTheOrigin()
    {
        std::vector<Chain::Link> links;
        links.push_back(test::link("cors", test::make("cors", listed)));
        links.push_back(
            test::link("headers", test::make("headers", "request: {remove: [Origin]}")));
        ChainRunner runner(std::move(links));
        const Answer answer = runner.send(from("https://a.example.com"));
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "https://a.example.com");
        QCOMPARE(test::sent(runner, "Origin"), "(none)");
    }

    void theTraceSaysWhy()
    {
        ChainRunner runner(test::make("cors", listed));
        (void)runner.send(from("https://evil.test"));
        std::string why;
        runner.exchange().trace().stages().front().describe(why);
        QCOMPARE(QByteArray::fromStdString(why),
                 "origin=https://evil.test decision=no-fields why=in-no-entry-of-origins "
                 "credentials=true");
    }

    // S002-I44, S003-30
    void whatWouldBeUnsafeIsRefused_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("where");
        QTest::newRow("star") << "{origins: [\"*\"], credentials: true}" << "origins: ";
        QTest::newRow("default star") << "{credentials: true}" << "origins: ";
        QTest::newRow("null") << "{origins: [\"null\"], credentials: true}" << "origins: ";
        QTest::newRow("path") << "{origins: [https://a.test/]}" << "origins: ";
        QTest::newRow("no scheme") << "{origins: [\"*.example.com\"]}" << "origins: ";
        QTest::newRow("star inside") << "{origins: [\"https://a*.example.com\"]}" << "origins: ";
        QTest::newRow("two stars") << "{origins: [\"https://*.*.com\"]}" << "origins: ";
        QTest::newRow("port") << "{origins: [\"https://a.test:x\"]}" << "origins: ";
        QTest::newRow("none") << "{origins: []}" << "origins: ";
        QTest::newRow("method") << "{methods: [\"GET, POST\"]}" << "methods: ";
        QTest::newRow("header") << "{headers: [\"a b\"]}" << "headers: ";
        QTest::newRow("expose") << "{origins: [https://a.test], credentials: true, "
                                   "expose_headers: [\"*\"]}"
                                << "expose_headers: ";
    }
    void whatWouldBeUnsafeIsRefused()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, where);
        const QString refusal = test::refusal("cors", yaml.toStdString());
        QVERIFY2(refusal.startsWith(where), qPrintable(refusal));
    }

    void addressesAreOriginsToo()
    {
        ChainRunner runner(test::make(
            "cors", "{origins: [\"http://[::1]:3000\", \"http://127.0.0.1:3000\", \"null\"]}"));
        for (const QByteArray origin : {"http://[::1]:3000", "http://127.0.0.1:3000", "null"})
            QCOMPARE(runner.send(from(origin)).value("Access-Control-Allow-Origin"), origin);
    }
};

QTEST_GUILESS_MAIN(TestCors)
#include "tst_cors.moc"
