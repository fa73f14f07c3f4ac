// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/requestkey.h"

#include "tests/middleware/builtin.h"

using namespace gatehouse;
using namespace gatehouse::test;
using middleware::RequestKey;

class TestRequestKey : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreCountedByWhatIsNamed_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *key, const char *expected) {
            QTest::newRow(key) << QString(key) << QString(expected);
        };
        row("client_ip", "192.0.2.7");
        row("route", "orders");
        row("host", "a.example");
        row("method", "GET");
        row("subject", "ada");
        row("api_key", "ada");
        row("header:X-Team", "red");
        row("header:x-none", "anonymous");
        row("cookie:sid", "sha256:88d4266fd4e6338d13b845fcf289579d");
        row("query:page", "2");
        row("query:none", "anonymous");
        row("claim:tenant", "acme");
        row("claim:none", "anonymous");
        row("param:id", "42");
        row("{client_ip}/{param:id}", "192.0.2.7/42");
        row("{header:X-Team}", "red");
        row("team {header:X-None}!", "team anonymous!");
        row("header:Authorization", "sha256:c0a9cd0b6aa5d9d3a3d1c4ba2cbee0b2");
        row("header:X-Auth-Token", "sha256:");
        row("header:X-Session-Id", "sha256:");
        row("query:api_key", "sha256:");
    }
    void requestsAreCountedByWhatIsNamed()
    {
        QFETCH(const QString, key);
        QFETCH(const QString, expected);
        const Result<RequestKey> parsed = RequestKey::parse(key.toStdString());
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().text()));
        Exchange &exchange = prepare();
        const QString counted = toString(parsed->of(exchange));
        if (!expected.startsWith("sha256:")) {
            QCOMPARE(counted, expected);
            return;
        }
        QVERIFY2(counted.startsWith("sha256:") && counted.size() == 7 + 32, qPrintable(counted));
        QVERIFY(!counted.contains("abcd"));
    }

    void longValuesStandAsTheirDigest()
    {
        const QByteArray team(500, 'x');
        Exchange &exchange = m_runner.prepare("GET / HTTP/1.1\r\nHost: a\r\nX-Team: " + team);
        const QString counted = toString(RequestKey::parse("header:X-Team")->of(exchange));
        QVERIFY(counted.startsWith("sha256:"));
        QCOMPARE(counted.size(), qsizetype(39));
    }

    void whatIsNothingToCountByIsRefused_data()
    {
        QTest::addColumn<QString>("key");
        for (const char *key : {"", "ip", "header", "header:", "client_ip:x", "{client_ip", "{}",
                                "{client_ip}/{nope}"})
            QTest::newRow(*key ? key : "empty") << QString(key);
    }
    void whatIsNothingToCountByIsRefused()
    {
        QFETCH(const QString, key);
        QVERIFY(!RequestKey::parse(key.toStdString()));
    }

private:
    static QString toString(std::string_view text)
    {
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
    Exchange &prepare()
    {
        Exchange &exchange = m_runner.prepare(
            "GET /orders/42?page=2&page=3&api_key=abcd HTTP/1.1\r\nHost: a.example\r\n"
            "X-Team: red\r\nX-Auth-Token: abcd\r\nX-Session-Id: abcd\r\nCookie: a=b; sid=abcd; "
            "c=d\r\n"
            "Authorization: Bearer abcd");
        static const Claim claims[] = {{"tenant", "acme"}};
        static const PathParam params[] = {{"id", "42"}};
        exchange.setRoute("orders", 0);
        exchange.setPathParams(params);
        exchange.setIdentity(
            exchange.arena().make<Identity>(Identity{"api_key", "ada", {}, {}, {}, claims}));
        return exchange;
    }

    ChainRunner m_runner;
};

QTEST_GUILESS_MAIN(TestRequestKey)
#include "tst_requestkey.moc"
