// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"

using namespace gatehouse;
using test::Folder;

namespace {

QStringList routeIds(const config::Loaded &loaded)
{
    QStringList ids;
    for (const config::RouteConfig &route : loaded.config->routes)
        ids.push_back(QString::fromStdString(route.id));
    return ids;
}

QByteArray route(const char *id)
{
    return QByteArray("routes: [{id: ") + id + ", match: {path: /" + id + "}, service: users}]\n";
}

/// Not a raw text: moc 6.4 finds no class after this one.
constexpr char overlaid[] =
    "environment: production\n"
    "services: {users: {instances: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"], balancer: "
    "random}}\n"
    "listeners: [{name: web, limits: {connections: 5}}, {name: other, address: \"127.0.0.1:1\"}]\n"
    "routes: [{id: a, match: {path: /a}, service: users}]\n"
    "environments:\n"
    "  production:\n"
    "    services: {users: {instances: [\"http://10.0.0.1:1\"]}}\n"
    "    listeners: [{name: web, address: \"0.0.0.0:80\"}, {name: third, address: "
    "\"127.0.0.1:3\"}]\n"
    "    routes: [{id: a, priority: 3}]\n";

} // namespace

/// Files, includes, conf.d and environments (S003-33, S003-34).
class TestMerging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void confDIsReadInTheOrderOfItsNames() // S003-33
    {
        const Folder folder;
        folder.write("gatehouse.yaml", QByteArray(test::smallest) + "log: {level: info}\n");
        folder.write("conf.d/20-b.yaml", route("b") + "log: {level: error}\n");
        folder.write("conf.d/10-a.yaml", route("a") + "log: {level: debug, format: json}\n");
        folder.write("conf.d/ignored.txt", "not: read\n");
        const auto loaded = folder.load("gatehouse.yaml");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(routeIds(loaded), QStringList({"users", "a", "b"}));
        QCOMPARE(loaded.config->log.level, "error");
        QCOMPARE(loaded.config->log.format, "json");
    }

    void theIncludingFileWinsOverWhatItIncludes()
    {
        const Folder folder;
        folder.write("gatehouse.yaml",
                     "include: [parts/base.yaml, parts/more.yaml]\n"
                     "log: {level: error}\n"
                         + QByteArray(test::smallest));
        folder.write("parts/base.yaml", "include: deep.yaml\nlog: {level: debug, format: json}\n");
        folder.write("parts/deep.yaml", route("deep"));
        folder.write("parts/more.yaml", route("more"));
        const auto loaded = folder.load("gatehouse.yaml");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(routeIds(loaded), QStringList({"deep", "more", "users"}));
        QCOMPARE(loaded.config->log.level, "error");
        QCOMPARE(loaded.config->log.format, "json");
    }

    void includesMayComeFromAVariable()
    {
        const Folder folder;
        folder.write("gatehouse.yaml", "include: ${NAME}.yaml\n" + QByteArray(test::smallest));
        folder.write("a.yaml", route("a"));
        config::LoadOptions options = test::options();
        options.variables = {{"NAME", "a"}};
        QCOMPARE(routeIds(folder.load("gatehouse.yaml", options)), QStringList({"a", "users"}));
    }

    void aFileIncludedTwiceIsReadOnce()
    {
        const Folder folder;
        folder.write("gatehouse.yaml", "include: [a.yaml, b.yaml]\n" + QByteArray(test::smallest));
        folder.write("a.yaml", "include: c.yaml\n");
        folder.write("b.yaml", "include: c.yaml\n");
        folder.write("c.yaml", route("c"));
        QCOMPARE(routeIds(folder.load("gatehouse.yaml")), QStringList({"c", "users"}));
    }

    void anIncludeCycleIsNamed()
    {
        const Folder folder;
        folder.write("gatehouse.yaml", "include: a.yaml\n");
        folder.write("a.yaml", "include: [b.yaml]\n");
        folder.write("b.yaml", "include: gatehouse.yaml\n");
        const auto loaded = folder.load("gatehouse.yaml");
        QCOMPARE(folder.texts(loaded.findings),
                 QStringList("b.yaml:1:10: error: include: includes itself: gatehouse.yaml -> "
                             "a.yaml -> b.yaml -> gatehouse.yaml [include-cycle]; remove one of "
                             "the includes"));
    }

    void aChainOfIncludesIsBounded()
    {
        const Folder folder;
        for (int i = 0; i < 40; ++i)
            folder.write(QString("%1.yaml").arg(i),
                         "include: " + QByteArray::number(i + 1) + ".yaml\n");
        QVERIFY(
            folder.texts(folder.load("0.yaml").findings)
                .contains("31.yaml:1:10: error: include: is included through more than 32 files "
                          "[include-depth]; include it higher up"));
    }

    void aMissingIncludeIsReportedWhereItIsNamedAndHidesNothing()
    {
        const Folder folder;
        folder.write("gatehouse.yaml",
                     "include: [gone.yaml]\nlog: {level: loud}\n"
                     "routes: [{id: a, match: {path: /}, service: elsewhere}]\n");
        const auto loaded = folder.load("gatehouse.yaml");
        QCOMPARE(test::rules(loaded.findings),
                 QStringList({"file include[0]", "choice log.level"}));
        QVERIFY(!loaded.isUnusable);
    }

    void allFilesAreWatchedAlsoAfterFailure()
    {
        const Folder folder;
        folder.write("gatehouse.yaml", "include: [a.yaml, gone.yaml]\nnonsense: 1\n");
        folder.write("a.yaml", "log: {}\n");
        folder.write("conf.d/b.yaml", "");
        const QStringList files = test::texts(folder.load("gatehouse.yaml").files);
        for (const char *const name :
             {"gatehouse.yaml", "a.yaml", "gone.yaml", "conf.d", "conf.d/b.yaml"})
            QVERIFY2(files.contains(folder.path(name)), name);
    }

    void theSameRouteInTwoFilesIsADuplicate() // S003-16
    {
        const Folder folder;
        folder.write("gatehouse.yaml", test::smallest);
        folder.write("conf.d/a.yaml", route("users"));
        QCOMPARE(folder.texts(folder.load("gatehouse.yaml").findings),
                 QStringList("conf.d/a.yaml:1:15: error: routes[1].id: \"users\" is already at "
                             "gatehouse.yaml:4:9 [duplicate]; give each its own id"));
    }

    void anEmptyPartIsOnlyAWarning()
    {
        const Folder folder;
        folder.write("gatehouse.yaml", test::smallest);
        folder.write("conf.d/a.yaml", "# nothing yet\n");
        const auto loaded = folder.load("gatehouse.yaml");
        QVERIFY(loaded.config);
        QCOMPARE(test::rules(loaded.findings), QStringList("empty-file"));
    }

    void aTextCanIncludeFilesBesideTheOneItStandsFor()
    {
        const Folder folder;
        folder.write("a.yaml", route("a"));
        config::LoadOptions options = test::options();
        options.file = folder.path("gatehouse.yaml").toStdString();
        const auto loaded =
            config::loadText("edited", "include: a.yaml\n" + std::string(test::smallest), options);
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(routeIds(loaded), QStringList({"a", "users"}));
    }

    void theEnvironmentIsMergedOverTheRest() // S003-34
    {
        const auto loaded = test::loadText(overlaid);
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        const config::Config &config = *loaded.config;
        QVERIFY(!config.isDevelopment());
        QCOMPARE(config.services[0].instances.size(), 1u);
        QCOMPARE(config.services[0].balancer, "random");
        QCOMPARE(config.listeners.size(), 3u);
        QCOMPARE(config.listeners[0].address, "0.0.0.0:80");
        QCOMPARE(config.listeners[0].limits.connections, 5);
        QCOMPARE(config.routes.size(), 1u);
        QCOMPARE(config.routes[0].priority, 3);
    }

    void theEnvironmentIsChosenByTheNearestWord_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("set");
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("chosen");
        QTest::newRow("nothing") << "" << "" << "" << "" << "development";
        QTest::newRow("file") << "" << "" << "" << "one" << "one";
        QTest::newRow("variable") << "" << "" << "two" << "one" << "two";
        QTest::newRow("--set") << "" << "three" << "two" << "one" << "three";
        QTest::newRow("--env") << "four" << "three" << "two" << "one" << "four";
    }
    void theEnvironmentIsChosenByTheNearestWord()
    {
        QFETCH(QString, option);
        QFETCH(QString, set);
        QFETCH(QString, variable);
        QFETCH(QString, file);
        QFETCH(QString, chosen);
        config::LoadOptions options = test::options();
        options.environment = option.toStdString();
        if (!set.isEmpty())
            options.overrides = {{"environment", set.toStdString()}};
        if (!variable.isEmpty())
            options.variables = {{"GATEHOUSE_ENV", variable.toStdString()}};
        const QString yaml = file.isEmpty() ? "log: {}\n" : "environment: " + file + '\n';
        const auto loaded = test::loadText(qPrintable(yaml), options);
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(QString::fromStdString(loaded.config->environment), chosen);
        QCOMPARE(QString::fromStdString(loaded.effective.textOf("environment")), chosen);
    }

    void variablesOfAnotherEnvironmentMayBeMissing()
    {
        const auto loaded = test::loadText(
            "environments: {production: {admin: {token: '${TOKEN}'}, shutdown_timeout: '${X}'}}\n");
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
    }

    void variablesOfTheEnvironmentInForceMustBeSet()
    {
        const auto loaded = test::loadText(
            "environment: production\nenvironments: {production: {admin: {token: '${TOKEN}'}}}\n");
        QCOMPARE(test::rules(loaded.findings),
                 QStringList("missing-variable environments.production.admin.token"));
    }

    void otherEnvironmentsAreCheckedToo()
    {
        const auto loaded =
            test::loadText("environments: {production: {admin: {adress: x}, include: y}}\n");
        QCOMPARE(test::rules(loaded.findings),
                 QStringList({"unknown-key environments.production.admin.adress",
                              "unknown-key environments.production.include"}));
    }

    void anEnvironmentCannotIncludeFiles()
    {
        const auto loaded =
            test::loadText("environment: production\nenvironments: {production: {include: y}}\n");
        QCOMPARE(test::rules(loaded.findings),
                 QStringList("unknown-key environments.production.include"));
    }

    void anEnvironmentWithoutSettingsIsAWarning()
    {
        const auto loaded = test::loadText("environment: prodution\n"
                                           "environments: {production: {log: {level: error}}}\n");
        QVERIFY(loaded.config);
        QCOMPARE(
            test::texts(loaded.findings),
            QStringList("gatehouse.yaml:1:14: warning: environment: \"prodution\" is not under "
                        "environments, so nothing is merged [unknown-environment]; did you mean "
                        "\"production\"?"));
    }
};

QTEST_GUILESS_MAIN(TestMerging)
#include "tst_configmerging.moc"
