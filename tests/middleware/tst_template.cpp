// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/template.h"

#include "tests/support/chainrunner.h"

using namespace gatehouse;
using middleware::Template;
using test::toBytes;

class TestTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placeholdersAreFilled_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(*text ? text : "(empty)") << QByteArray(text) << QByteArray(expected);
        };
        row("", "");
        row("plain", "plain");
        row("{{literal}}", "{literal}");
        row("{id}", "a%20b%3F");
        row("<{id}{id}>", "<a%20b%3Fa%20b%3F>");
        row("{tail}", "x/y");
        row("{method} {path} {query} {host}", "GET /p q=r a.example");
        row("{client_ip} {scheme} {request_id} {route}", "192.0.2.7 http id-1 r");
        row("[{unknown}]", "[]");
        row("{path", "error");
        row("path}", "error");
        row("{}", "error");
    }
    void placeholdersAreFilled()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        test::ChainRunner runner;
        Exchange &exchange = runner.prepare("GET /p?q=r HTTP/1.1\r\nHost: a.example");
        const PathParam params[] = {{"id", "a b?"}, {"tail", "x/y"}};
        exchange.setPathParams(params);
        exchange.setRequestId("id-1");
        exchange.setRoute("r", 1);
        const Result<Template> parsed = Template::parse(text.toStdString());
        QCOMPARE(parsed ? toBytes(parsed->expand(exchange)) : QByteArray("error"), expected);
    }

    void aParameterHidesABuiltInName()
    {
        test::ChainRunner runner;
        const PathParam params[] = {{"path", "mine"}};
        runner.exchange().setPathParams(params);
        QCOMPARE(toBytes(Template::parse("{path}")->expand(runner.exchange())), "mine");
    }
};

QTEST_GUILESS_MAIN(TestTemplate)
#include "tst_template.moc"
