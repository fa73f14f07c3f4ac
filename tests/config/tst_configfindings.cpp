// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/words.h"
#include "tests/config/fixture.h"

using namespace gatehouse;
using namespace gatehouse::config::internal;
using config::Finding;
using config::Severity;

/// How findings read, in what order they come, and the rules between values.
class TestFindings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFindingIsOneLineForPeople()
    {
        const auto file = std::make_shared<const std::string>("gatehouse.yaml");
        const Finding finding{Severity::Error, {file, 41, 9},        "routes[3].limit",
                              "range",         "must be at least 1", "write 1"};
        QCOMPARE(finding.text(),
                 "gatehouse.yaml:41:9: error: routes[3].limit: must be at least 1 "
                 "[range]; write 1");
        QCOMPARE(Finding({Severity::Warning, {}, {}, "unused", "is unused", {}}).text(),
                 "warning: is unused [unused]");
    }

    void onlyErrorsAreErrors()
    {
        QVERIFY(!config::hasErrors({}));
        QVERIFY(!config::hasErrors({{Severity::Warning, {}, {}, {}, {}, {}}}));
        QVERIFY(config::hasErrors({{Severity::Warning, {}, {}, {}, {}, {}}, {}}));
    }

    void errorsComeFirstThenTheirPlaces() // S003-36
    {
        config::LoadOptions options = test::options();
        options.overrides = {{"log.level", "x"}};
        const auto loaded = test::loadText("services: {a: {instances: ['http://a']}}\n"
                                           "zzzzzz: 1\nshutdown_timeout: 1x\n",
                                           options);
        QCOMPARE(test::rules(loaded.findings),
                 QStringList({"unknown-key zzzzzz", "type shutdown_timeout", "choice log.level",
                              "unused services.a"}));
    }

    void duplicatesAreFound_data() // S003-16, S002-I14
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("problem");
        QTest::newRow("listener names")
            << "listeners: [{name: a, address: 'a:1'}, {name: a, address: 'a:2'}]"
            << "duplicate listeners[1].name";
        QTest::newRow("listener addresses")
            << "listeners: [{name: a}, {name: b, address: 'a:1'}, {name: c, address: 'a:1'}]"
            << "duplicate listeners[2].address";
        QTest::newRow("route ids") << "services: {s: {instances: ['http://a']}}\n"
                                      "routes: [{id: a, match: {path: /a}, service: s}, "
                                      "{id: a, match: {path: /b}, service: s}]"
                                   << "duplicate routes[1].id";
        QTest::newRow("port 0 is none")
            << "listeners: [{name: a, address: 'a:0'}, {name: b, address: 'a:0'}]" << "";
    }
    void duplicatesAreFound()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, problem);
        QCOMPARE(test::rules(test::loadText(qPrintable(yaml)).findings).join('\n'), problem);
    }

    void routesNeedSomethingThatAnswers_data() // S003-16, S002-I14
    {
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("problem");
        QTest::newRow("service") << "{id: a, match: {path: /}, service: users}" << "";
        QTest::newRow("middleware") << "{id: a, match: {path: /}, middleware: [cors]}"
                                    << "warning";
        QTest::newRow("nothing") << "{id: a, match: {path: /}}" << "no-answer routes[0]";
        QTest::newRow("unknown") << "{id: a, match: {path: /}, service: usres}"
                                 << "did you mean \"users\"?";
        QTest::newRow("no id") << "{match: {path: /}, service: users}" << "required routes[0].id";
        QTest::newRow("no path") << "{id: a, match: {}, service: users}"
                                 << "required routes[0].match.path";
        QTest::newRow("no match") << "{id: a, service: users}" << "required routes[0].match";
        QTest::newRow("bad method")
            << "{id: a, match: {path: /, methods: [get]}, service: users}" << "did you mean GET?";
        QTest::newRow("bad header name")
            << "{id: a, match: {path: /, headers: {'a b': x}}, service: users}"
            << "header-name routes[0].match.headers";
    }
    void routesNeedSomethingThatAnswers()
    {
        QFETCH(QString, route);
        QFETCH(QString, problem);
        const QString yaml =
            "services: {users: {instances: ['http://a']}}\nroutes: [" + route + "]";
        const auto loaded = test::loadText(qPrintable(yaml));
        const QString all =
            (test::rules(loaded.findings) + test::texts(loaded.findings)).join('\n');
        QVERIFY2(problem.isEmpty() ? all.isEmpty() : all.contains(problem), qPrintable(all));
    }

    void aServiceNamedOnlyByAMiddlewareIsUsed()
    {
        const auto loaded = test::loadText("services: {a: {instances: ['http://a']}}\n"
                                           "pipeline: [{use: cors, origins: [a]}]\n");
        QCOMPARE(test::texts(loaded.findings), QStringList());
    }

    void namesOfServicesAreChecked()
    {
        const auto loaded = test::loadText("services: {'a b': {instances: ['http://a']}}\n");
        QCOMPARE(test::rules(loaded.findings),
                 QStringList({"name services[a b]", "unused services[a b]"}));
    }

    void theNearestWordIsSuggested_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("guess");
        QTest::newRow("swapped") << "timeuot" << "timeout";
        QTest::newRow("missing") << "limt" << "limit";
        QTest::newRow("case") << "LIMIT" << "limit";
        QTest::newRow("far") << "address" << "";
        QTest::newRow("empty") << "" << "";
    }
    void theNearestWordIsSuggested()
    {
        QFETCH(QString, word);
        QFETCH(QString, guess);
        QCOMPARE(QString::fromStdString(nearest(word.toStdString(), {"timeout", "limit", "use"})),
                 guess);
    }

    void longTextsAreCutBetweenCharacters()
    {
        const QString text = QString("ä").repeated(100);
        const QString shown = QString::fromStdString(inQuotes(text.toStdString()));
        QCOMPARE(shown, '"' + QString("ä").repeated(30) + "...\"");
        QCOMPARE(inQuotes("a\nb"), "\"a b\"");
    }

    void keysThatAreNoNamesArePutInBrackets()
    {
        QCOMPARE(keyPath("log.components", "engine.http"), "log.components[engine.http]");
        QCOMPARE(keyPath("", "log"), "log");
        QCOMPARE(itemPath("routes", 3), "routes[3]");
    }
};

QTEST_GUILESS_MAIN(TestFindings)
#include "tst_configfindings.moc"
