// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/routesamples.h"
#include "ui/models/routefields.h"
#include "ui/models/routemodel.h"
#include "ui/models/yamlmerge.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstRouteModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void routesAreReadFromTheDraft();
    void theMoreSpecificRouteIsTriedFirst_data();
    void theMoreSpecificRouteIsTriedFirst();
    void theTableHasTheOrderOfTheRouter();
    void theModelHoldsItsPromises();
    void aTryIsMarkedInEveryRow();
    void problemsCountForTheirRoute();
    void aTryLineIsRead_data();
    void aTryLineIsRead();
    void aWrongTryLineIsExplained();
    void twoChangesBecomeOne_data();
    void twoChangesBecomeOne();
    void theSchemaMakesFields();
    void aFieldReadsAndWritesItsKind();
};

namespace {

std::vector<RouteInfo> shop()
{
    const QString text = test::shopText();
    return routesOf(YamlRanges(text), text);
}

} // namespace

void TstRouteModels::routesAreReadFromTheDraft()
{
    const auto routes = shop();
    QCOMPARE(routes.size(), 4U);
    QCOMPARE(routes[0].id, "orders");
    QCOMPARE(routes[0].line, 8);
    QCOMPARE(routes[0].hosts, QStringList{"api.local"});
    QCOMPARE(routes[0].methods, (QStringList{"GET", "PUT"}));
    QCOMPARE(routes[0].middleware, (QStringList{"rate_limit", "echo"}));
    QCOMPARE(routes[0].matchText(), "GET, PUT api.local /v1/orders/{id:int}");
    QCOMPARE(routes[2].conditions, QStringList{"x-api-version: 2"});
    QCOMPARE(routes[2].line, 18);
    QCOMPARE(routes[3].priority, 5);
    QCOMPARE(routes[3].middleware, QStringList{"respond"});
}

// resources/help/routes.md, "Precedence".
void TstRouteModels::theMoreSpecificRouteIsTriedFirst_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("literal, typed") << "{match: {path: /a/b}}" << "{match: {path: \"/a/{n:int}\"}}";
    QTest::newRow("typed, plain") << "{match: {path: \"/{n:int}\"}}" << "{match: {path: \"/{n}\"}}";
    QTest::newRow("plain, tail") << "{match: {path: \"/{n}\"}}" << "{match: {path: \"/{*r}\"}}";
    QTest::newRow("longer") << "{match: {path: /a/b}}" << "{match: {path: /a}}";
    QTest::newRow("host") << "{match: {path: /a, host: x.y}}"
                          << "{match: {path: /a, host: \"*.y\"}}";
    QTest::newRow("wild host") << "{match: {path: /a, host: \"*.x.y\"}}"
                               << "{match: {path: /a, host: \"*.y\"}}";
    QTest::newRow("any host") << "{match: {path: /a, host: \"*.y\"}}" << "{match: {path: /a}}";
    QTest::newRow("conditions") << "{match: {path: /a, headers: {x: y}}}" << "{match: {path: /a}}";
    QTest::newRow("methods") << "{match: {path: /a, methods: [GET]}}" << "{match: {path: /a}}";
    QTest::newRow("priority") << "{match: {path: /a}, priority: 2}" << "{match: {path: /a}}";
}

void TstRouteModels::theMoreSpecificRouteIsTriedFirst()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const QString text = QStringLiteral("routes: [%1, %2]").arg(second, first);
    const auto routes = routesOf(YamlRanges(text), text);
    QVERIFY(isTriedBefore(routes[1], routes[0]));
    QVERIFY(!isTriedBefore(routes[0], routes[1]));
    QVERIFY(!isTriedBefore(routes[0], routes[0]));
}

void TstRouteModels::theTableHasTheOrderOfTheRouter()
{
    RouteModel model;
    model.setRoutes(shop());
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids << model.row(row).info.id;
    QCOMPARE(ids, (QStringList{"orders", "hello", "files", "old"}));
    model.setTraffic({{"orders", {10, 1, 2, 900, {}}}, {"hello", {}}});
    QCOMPARE(model.coverage(), "4 routes, 1 never hit");
    QCOMPARE(model.index(0, RouteModel::Hits).data().toString(), "10");
    QCOMPARE(model.index(2, RouteModel::Hits).data().toString(), "new");
    QVERIFY(model.index(1, 0).data(Qt::AccessibleTextRole).toString().contains("never hit"));
}

