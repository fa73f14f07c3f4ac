// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/keypath.h"
#include "tests/config/fixture.h"

using namespace gatehouse;
using config::internal::parseKeyPath;

namespace {

config::Loaded withOverrides(const std::vector<std::pair<std::string, std::string>> &overrides,
                             const char *yaml = test::smallest)
{
    config::LoadOptions options = test::options();
    options.overrides = overrides;
    return test::loadText(yaml, options);
}

} // namespace

/// --set path=value
class TestOverrides : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyPathsAreReadAsSteps_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("steps");
        QTest::newRow("one") << "admin" << "admin";
        QTest::newRow("dots") << "admin.address" << "admin address";
        QTest::newRow("index") << "routes[0].match.path" << "routes #0 match path";
        QTest::newRow("name") << "routes[users].id" << "routes users id";
        QTest::newRow("key with dots") << "log.components[engine.http]"
                                       << "log components engine.http";
        QTest::newRow("two brackets") << "a[0][1]" << "a #0 #1";
        for (const char *const bad : {"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[0", "a[0]b"})
            QTest::newRow(bad) << QString(bad) << "none";
    }
    void keyPathsAreReadAsSteps()
    {
        QFETCH(QString, text);
        QFETCH(QString, steps);
        const auto path = parseKeyPath(text.toStdString());
        QStringList found;
        for (const auto &step : path.value_or(config::internal::KeyPath{{"none"}}))
            found.push_back((step.isIndex ? "#" : "") + QString::fromStdString(step.key));
        QCOMPARE(found.join(' '), steps);
    }

    void valuesAreSet()
    {
        const auto loaded = withOverrides({{"routes[users].match.path", "/x"},
                                           {"routes[0].match.methods", "[GET, PUT]"},
                                           {"listeners[0].address", "127.0.0.1:9"},
                                           {"services.users.pool", "{max_idle: 3}"},
                                           {"log.components[engine.http]", "debug"},
                                           {"shutdown_timeout", "5s"}});
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        const config::Config &config = *loaded.config;
        QCOMPARE(config.routes[0].path, "/x");
        QCOMPARE(test::texts(config.routes[0].methods), QStringList({"GET", "PUT"}));
        QCOMPARE(config.listeners[0].address, "127.0.0.1:9");
        QCOMPARE(config.services[0].pool.maxIdle, 3);
        QCOMPARE(config.services[0].pool.maxIdlePerInstance, 10);
        QCOMPARE(config.log.components[0].first, "engine.http");
        QCOMPARE(config.shutdownTimeout.count(), 5000);
    }

    void theIndexAfterTheLastAppends()
    {
        const auto loaded =
            withOverrides({{"routes[1]", "{id: b, match: {path: /b}, service: users}"}});
        QVERIFY(loaded.config);
        QCOMPARE(loaded.config->routes.size(), 2u);
    }

    void theLastOfTwoWins()
    {
        const auto loaded = withOverrides({{"log.level", "debug"}, {"log.level", "error"}});
        QCOMPARE(loaded.config->log.level, "error");
    }

    void theyWinOverVariablesAndEnvironments()
    {
        config::LoadOptions options = test::options();
        options.variables = {{"GATEHOUSE_LOG_LEVEL", "warning"}};
        options.overrides = {{"log.level", "error"}};
        const auto loaded = test::loadText(
            "log: {level: info}\nenvironments: {development: {log: {level: debug}}}\n", options);
        QCOMPARE(loaded.config->log.level, "error");
    }

    void whatCannotBeSetIsAFinding_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no path") << "a..b" << "1"
                                 << "is no key path [override]; write it like "
                                    "routes[0].match.path or routes[users].priority";
        QTest::newRow("no such item")
            << "routes[user].priority" << "1"
            << "no item has the id or name \"user\" [override]; did you mean \"users\"?";
        QTest::newRow("after the end")
            << "routes[5].priority" << "1"
            << "there is no item 5, the list has 1 [override]; the next free index is 1";
        QTest::newRow("through a text")
            << "routes[0].service.x" << "1"
            << "\"x\" would be part of a text, not of a map or list [override]; set the whole "
               "value, for example to {use: ...}";
        QTest::newRow("unknown key") << "log.lvel" << "info"
                                     << "is not a known key [unknown-key]; did you mean \"level\"?";
        QTest::newRow("wrong type") << "routes[0].priority" << "high"
                                    << "must be a whole number, found \"high\" [type]";
    }
    void whatCannotBeSetIsAFinding()
    {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, problem);
        const auto loaded = withOverrides({{path.toStdString(), value.toStdString()}});
        QCOMPARE(test::texts(loaded.findings),
                 QStringList("--set " + path + ": error: " + path + ": " + problem));
    }

    void aValueThatIsNoYamlIsAFinding()
    {
        const auto loaded = withOverrides({{"log.level", "[a"}});
        QCOMPARE(test::rules(loaded.findings), QStringList("syntax"));
        QCOMPARE(loaded.findings[0].mark.text(), "--set log.level");
    }
};

QTEST_GUILESS_MAIN(TestOverrides)
#include "tst_configoverrides.moc"
