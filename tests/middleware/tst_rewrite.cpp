// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;
using test::toBytes;

/// S002-27
class TestRewrite : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTargetIsRewritten_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("expected"); // "refused" for 400
        const auto row = [](const char *settings, const char *target, const char *expected) {
            QTest::addRow("%s %s", settings, target)
                << QByteArray(settings) << QByteArray(target) << QByteArray(expected);
        };
        row("path: /x", "/a?b", "/x?b");
        row("path: '/v1/{id}/{path}'", "/a", "/v1/7%2F%3F//a");
        row("path: '/{tail}'", "/a", "refused");
        row("path: '/a/{up}'", "/a", "/");
        row("path: '/t/{request_id}'", "/a", "refused");
        row("strip_prefix: /api", "/api/users", "/users");
        row("strip_prefix: /api", "/api", "/");
        row("strip_prefix: /api", "/apis", "/apis");
        row("strip_prefix: /api/", "/api/users", "/users");
        row("add_prefix: /v2", "/users?x", "/v2/users?x");
        row("add_prefix: /v2/", "/", "/v2/");
        row("{strip_prefix: /api, add_prefix: /v2}", "/api/a", "/v2/a");
        row("query: 'a={method}'", "/x?y", "/x?a=GET");
        row("query: '{nothing}'", "/x?y", "/x");
        row("query: '{request_id}'", "/x?y", "refused");
    }
    void theTargetIsRewritten()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, expected);
        ChainRunner runner(test::make("rewrite", settings.toStdString()));
        Exchange &exchange = runner.prepare("GET " + target + " HTTP/1.1\r\nHost: a");
        const PathParam params[] = {{"id", "7/?"}, {"tail", "../../etc"}, {"up", ".."}};
        exchange.setPathParams(params);
        exchange.setRequestId("a b#c");
        const Answer answer = runner.send();
        if (expected == "refused") {
            QCOMPARE(answer.status, 400);
            QCOMPARE(runner.handled(), 0);
            return;
        }
        QByteArray now = toBytes(exchange.request().path());
        if (exchange.request().hasQuery())
            now += '?' + toBytes(exchange.request().query());
        QCOMPARE(now, expected.replace("7%2F%3F", "7/%3F"));
        QCOMPARE(toBytes(exchange.request().originalTarget()), target);
    }

    void theHostIsRewrittenIfItIsOne()
    {
        ChainRunner runner(test::make("rewrite", "host: '{tenant}.example'"));
        const auto hostFor = [&runner](const char *tenant) {
            const PathParam params[] = {{"tenant", tenant}};
            runner.prepare().setPathParams(params);
            const Answer answer = runner.send();
            return answer.status == 200 ? toBytes(runner.exchange().request().authority())
                                        : QByteArray::number(answer.status);
        };
        QCOMPARE(hostFor("blue"), "blue.example");
        QCOMPARE(hostFor("a/b"), "400");
        QCOMPARE(hostFor("a@b"), "400");
        QCOMPARE(hostFor("a\r\nX: y"), "400");
        QCOMPARE(hostFor("a\r\nb"), "a%0D%0Ab.example"); // still one line
    }

    void badSettingsNameTheirKey()
    {
        QVERIFY(test::refusal("rewrite", "path: x").startsWith("path: "));
        QVERIFY(test::refusal("rewrite", "path: '/a b'").startsWith("path: "));
        QVERIFY(test::refusal("rewrite", "path: '/a?b'").startsWith("path: "));
        QVERIFY(test::refusal("rewrite", "path: '/{a'").startsWith("path: "));
        QVERIFY(test::refusal("rewrite", "add_prefix: v2").startsWith("add_prefix: "));
        QVERIFY(test::refusal("rewrite", "strip_prefix: v2").startsWith("strip_prefix: "));
        QVERIFY(test::refusal("rewrite", "query: 'a b'").startsWith("query: "));
        QVERIFY(test::refusal("rewrite", "host: 'a b'").startsWith("host: "));
        QVERIFY(test::refusal("rewrite", "host: 'u@a'").startsWith("host: "));
    }
};

QTEST_GUILESS_MAIN(TestRewrite)
#include "tst_rewrite.moc"
