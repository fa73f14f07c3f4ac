// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/config/fixture.h"

using namespace gatehouse;

namespace {

/// "kind(name) settings at path" of each entry of the pipeline.
QStringList pipeline(const char *yaml)
{
    const auto loaded = test::loadText(yaml);
    if (!loaded.config)
        return test::texts(loaded.findings);
    QStringList lines;
    for (const config::MiddlewareConfig &entry : loaded.config->pipeline) {
        QString settings = QString::fromStdString(config::toYaml(entry.settings)).simplified();
        lines.push_back(QString("%1(%2) %3 at %4")
                            .arg(QString::fromStdString(entry.use),
                                 QString::fromStdString(entry.name), settings,
                                 QString::fromStdString(entry.path)));
    }
    return lines;
}

constexpr char known[] = "Known kinds are: cors, rate_limit, request_id, rewrite, timeout";

} // namespace

class TestMiddlewares : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTextIsAKindWithItsDefaults()
    {
        QCOMPARE(pipeline("pipeline: [cors]\n"),
                 QStringList("cors() origins: [] max_age: 5m at pipeline[0]"));
    }

    void aMapGivesSettings()
    {
        QCOMPARE(pipeline("pipeline: [{use: cors, max_age: 1m}]\n"),
                 QStringList("cors() origins: [] max_age: 1m at pipeline[0]"));
    }

    void anEmptyPipelineIsNotTheUsualOne()
    {
        QCOMPARE(pipeline("pipeline: []\n"), QStringList());
        QCOMPARE(pipeline("pipeline:\n"), QStringList("request_id() {} at pipeline[0]"));
    }

    void aNameWinsOverAKind()
    {
        QCOMPARE(pipeline("middleware: {cors: {use: cors, max_age: 9s}}\npipeline: [cors]\n"),
                 QStringList("cors(cors) origins: [] max_age: 9s at middleware.cors"));
    }

    void settingsAreMergedOverThoseOfTheName()
    {
        QCOMPARE(pipeline("middleware: {lim: {use: rate_limit, limit: 1, window: 2s}}\n"
                          "pipeline: [{use: lim, window: 3s}]\n"),
                 QStringList("rate_limit(lim) limit: 1 window: 3s key: ip at pipeline[0]"));
    }

    void aNameMayBeMadeOfAnother()
    {
        QCOMPARE(pipeline("middleware: {b: {use: a, limit: 2}, a: {use: rate_limit, limit: 1}}\n"
                          "pipeline: [b]\n"),
                 QStringList("rate_limit(b) limit: 2 window: 60s key: ip at middleware.b"));
    }

    void namesMadeOfEachOtherAreFound()
    {
        QCOMPARE(pipeline("middleware: {a: {use: b}, b: {use: a}}\npipeline: [a]\n"),
                 QStringList("gatehouse.yaml:1:36: error: middleware.b: \"a\" is made of itself "
                             "[cycle]; name a kind in use:"));
    }

    void anUnknownKindIsNamedWithItsNeighbour()
    {
        QCOMPARE(pipeline("pipeline: [corz, {use: zzzzzzzzzzz}]\n"),
                 QStringList({QString("gatehouse.yaml:1:12: error: pipeline[0]: \"corz\" is no "
                                      "middleware [unknown-middleware]; did you mean \"cors\"? %1")
                                  .arg(known),
                              QString("gatehouse.yaml:1:24: error: pipeline[1]: \"zzzzzzzzzzz\" is "
                                      "no middleware [unknown-middleware]; %1")
                                  .arg(known)}));
    }

    void anEntryMustNameAMiddleware_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("problem");
        QTest::newRow("no use") << "{limit: 1}" << "required pipeline[0].use";
        QTest::newRow("use is a list") << "{use: [a]}" << "required pipeline[0].use";
        QTest::newRow("list") << "[a]" << "type pipeline[0]";
        QTest::newRow("empty text") << "''" << "type pipeline[0]";
    }
    void anEntryMustNameAMiddleware()
    {
        QFETCH(QString, entry);
        QFETCH(QString, problem);
        const QString yaml = "pipeline: [" + entry + "]\n";
        QCOMPARE(test::rules(test::loadText(qPrintable(yaml)).findings), QStringList(problem));
    }

    void settingsAreCheckedWhereTheyStand()
    {
        const auto loaded = test::loadText("middleware: {lim: {use: rate_limit, limit: 0}}\n"
                                           "pipeline: [lim, {use: lim, window: x}]\n"
                                           "routes:\n"
                                           "  - id: a\n"
                                           "    match: {path: /}\n"
                                           "    middleware: [{use: cors, max_aeg: 1}]\n");
        QCOMPARE(
            test::texts(loaded.findings),
            QStringList({"gatehouse.yaml:1:44: error: middleware.lim.limit: must be at least 1 "
                         "[range]",
                         "gatehouse.yaml:6:30: error: routes[0].middleware[0].max_aeg: is not "
                         "a known key [unknown-key]; did you mean \"max_age\"?"}));
    }

    void aNameThatNobodyUsesIsAWarning()
    {
        const auto loaded = test::loadText("middleware: {lim: {use: rate_limit, limit: 1}}\n");
        QVERIFY(loaded.config);
        QCOMPARE(test::rules(loaded.findings), QStringList("unused middleware.lim"));
    }

    void whatRewriteIsShortForIsChecked()
    {
        config::LoadOptions options = test::options();
        options.middleware.erase("rewrite");
        const auto loaded =
            test::loadText("services: {a: {instances: ['http://a']}}\n"
                           "routes: [{id: a, match: {path: /}, service: a, rewrite: {path: /x}}]\n",
                           options);
        QCOMPARE(test::rules(loaded.findings), QStringList("unknown-middleware routes[0].rewrite"));
    }
};

QTEST_GUILESS_MAIN(TestMiddlewares)
#include "tst_configmiddlewares.moc"
