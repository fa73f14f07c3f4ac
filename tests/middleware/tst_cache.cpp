// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/memorystore.h"
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

/// What the upstream says next, and what it was asked last.
struct Upstream
{
    int status = 200;
    QList<std::pair<std::string, std::string>> fields;
    std::string body = "ok";
    QByteArray condition; ///< of the last request

    static Upstream &the()
    {
        static Upstream upstream;
        return upstream;
    }
    static void answer(Exchange &exchange, Response &response)
    {
        const Upstream &self = the();
        the().condition = toBytes(exchange.request().headers().value("If-None-Match"));
        Response next = self.status == 304 || self.status == 204
            ? Response(exchange.arena(), self.status)
            : Response::text(exchange.arena(), self.status, self.body);
        for (const auto &[name, value] : self.fields)
            next.headers().add(exchange.arena().copy(name), exchange.arena().copy(value));
        response = std::move(next);
    }
};

const QByteArray get = "GET /a HTTP/1.1\r\nHost: a";

} // namespace

/// RFC 9111, one row of the standard each.
class TestCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        Upstream::the() = {};
        m_services = {};
        m_services.store = std::make_shared<state::MemoryStore>();
        m_services.background = std::make_shared<BackgroundJobs>();
        makeRunner("{}");
    }
    void cleanup() { m_runner.reset(); }

    void whatMayBeStored_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<QString>("request");
        QTest::addColumn<bool>("isStored");
        const auto row = [](const char *name, const char *fields, bool isStored,
                            const char *request = "") {
            QTest::newRow(name) << QString(fields) << QString(request) << isStored;
        };
        row("max-age", "Cache-Control: max-age=60", true);
        row("s-maxage over max-age", "Cache-Control: max-age=0, s-maxage=60", true);
        row("s-maxage 0", "Cache-Control: max-age=60, s-maxage=0", false);
        row("Expires", "Expires: Fri, 01 Jan 2100 00:00:00 GMT", true);
        row("Expires in the past", "Expires: Fri, 01 Jan 2010 00:00:00 GMT", false);
        row("Expires that is no date", "Expires: 0", false);
        row("max-age over Expires",
            "Cache-Control: max-age=60\nExpires: Fri, 01 Jan 2010 00:00:00 GMT", true);
        row("nothing", "", false);
        row("no-store", "Cache-Control: max-age=60, no-store", false);
        row("private", "Cache-Control: private, max-age=60", false);
        row("private with names", "Cache-Control: private=\"x, y\", max-age=60", false);
        row("two fields", "Cache-Control: max-age=60\nCache-Control: no-store", false);
        row("capitals", "cache-control: MAX-AGE=60", true);
        row("max-age that is no number", "Cache-Control: max-age=x", false);
        row("quoted max-age", "Cache-Control: max-age=\"60\"", true);
        row("very large max-age", "Cache-Control: max-age=99999999999999", true);
        row("two max-ages", "Cache-Control: max-age=60, max-age=0", false);
        row("a comma in quotes", "Cache-Control: x=\"a, no-store\", max-age=60", true);
        row("already old", "Cache-Control: max-age=60\nAge: 60", false);
        row("a young one", "Cache-Control: max-age=60\nAge: 30", true);
        row("Vary *", "Cache-Control: max-age=60\nVary: *", false);
        row("Set-Cookie", "Cache-Control: max-age=60\nSet-Cookie: a=b", false);
        row("request no-store", "Cache-Control: max-age=60", false, "Cache-Control: no-store");
        row("credentials", "Cache-Control: max-age=60", false, "Authorization: Basic eDp5");
        row("credentials, public", "Cache-Control: public, max-age=60", true,
            "Authorization: Basic eDp5");
        row("credentials, s-maxage", "Cache-Control: s-maxage=60", true,
            "Authorization: Basic eDp5");
    }
    void whatMayBeStored()
    {
        QFETCH(const QString, fields);
        QFETCH(const QString, request);
        QFETCH(const bool, isStored);
        say(200, fields);
        const QByteArray head = request.isEmpty() ? get : get + "\r\n" + request.toUtf8();
        QCOMPARE(send(head).value("X-Cache"), "MISS");
        const QByteArray second = request.startsWith("Cache") ? get : head;
        QCOMPARE(send(second).value("X-Cache"), QByteArray(isStored ? "HIT" : "MISS"));
        QCOMPARE(m_runner->handled(), isStored ? 1 : 2);
    }

    void statusesThatMayBeStored_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isStored");
        for (const int status : {200, 203, 204, 301, 308, 404, 410})
            QTest::newRow(std::to_string(status).c_str()) << status << true;
        for (const int status : {206, 500, 502, 429})
            QTest::newRow(std::to_string(status).c_str()) << status << false;
    }
    void statusesThatMayBeStored()
    {
        QFETCH(const int, status);
        QFETCH(const bool, isStored);
        say(status, "Cache-Control: max-age=60");
        QCOMPARE(send(get).status, status);
        const Answer second = send(get);
        QCOMPARE(second.status, status);
        QCOMPARE(second.value("X-Cache"), QByteArray(isStored ? "HIT" : "MISS"));
    }

    void aHitIsTheSameAnswerWithItsAge()
    {
        say(200, "Cache-Control: max-age=60\nX-Own: a\nX-Own: b\nAge: 7\nETag: \"v\"");
        Upstream::the().body = std::string("by\0tes", 6);
        const Answer first = send(get);
        const Answer second = send(get);
        QCOMPARE(second.body, first.body);
        QCOMPARE(second.value("X-Own"), "a|b");
        QVERIFY(second.value("Age").toInt() >= 7 && second.value("Age").toInt() < 20);
        QVERIFY(second.value("Cache-Status").startsWith("gatehouse; hit; ttl="));
        QCOMPARE(first.value("Cache-Status"), "gatehouse; fwd=uri-miss; stored");
    }

    void whatTheRequestWants_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<bool>("isServed");
        QTest::newRow("nothing") << QByteArray("X: y") << true;
        QTest::newRow("no-cache") << QByteArray("Cache-Control: no-cache") << false;
        QTest::newRow("Pragma") << QByteArray("Pragma: no-cache") << false;
        QTest::newRow("Pragma with Cache-Control")
            << QByteArray("Pragma: no-cache\r\nCache-Control: max-age=60") << true;
        QTest::newRow("max-age=0") << QByteArray("Cache-Control: max-age=0") << false;
        QTest::newRow("max-age=60") << QByteArray("Cache-Control: max-age=60") << true;
        QTest::newRow("min-fresh=10") << QByteArray("Cache-Control: min-fresh=10") << true;
        QTest::newRow("min-fresh=100") << QByteArray("Cache-Control: min-fresh=100") << false;
        QTest::newRow("only-if-cached") << QByteArray("Cache-Control: only-if-cached") << true;
        QTest::newRow("If-Match") << QByteArray("If-Match: \"v\"") << false;
        QTest::newRow("If-Unmodified-Since")
            << QByteArray("If-Unmodified-Since: Sun, 06 Nov 1994 08:49:37 GMT") << false;
        QTest::newRow("a range") << QByteArray("Range: bytes=0-0") << false;
    }
    void whatTheRequestWants()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const bool, isServed);
        say(200, "Cache-Control: max-age=60\nAge: 5");
        (void)send(get);
        (void)send(get + "\r\n" + field);
        QCOMPARE(m_runner->handled(), isServed ? 1 : 2);
    }

    void onlyIfCachedIsNeverFetched()
    {
        QCOMPARE(send(get + "\r\nCache-Control: only-if-cached").status, 504);
        QCOMPARE(m_runner->handled(), 0);
    }

    void staleOnesAreServedToThoseWhoTakeThem()
    {
        say(200, "Cache-Control: max-age=60\nAge: 100\nETag: \"v\"");
        (void)send(get);
        QCOMPARE(send(get + "\r\nCache-Control: max-stale=50").value("X-Cache"), "STALE");
        QCOMPARE(send(get + "\r\nCache-Control: max-stale").value("X-Cache"), "STALE");
        (void)send(get + "\r\nCache-Control: max-stale=10");
        QCOMPARE(m_runner->handled(), 2);
    }

    void staleOnesAreNotServedAgainstTheWill_data()
    {
        QTest::addColumn<QString>("control");
        for (const char *control : {"max-age=60, must-revalidate", "max-age=60, proxy-revalidate",
                                    "s-maxage=60", "max-age=60, no-cache"})
            QTest::newRow(control) << QString(control);
    }
    void staleOnesAreNotServedAgainstTheWill()
    {
        QFETCH(const QString, control);
        say(200, "Cache-Control: " + control + "\nAge: 100\nETag: \"v\"");
        (void)send(get);
        (void)send(get + "\r\nCache-Control: max-stale");
        QCOMPARE(m_runner->handled(), 2);
    }

    void aStaleAnswerIsValidated()
    {
        say(200, "Cache-Control: max-age=60\nAge: 100\nETag: \"v\"\nX-Old: a");
        const Answer first = send(get);
        say(304, "Cache-Control: max-age=30\nX-New: b");
        const Answer second = send(get);
        QCOMPARE(Upstream::the().condition, "\"v\"");
        QCOMPARE(second.status, 200);
        QCOMPARE(second.body, first.body);
        QCOMPARE(second.value("X-Cache"), "REVALIDATED");
        QCOMPARE(second.value("Cache-Control"), "max-age=30");
        QCOMPARE(second.value("X-Old"), "a");
        QCOMPARE(second.value("X-New"), "b");
        const Answer third = send(get); // it is fresh again
        QCOMPARE(third.value("X-Cache"), "HIT");
        QCOMPARE(third.body, first.body);
        QCOMPARE(third.value("X-New"), "b");
    }

    void anotherAnswerTakesItsPlace()
    {
        say(200, "Cache-Control: max-age=60\nAge: 100\nETag: \"v\"");
        (void)send(get);
        say(200, "Cache-Control: max-age=60\nETag: \"w\"");
        Upstream::the().body = "other";
        QCOMPARE(send(get).body, "other");
        QCOMPARE(send(get).body, "other");
        QCOMPARE(m_runner->handled(), 2);
    }

    void staleIfErrorBridgesAFailure()
    {
        say(200, "Cache-Control: max-age=60, stale-if-error=600\nAge: 100\nETag: \"v\"");
        (void)send(get);
        say(503, "");
        const Answer bridged = send(get);
        QCOMPARE(bridged.status, 200);
        QCOMPARE(bridged.value("X-Cache"), "STALE");
    }

    void clientsThatHaveItGet304_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<int>("status");
        QTest::newRow("same tag") << QByteArray("If-None-Match: \"v\"") << 304;
        QTest::newRow("weak tag") << QByteArray("If-None-Match: W/\"v\"") << 304;
        QTest::newRow("list") << QByteArray("If-None-Match: \"u\", \"v\"") << 304;
        QTest::newRow("any") << QByteArray("If-None-Match: *") << 304;
        QTest::newRow("other tag") << QByteArray("If-None-Match: \"u\"") << 200;
        QTest::newRow("not since")
            << QByteArray("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT") << 304;
        QTest::newRow("since, old form")
            << QByteArray("If-Modified-Since: Sunday, 06-Nov-94 08:49:36 GMT") << 200;
        QTest::newRow("not since, asctime")
            << QByteArray("If-Modified-Since: Sun Nov  6 08:49:38 1994") << 304;
        QTest::newRow("the tag counts") << QByteArray("If-None-Match: \"u\"\r\nIf-Modified-Since: "
                                                      "Sun, 06 Nov 1994 08:49:37 GMT")
                                        << 200;
    }
    void clientsThatHaveItGet304()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const int, status);
        say(200,
            "Cache-Control: max-age=60\nETag: \"v\"\nX-Own: a\n"
            "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT");
        (void)send(get);
        const Answer answer = send(get + "\r\n" + field);
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.body, QByteArray(status == 304 ? "" : "ok"));
        QCOMPARE(answer.value("ETag"), "\"v\"");
        QCOMPARE(answer.value("X-Own"), QByteArray(status == 304 ? "(none)" : "a"));
        QCOMPARE(m_runner->handled(), 1);
    }

    void variantsAreToldApart()
    {
        say(200, "Cache-Control: max-age=60\nVary: Accept-Language, X-B");
        const auto in = [](const char *language) {
            return get + "\r\nAccept-Language: " + language;
        };
        QCOMPARE(send(in("de")).value("X-Cache"), "MISS");
        QCOMPARE(send(in("en")).value("X-Cache"), "MISS");
        QCOMPARE(send(in("de")).value("X-Cache"), "HIT");
        QCOMPARE(send(in("en")).value("X-Cache"), "HIT");
        QCOMPARE(send(get).value("X-Cache"), "MISS");
    }

    void urisAreToldApart()
    {
        say(200, "Cache-Control: max-age=60");
        (void)send("GET /a HTTP/1.1\r\nHost: a");
        for (const char *other : {"GET /b HTTP/1.1\r\nHost: a", "GET /a HTTP/1.1\r\nHost: b",
                                  "GET /a?x HTTP/1.1\r\nHost: a", "GET /a? HTTP/1.1\r\nHost: a"})
            QCOMPARE(send(other).value("X-Cache"), "MISS");
    }

    void fieldsOfTheKeyTellApart()
    {
        makeRunner("{key_headers: [X-Version]}");
        say(200, "Cache-Control: max-age=60");
        (void)send(get + "\r\nX-Version: 1");
        QCOMPARE(send(get + "\r\nX-Version: 2").value("X-Cache"), "MISS");
        QCOMPARE(send(get + "\r\nX-Version: 1").value("X-Cache"), "HIT");
    }

    void headIsServedFromGet()
    {
        say(200, "Cache-Control: max-age=60");
        (void)send(get);
        QCOMPARE(send("HEAD /a HTTP/1.1\r\nHost: a").value("X-Cache"), "HIT");
        QCOMPARE(m_runner->handled(), 1);
    }

    void unsafeMethodsForget_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("forgets");
        for (const char *method : {"POST", "PUT", "DELETE", "PATCH", "FOO"})
            QTest::newRow(method) << QByteArray(method) << 200 << true;
        QTest::newRow("POST that fails") << QByteArray("POST") << 500 << false;
        QTest::newRow("POST that redirects") << QByteArray("POST") << 303 << true;
        QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << 200 << false;
    }
    void unsafeMethodsForget()
    {
        QFETCH(const QByteArray, method);
        QFETCH(const int, status);
        QFETCH(const bool, forgets);
        say(200, "Cache-Control: max-age=60");
        (void)send(get);
        say(status, "");
        (void)send(method + " /a HTTP/1.1\r\nHost: a");
        say(200, "Cache-Control: max-age=60");
        QCOMPARE(send(get).value("X-Cache"), QByteArray(forgets ? "MISS" : "HIT"));
    }

    // S000-32: by type, what the upstream does not say
    void typesHaveTheirTime()
    {
        makeRunner("{ttl: {text/plain: 60s}}");
        say(200, "");
        (void)send(get);
        QCOMPARE(send(get).value("X-Cache"), "HIT");
        makeRunner("{ttl: {application/json: 60s}}");
        (void)send("GET /other HTTP/1.1\r\nHost: a");
        QCOMPARE(send("GET /other HTTP/1.1\r\nHost: a").value("X-Cache"), "MISS");
    }

    void largeAnswersPass()
    {
        makeRunner("{max_body: 10}");
        say(200, "Cache-Control: max-age=60");
        Upstream::the().body = std::string(11, 'x');
        QCOMPARE(send(get).body.size(), 11);
        QCOMPARE(send(get).value("X-Cache"), "MISS");
    }

    void aStrangersBytesAreAMiss()
    {
        say(200, "Cache-Control: max-age=60");
        (void)send(get);
        const std::vector<std::string> keys = *run(m_services.store->keys("cache:", 10));
        for (const std::string &key : keys)
            QVERIFY(run(m_services.store->set(key, "nonsense", std::chrono::seconds(60))));
        QCOMPARE(send(get).value("X-Cache"), "MISS");
    }

private:
    void makeRunner(const std::string &settings)
    {
        middleware::BuildContext context;
        context.name = "middleware.cache";
        context.services = &m_services;
        m_runner = std::make_unique<ChainRunner>(make("cache", settings, context));
        m_runner->onHandled(&Upstream::answer);
    }
    static void say(int status, const QString &fields)
    {
        Upstream::the().status = status;
        Upstream::the().fields.clear();
        for (const QString &line : fields.split('\n', Qt::SkipEmptyParts))
            Upstream::the().fields.append(
                {line.section(": ", 0, 0).toStdString(), line.section(": ", 1).toStdString()});
    }
    Answer send(const QByteArray &head) { return m_runner->send(head); }

    middleware::Services m_services;
    std::unique_ptr<ChainRunner> m_runner;
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
