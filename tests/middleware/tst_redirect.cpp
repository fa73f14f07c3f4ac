// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

class TestRedirect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClientIsSentElsewhere_data()
    {
        QTest::addColumn<QByteArray>("settings");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("location");
        const auto row = [](const char *settings, const char *target, int status,
                            const char *location) {
            QTest::addRow("%s %s", settings, target)
                << QByteArray(settings) << QByteArray(target) << status << QByteArray(location);
        };
        row("to: /new", "/old", 302, "/new");
        row("to: /new", "/old?a=b", 302, "/new?a=b");
        row("to: '/new?x'", "/old?a=b", 302, "/new?x");
        row("{to: /new, keep_query: false}", "/old?a=b", 302, "/new");
        row("{to: /new, status: 308}", "/old", 308, "/new");
        row("to: 'https://b.example{path}'", "/a//b?c", 302, "https://b.example/a//b?c");
        row("to: '//b.example/'", "/a", 302, "//b.example/");
        row("to: '/{rest}'", "/a", 302, "/evil.example");
        row("to: '{path}'", "//evil.example", 302, "/evil.example");
        row("to: '/{split}'", "/a", 302, "/a%0D%0AX%3Ab");
    }
    void theClientIsSentElsewhere()
    {
        QFETCH(QByteArray, settings);
        QFETCH(QByteArray, target);
        QFETCH(int, status);
        QFETCH(QByteArray, location);
        ChainRunner runner(test::make("redirect", settings.toStdString()));
        Exchange &exchange = runner.prepare("GET " + target + " HTTP/1.1\r\nHost: a");
        const PathParam params[] = {{"rest", "/evil.example"}, {"split", "a\r\nX:b"}};
        exchange.setPathParams(params);
        const Answer answer = runner.send();
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.value("Location").replace("X:b", "X%3Ab"), location);
        QCOMPARE(runner.handled(), 0);
        QVERIFY(answer.body.isEmpty());
    }

    void badSettingsNameTheirKey()
    {
        QVERIFY(test::refusal("redirect", "").startsWith("to: "));
        QVERIFY(test::refusal("redirect", "to: '/{'").startsWith("to: "));
        QVERIFY(test::refusal("redirect", "to: \"/a\\r\\nb\"").startsWith("to: "));
        QVERIFY(test::refusal("redirect", "{to: /, status: 200}").startsWith("status: "));
    }
};

QTEST_GUILESS_MAIN(TestRedirect)
#include "tst_redirect.moc"