void TstRouteModels::theModelHoldsItsPromises()
{
    RouteModel model;
    RouteProblems problems;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const QAbstractItemModelTester other(&problems,
                                         QAbstractItemModelTester::FailureReportingMode::Fatal);
    QRandomGenerator random(3);
    for (int i = 0; i < 100; ++i) {
        std::vector<RouteInfo> routes = shop();
        while (!routes.empty() && random.bounded(3) > 0)
            routes.erase(routes.begin() + random.bounded(int(routes.size())));
        model.setRoutes(routes);
        model.setTraffic({{"orders", {random.bounded(9), 0, 0, 5, {}}}});
        model.setTry(random.bounded(2) ? std::optional(TryAnswer{"hello", {}, {}, 0})
                                       : std::nullopt);
        std::vector<RouteProblem> found(random.bounded(4), RouteProblem{});
        for (RouteProblem &problem : found)
            problem.path = QStringLiteral("routes[%1].id").arg(random.bounded(4));
        model.setProblems(found);
        problems.setProblems(found);
        QCOMPARE(problems.errors(), int(found.size()));
        QCOMPARE(model.rowOfId("nobody"), -1);
    }
}

void TstRouteModels::aTryIsMarkedInEveryRow()
{
    RouteModel model;
    model.setRoutes(shop());
    model.setTry(TryAnswer::from(test::ordersExplained()));
    QCOMPARE(model.verdict(0), RouteModel::Verdict::Winner);
    QCOMPARE(model.verdict(1), RouteModel::Verdict::Miss);
    QCOMPARE(model.index(1, RouteModel::Try).data().toString(),
             "path segment 1: expected \"hello\", got \"v1\"");
    model.setTry(std::nullopt);
    QCOMPARE(model.verdict(0), RouteModel::Verdict::None);
    const TryAnswer none = TryAnswer::from({{"status", 405}, {"allow", "GET"}});
    QCOMPARE(none.sentence, "No route takes it: 405. The path allows GET.");
}

void TstRouteModels::problemsCountForTheirRoute()
{
    RouteModel model;
    model.setRoutes(shop());
    const auto problems = problemsFrom(QJsonArray{
        QJsonObject{{"severity", "warning"}, {"path", "routes[1].id"}, {"line", 9}, {"column", 3}},
        QJsonObject{{"severity", "error"},
                    {"path", "routes[1].match.path"},
                    {"file", "/x/g.yaml"},
                    {"line", 4},
                    {"column", 2}}});
    model.setProblems(problems);
    QCOMPARE(model.row(0).trouble, RouteModel::Trouble::None);
    QCOMPARE(model.row(1).trouble, RouteModel::Trouble::Error);
    QCOMPARE(problems[1].place(), "g.yaml:4:2");
    QCOMPARE(problems[1].keys(), (QStringList{"routes", "1", "match", "path"}));
}

void TstRouteModels::aTryLineIsRead_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QJsonObject>("question");
    const auto ask = [](const char *method, const char *url, const QJsonArray &headers) {
        return QJsonObject{{"method", method}, {"url", url}, {"headers", headers}};
    };
    QTest::newRow("path") << "/v1" << ask("GET", "/v1", {});
    QTest::newRow("method") << " post  /v1?a=b " << ask("POST", "/v1?a=b", {});
    QTest::newRow("headers") << "POST /v1/orders Host: api.local X-A: b c  X-B: d"
                             << ask("POST", "/v1/orders",
                                    {QJsonArray{"Host", "api.local"}, QJsonArray{"X-A", "b c"},
                                     QJsonArray{"X-B", "d"}});
    QTest::newRow("url") << "http://api.local/x" << ask("GET", "http://api.local/x", {});
}

void TstRouteModels::aTryLineIsRead()
{
    QFETCH(QString, line);
    QFETCH(QJsonObject, question);
    const Result<QJsonObject> read = tryQuestion(line);
    QVERIFY(read);
    QCOMPARE(*read, question);
}

void TstRouteModels::aWrongTryLineIsExplained()
{
    QVERIFY(tryQuestion("POST orders").error().message().contains("begins with /"));
    QVERIFY(tryQuestion("/a nonsense").error().message().contains("\"nonsense\""));
    QVERIFY(!tryQuestion(""));
}

