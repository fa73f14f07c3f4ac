// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"

using namespace gatehouse;

namespace {

config::Loaded with(const std::map<std::string, std::string> &variables,
                    const char *yaml = test::smallest)
{
    config::LoadOptions options = test::options();
    options.variables = variables;
    return test::loadText(yaml, options);
}

QString effective(const config::Loaded &loaded, const QStringList &path)
{
    const config::Node *node = &loaded.effective;
    for (const QString &step : path) {
        bool isIndex = false;
        const uint index = step.toUInt(&isIndex);
        if (isIndex && index < node->items().size())
            node = &node->items()[index];
        else
            node = node->find(step.toStdString());
        if (!node)
            return "absent";
    }
    return QString::fromStdString(config::toYaml(*node)).trimmed();
}

} // namespace

/// GATEHOUSE_<PATH> (S003-34, S002-I13)
class TestVariables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKeyCanBeSet_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("path");
        const auto row = [](const char *name, const char *value, const char *path) {
            QTest::newRow(name) << QString(name) << QString(value) << QString(path);
        };
        row("ADMIN_ADDRESS", "127.0.0.1:1", "admin address");
        row("LISTENERS_0_ADDRESS", "127.0.0.1:9", "listeners 0 address");
        row("LISTENERS_0_LIMITS_HEADER_BYTES", "1KiB", "listeners 0 limits header_bytes");
        row("LISTENERS_0_TIMEOUTS_BODY_IDLE", "3s", "listeners 0 timeouts body_idle");
        row("LISTENERS_0_TIMEOUTS_IDLE", "4s", "listeners 0 timeouts idle");
        row("LOG_FORMAT", "json", "log format");
        row("LOG_COMPONENTS_UPSTREAM", "debug", "log components upstream");
        row("SHUTDOWN_TIMEOUT", "3s", "shutdown_timeout");
        row("SERVICES_USERS_BALANCER", "random", "services users balancer");
        row("SERVICES_USERS_POOL_MAX_IDLE", "7", "services users pool max_idle");
        row("SERVICES_USERS_POOL_MAX_IDLE_PER_INSTANCE", "8",
            "services users pool max_idle_per_instance");
        row("SERVICES_USERS_INSTANCES_0", "http://127.0.0.1:5", "services users instances 0");
        row("SERVICES_USERS_TIMEOUTS_RESPONSE_HEADER", "5s",
            "services users timeouts response_header");
        row("SERVICES_USERS_HEALTH_UNHEALTHY_AFTER", "9", "services users health unhealthy_after");
        row("ROUTES_0_MATCH_PATH", "/z", "routes 0 match path");
        row("ROUTES_USERS_PRIORITY", "4", "routes 0 priority");
        row("ROUTES_0_MATCH_HEADERS_ACCEPT", "x", "routes 0 match headers accept");
        row("routes_0_match_host", "api.local", "routes 0 match host");
        row("ENVIRONMENT", "staging", "environment");
        row("VERSION", "1", "version");
    }
    void everyKeyCanBeSet()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, path);
        const bool isLower = name.front().isLower();
        const QString variable = (isLower ? "gatehouse_" : "GATEHOUSE_") + name;
        const auto loaded = with({{variable.toStdString(), value.toStdString()}});
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(test::texts(loaded.findings), QStringList());
        QCOMPARE(effective(loaded, path.split(' ')), value);
    }

    void listsAreWrittenWithCommas()
    {
        const auto loaded =
            with({{"GATEHOUSE_TRUSTED_PROXIES", "10.0.0.0/8, ::1"},
                  {"GATEHOUSE_ROUTES_0_MATCH_METHODS", "GET,PUT"},
                  {"GATEHOUSE_SERVICES_USERS_INSTANCES", "[{url: 'http://a:1', weight: 2}]"}});
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(test::texts(loaded.config->trustedProxies), QStringList({"10.0.0.0/8", "::1"}));
        QCOMPARE(test::texts(loaded.config->routes[0].methods), QStringList({"GET", "PUT"}));
        QCOMPARE(loaded.config->services[0].instances[0].weight, 2);
    }

    void aTokenIsTakenLiterally()
    {
        const auto loaded = with({{"GATEHOUSE_ADMIN_TOKEN", "{a: ]$"}});
        QVERIFY(loaded.config);
        QCOMPARE(loaded.config->admin.token, "{a: ]$");
    }

    void aServiceCanBeAddedByVariable()
    {
        const auto loaded = with({{"GATEHOUSE_SERVICES_MAIL_INSTANCES", "http://127.0.0.1:3"}});
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(loaded.config->services[1].id, "mail");
    }

    void settingsOfMiddlewaresCanBeSet()
    {
        const auto loaded =
            with({{"GATEHOUSE_MIDDLEWARE_LIM_LIMIT", "7"}, {"GATEHOUSE_PIPELINE_0_MAX_AGE", "9s"}},
                 "middleware: {lim: {use: rate_limit, limit: 1}}\n"
                 "pipeline: [{use: cors}, lim]\n");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(loaded.config->pipeline[0].settings.textOf("max_age"), "9s");
        QCOMPARE(loaded.config->pipeline[1].settings.integerOf("limit"), 7);
    }

    void aWrongValueIsReportedWithTheNameOfTheVariable()
    {
        const auto loaded = with({{"GATEHOUSE_ADMIN_ADDRESS", "nonsense"}});
        QCOMPARE(
            test::texts(loaded.findings),
            QStringList("GATEHOUSE_ADMIN_ADDRESS: error: admin.address: must have a port, such "
                        "as nonsense:8080 [address]"));
    }

    void anUnknownNameIsAWarningWithASuggestion()
    {
        const auto loaded = with({{"GATEHOUSE_ADMN_TOKEN", "x"}, {"OTHER_ADMIN_TOKEN", "y"}});
        QVERIFY(loaded.config);
        QCOMPARE(test::texts(loaded.findings),
                 QStringList("GATEHOUSE_ADMN_TOKEN: warning: names no setting and is ignored "
                             "[unknown-variable]; did you mean GATEHOUSE_ADMIN_TOKEN?"));
    }

    void aNameThatTheFileAsksForIsNotUnknown()
    {
        const auto loaded =
            with({{"GATEHOUSE_MY_LEVEL", "debug"}}, "log: {level: '${GATEHOUSE_MY_LEVEL}'}\n");
        QCOMPARE(test::texts(loaded.findings), QStringList());
        QCOMPARE(loaded.config->log.level, "debug");
    }

    void namesOfTheTestToolsAreIgnored()
    {
        const auto loaded = with({{"GATEHOUSE_SOURCE_DIR", "x"},
                                  {"GATEHOUSE_BIN_DIR", "x"},
                                  {"GATEHOUSE_UPDATE_GOLDEN", "1"},
                                  {"GATEHOUSE_TEST_ANYTHING", "x"}});
        QCOMPARE(test::texts(loaded.findings), QStringList());
    }

    void whatIsReadBeforeCannotBeSet()
    {
        const auto loaded = with({{"GATEHOUSE_INCLUDE", "x.yaml"}, {"GATEHOUSE_", ""}});
        QCOMPARE(test::rules(loaded.findings),
                 QStringList({"unknown-variable", "unknown-variable"}));
    }
};

QTEST_GUILESS_MAIN(TestVariables)
#include "tst_configvariables.moc"
