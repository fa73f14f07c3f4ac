// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

/// S002-27
class TestHeaderRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestFieldsAreEdited()
    {
        ChainRunner runner(test::make("headers", R"(
request:
  rename: {X-Old: X-New}
  remove: [X-Gone, cookie]
  set: {X-Set: fixed, X-Who: "{client_ip} {method}"}
  add: {X-Add: more}
)"));
        (void)runner.send("GET / HTTP/1.1\r\nHost: a\r\nx-old: 1\r\nX-Old: 2\r\nX-Gone: 3\r\n"
                          "Cookie: c\r\nX-SET: 4\r\nX-Set: 5\r\nX-Add: 6");
        QCOMPARE(test::sent(runner, "X-Old"), "(none)");
        QCOMPARE(test::sent(runner, "X-New"), "1|2");
        QCOMPARE(test::sent(runner, "X-Gone"), "(none)");
        QCOMPARE(test::sent(runner, "Cookie"), "(none)");
        QCOMPARE(test::sent(runner, "X-Set"), "fixed");
        QCOMPARE(test::sent(runner, "X-Who"), "192.0.2.7 GET");
        QCOMPARE(test::sent(runner, "X-Add"), "6|more");
    }

    void responseFieldsAreEdited()
    {
        ChainRunner runner(test::make("headers", R"(
response:
  rename: {Server: X-Server}
  remove: [X-Powered-By]
  set: {Cache-Control: no-store, X-Path: "{path}"}
)"));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("Server", "s");
            response.headers().add("X-Powered-By", "p");
        });
        const Answer answer = runner.send("GET /a/b HTTP/1.1\r\nHost: a");
        QCOMPARE(answer.value("Server"), "(none)");
        QCOMPARE(answer.value("X-Server"), "s");
        QCOMPARE(answer.value("X-Powered-By"), "(none)");
        QCOMPARE(answer.value("Cache-Control"), "no-store");
        QCOMPARE(answer.value("X-Path"), "/a/b");
    }

    void aParameterCannotBreakOutOfItsLine()
    {
        ChainRunner runner(test::make("headers", "response: {set: {X-Name: 'hello {name}'}}"));
        const PathParam params[] = {{"name", "a\r\nSet-Cookie: b=c\r\n\r\n<html>\0"}};
        runner.exchange().setPathParams(params);
        const Answer answer = runner.send();
        const QByteArray value = answer.value("X-Name");
        QVERIFY(value.startsWith("hello a%0D%0ASet-Cookie"));
        QVERIFY(!value.contains('\r') && !value.contains('\n'));
        QCOMPARE(answer.value("Set-Cookie"), "(none)");
    }

    void whatBelongsToTheGatewayIsRefused_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"Content-Length", "transfer-encoding", "Connection", "Upgrade",
                                 "TE", "Host", "a b", "a:", "'a\\r\\nb'"})
            QTest::newRow(name) << QByteArray(name);
    }
    void whatBelongsToTheGatewayIsRefused()
    {
        QFETCH(QByteArray, name);
        const std::string key =
            name.startsWith('\'') ? "\"a\\r\\nb\"" : '"' + name.toStdString() + '"';
        const auto starts = [](const QString &text, const char *prefix) {
            return text.startsWith(QLatin1StringView(prefix));
        };
        QVERIFY(
            starts(test::refusal("headers", "request: {set: {" + key + ": x}}"), "request.set."));
        QVERIFY(
            starts(test::refusal("headers", "response: {add: {" + key + ": x}}"), "response.add."));
        QVERIFY(starts(test::refusal("headers", "request: {remove: [" + key + "]}"),
                       "request.remove."));
        QVERIFY(starts(test::refusal("headers", "request: {rename: {" + key + ": X}}"),
                       "request.rename."));
        QVERIFY(starts(test::refusal("headers", "request: {rename: {X: " + key + "}}"),
                       "request.rename."));
    }

    void badValuesAreRefused()
    {
        QVERIFY(test::refusal("headers", "request: {set: {X: \"a\\r\\nb\"}}")
                    .startsWith("request.set.X: "));
        QVERIFY(
            test::refusal("headers", "request: {set: {X: '{open'}}").startsWith("request.set.X: "));
        QVERIFY(
            test::refusal("headers", "response: {add: {X: '{}'}}").startsWith("response.add.X: "));
    }
};

QTEST_GUILESS_MAIN(TestHeaderRules)
#include "tst_headerrules.moc"