void TstRouteModels::twoChangesBecomeOne_data()
{
    QTest::addColumn<QString>("mine");
    QTest::addColumn<QString>("theirs");
    QTest::addColumn<QString>("merged");
    QTest::addColumn<int>("overlaps");
    QTest::newRow("apart") << "A\nb\nc\nd" << "a\nb\nc\nD" << "A\nb\nc\nD" << 0;
    QTest::newRow("the same") << "a\nX\nc\nd" << "a\nX\nc\nd" << "a\nX\nc\nd" << 0;
    QTest::newRow("overlap") << "a\nM\nc\nd" << "a\nT\nc\nd" << "a\nM\nc\nd" << 1;
    QTest::newRow("only theirs") << "a\nb\nc\nd" << "a\nc\nd\ne" << "a\nc\nd\ne" << 0;
    QTest::newRow("insert and remove") << "n\na\nb\nc\nd" << "a\nb\nd" << "n\na\nb\nd" << 0;
    QTest::newRow("everything") << "" << "a\nb\nX\nd" << "" << 1;
}

void TstRouteModels::twoChangesBecomeOne()
{
    QFETCH(QString, mine);
    QFETCH(QString, theirs);
    const YamlMerge merge = mergeTexts("a\nb\nc\nd", mine, theirs);
    QTEST(merge.text, "merged");
    QTEST(merge.overlaps, "overlaps");
}

void TstRouteModels::theSchemaMakesFields()
{
    test::FakeAdminApi api;
    test::serveShop(api);
    RouteSchema schema;
    QVERIFY(schema.isEmpty());
    api.call(client::Op::ConfigSchema, this,
             [&](const Result<QJsonObject> &answer) { schema = RouteSchema(*answer); });
    QTRY_VERIFY(!schema.isEmpty());
    QStringList names;
    for (const RouteFieldInfo &info : schema.route())
        names << info.keys.join('.');
    QCOMPARE(
        names,
        (QStringList{"id", "service", "match.host", "match.path", "match.methods", "match.headers",
                     "match.query", "priority", "timeout", "errors", "rewrite.path"}));
    QCOMPARE(schema.kinds(), (QStringList{"echo", "rate_limit", "respond"}));
    QCOMPARE(schema.settings("echo").size(), 1U);
    QVERIFY(schema.settings("nobody").empty());
}

void TstRouteModels::aFieldReadsAndWritesItsKind()
{
    const auto field = [](const QJsonObject &schema) {
        return RouteFieldInfo::from({"x"}, schema, false);
    };
    const RouteFieldInfo number = field({{"type", "integer"}});
    QCOMPARE(number.value("12"), QJsonValue(12));
    QCOMPARE(number.value("many"), QJsonValue("many"));
    const RouteFieldInfo flag = field({{"type", "boolean"}, {"default", false}});
    QCOMPARE(flag.choices, (QStringList{"true", "false"}));
    QCOMPARE(flag.usual, "false");
    QCOMPARE(flag.value("true"), QJsonValue(true));
    const RouteFieldInfo texts =
        field({{"type", "array"}, {"items", QJsonObject{{"type", "string"}}}});
    QCOMPARE(texts.value("a, b"), QJsonValue(QJsonArray{"a", "b"}));
    const RouteFieldInfo pairs =
        field({{"type", "object"}, {"additionalProperties", QJsonObject{{"type", "string"}}}});
    QCOMPARE(pairs.value("a: b; c"), QJsonValue(QJsonObject{{"a", "b"}, {"c", "*"}}));
    QVERIFY(pairs.value("  ").isNull());
    const QString text = QStringLiteral("{p: {a: b, c: \"*\"}, t: [x, y], o: {deep: [1]}}");
    const YamlRanges ranges(text);
    QCOMPARE(pairs.shown(ranges.find({"p"}), text), "a: b; c: *");
    QCOMPARE(texts.shown(ranges.find({"t"}), text), "x, y");
    QCOMPARE(field({}).shown(ranges.find({"o"}), text), "{deep: [1]}");
    QCOMPARE(field({}).shown(nullptr, text), "");
}

QTEST_GUILESS_MAIN(TstRouteModels)
#include "tst_routemodels.moc"
