// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yamledit.h"
#include "ui/models/yamlquotes.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstYamlEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aValueIsFoundWhereItStands_data();
    void aValueIsFoundWhereItStands();
    void halfTypedTextIsReadAsFarAsItGoes();
    void linesAndOffsetsAgree();
    void aScalarReadsBack_data();
    void aScalarReadsBack();
    void setChangesOneValueOnly_data();
    void setChangesOneValueOnly();
    void removeTakesTheLinesOfTheValue_data();
    void removeTakesTheLinesOfTheValue();
    void anItemIsInserted_data();
    void anItemIsInserted();
    void itemsChangePlaces();
    void anItemIsCopied();
    void whatStandsInTheWayIsSaid();
    void whatAnEditDoesNotNameStays();
    void deepNestingIsBounded();
};

namespace {

const QString sample = QStringLiteral(R"(# the gateway
version: 1
routes:
  # orders first
  - id: orders   # the shop
    match: {host: api.local, path: "/v1/orders", methods: [GET, POST]}
    middleware:
      - {use: ratelimit, limit: 5, window: 10s}
      - echo
    service: orders

  - {id: old, match: {path: '/v0/{*rest}'}, middleware: [{use: redirect, to: "/{rest}"}]}
  - id: text
    match:
      path: /text
      methods:
        - GET
        - PUT # both
    middleware:
      - use: respond
        body: |
          Hello
          # no comment
        status: 200
services:
  orders: {instances: ["http://127.0.0.1:1"]}
)");

QStringList split(const QString &path)
{
    return path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
}

} // namespace

void TstYamlEdit::aValueIsFoundWhereItStands_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("text");
    QTest::newRow("top") << "version" << "1" << "1";
    QTest::newRow("before a comment") << "routes/0/id" << "orders" << "orders";
    QTest::newRow("in flow") << "routes/0/match/path" << "\"/v1/orders\"" << "/v1/orders";
    QTest::newRow("plain in flow") << "routes/0/match/host" << "api.local" << "api.local";
    QTest::newRow("flow list") << "routes/0/match/methods" << "[GET, POST]" << "";
    QTest::newRow("item of flow list") << "routes/0/match/methods/1" << "POST" << "POST";
    QTest::newRow("last in flow") << "routes/0/middleware/0/window" << "10s" << "10s";
    QTest::newRow("item that is a text") << "routes/0/middleware/1" << "echo" << "echo";
    QTest::newRow("single quotes") << "routes/1/match/path" << "'/v0/{*rest}'" << "/v0/{*rest}";
    QTest::newRow("flow in flow") << "routes/1/middleware/0/to" << "\"/{rest}\"" << "/{rest}";
    QTest::newRow("block list") << "routes/2/match/methods/1" << "PUT" << "PUT";
    QTest::newRow("literal") << "routes/2/middleware/0/body"
                             << "|\n          Hello\n          # no comment"
                             << "Hello\n# no comment";
    QTest::newRow("behind a literal") << "routes/2/middleware/0/status" << "200" << "200";
    QTest::newRow("url") << "services/orders/instances/0" << "\"http://127.0.0.1:1\""
                         << "http://127.0.0.1:1";
}

void TstYamlEdit::aValueIsFoundWhereItStands()
{
    QFETCH(QString, path);
    QFETCH(QString, source);
    QFETCH(QString, text);
    const YamlRanges ranges(sample);
    const YamlNode *const node = ranges.find(split(path));
    QVERIFY(node);
    QCOMPARE(sample.mid(node->begin, node->end - node->begin), source);
    QCOMPARE(node->text, text);
}

void TstYamlEdit::halfTypedTextIsReadAsFarAsItGoes()
{
    const YamlRanges open(QStringLiteral("routes:\n- id: a\n  match: {path: \"/x\n- id: b\n"));
    QCOMPARE(open.find({"routes"})->entries.size(), 1U);
    const YamlRanges typed(QStringLiteral("routes:\n- id: a\n  servi\n- id: b\n  service: s\n"));
    QCOMPARE(typed.find({"routes"})->entries.size(), 2U);
    QCOMPARE(typed.find({"routes", "1", "service"})->text, "s");
    QCOMPARE(YamlRanges(QString()).root().entries.size(), 0U);
    QVERIFY(!YamlRanges(sample).find({"routes", "9"}));
    QVERIFY(!YamlRanges(sample).find({"routes", "0", "id", "x"}));
}

void TstYamlEdit::linesAndOffsetsAgree()
{
    const qsizetype at = sample.indexOf(QLatin1String("id: old"));
    const int line = yamlLineNumber(sample, at);
    QCOMPARE(line, 12);
    QCOMPARE(yamlOffset(sample, line, int(at - yamlLineBegin(sample, at)) + 1), at);
    QCOMPARE(yamlOffset(sample, 1000, 1), sample.size());
    QCOMPARE(yamlOffset(sample, 2, 1000), yamlLineEnd(sample, yamlOffset(sample, 2, 1)) - 1);
}

void TstYamlEdit::aScalarReadsBack_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"orders",
                             "/v1/orders",
                             "/users/{id:int}",
                             "",
                             "true",
                             "NO",
                             "10",
                             "1.5e3",
                             "~[0-9]+",
                             "a: b",
                             "a #b",
                             "it's",
                             "say \"hi\"",
                             "tab\there",
                             "two\nlines",
                             "*",
                             "-",
                             "- x",
                             "*.example.com",
                             "10s",
                             "64KiB",
                             "{{ name }}",
                             "back\\slash",
                             "...",
                             " space "})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("beyond latin") << QStringLiteral("grüße ☃");
}

void TstYamlEdit::aScalarReadsBack()
{
    QFETCH(QString, text);
    using Style = YamlNode::Style;
    for (const Style style : {Style::Plain, Style::SingleQuoted, Style::DoubleQuoted}) {
        const QString scalar = yamlScalar(text, style);
        const YamlRanges block(QStringLiteral("key: %1 # x\nnext: 1\n").arg(scalar));
        QCOMPARE(block.find({"key"})->text, text);
        const YamlRanges flow(QStringLiteral("{key: %1, next: 1}").arg(scalar));
        QCOMPARE(flow.find({"key"})->text, text);
        QVERIFY(flow.find({"next"}));
    }
}

void TstYamlEdit::setChangesOneValueOnly_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *name, const char *path, const QJsonValue &value,
                        const char *before, const char *after) {
        QTest::newRow(name) << path << value << before << after;
    };
    row("plain", "routes/0/id", "carts", "id: orders   # the shop", "id: carts   # the shop");
    row("quotes stay", "routes/0/match/path", "/v2/{id}", "\"/v1/orders\"", "\"/v2/{id}\"");
    row("single quotes stay", "routes/1/match/path", "/a", "'/v0/{*rest}'", "'/a'");
    row("number", "routes/0/middleware/0/limit", 50, "limit: 5,", "limit: 50,");
    row("flow list", "routes/0/match/methods", QJsonArray{"PUT"}, "[GET, POST]", "[PUT]");
    row("block list", "routes/2/match/methods", QJsonArray{"GET", "DELETE"},
        "        - GET\n        - PUT", "        - GET\n        - DELETE");
    row("literal becomes a line", "routes/2/middleware/0/body", "Hi",
        "body: |\n          Hello\n          # no comment\n", "body: Hi\n");
    row("key added to a block", "routes/0/priority", 7, "    service: orders\n",
        "    service: orders\n    priority: 7\n");
    row("key added to flow", "routes/1/service", "orders", "to: \"/{rest}\"}]}",
        "to: \"/{rest}\"}], service: orders}");
    row("nested keys added", "routes/0/match/headers/x-a", "1", "methods: [GET, POST]}",
        "methods: [GET, POST], headers: {x-a: \"1\"}}");
    row("map added to a block", "routes/0/rewrite/path", "/x", "    service: orders\n",
        "    service: orders\n    rewrite: {path: /x}\n");
    row("block map becomes flow", "routes/2/match", QJsonObject{{"path", "/y"}},
        "match:\n      path: /text\n      methods:\n        - GET\n        - PUT #",
        "match: {path: /y} #");
}

void TstYamlEdit::setChangesOneValueOnly()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, value);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const Result<YamlEdit> edit = yaml::set(sample, split(path), value);
    QVERIFY(edit);
    QVERIFY(sample.count(before) == 1);
    QCOMPARE(edit->appliedTo(sample), QString(sample).replace(before, after));
}

void TstYamlEdit::removeTakesTheLinesOfTheValue_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("line") << "routes/0/service" << "    service: orders\n" << "";
    QTest::newRow("first of an item") << "routes/0/id" << "- id: orders   # the shop\n    match:"
                                      << "- match:";
    QTest::newRow("first in flow") << "routes/0/match/host" << "{host: api.local, path" << "{path";
    QTest::newRow("last in flow") << "routes/0/match/methods" << ", methods: [GET, POST]}" << "}";
    QTest::newRow("item") << "routes/0/middleware/1" << "      - echo\n" << "";
    QTest::newRow("flow route")
        << "routes/1"
        << "  - {id: old, match: {path: '/v0/{*rest}'}, middleware: [{use: redirect, to: "
           "\"/{rest}\"}]}\n"
        << "";
    QTest::newRow("only item") << "routes/1/middleware/0" << "[{use: redirect, to: \"/{rest}\"}]"
                               << "[]";
}

void TstYamlEdit::removeTakesTheLinesOfTheValue()
{
    QFETCH(QString, path);
    QFETCH(QString, before);
    QFETCH(QString, after);
    const Result<YamlEdit> edit = yaml::remove(sample, split(path));
    QVERIFY(edit);
    QVERIFY(sample.count(before) == 1);
    QCOMPARE(edit->appliedTo(sample), QString(sample).replace(before, after));
}

void TstYamlEdit::anItemIsInserted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("after");
    QTest::newRow("block") << "routes:\n- id: a\n- id: b\n"
                           << 1 << "routes:\n- id: a\n- id: new\n  service: s\n- id: b\n";
    QTest::newRow("block end") << "routes:\n  - id: a # x\nservices: {}\n"
                               << 9
                               << "routes:\n  - id: a # x\n  - id: new\n    service: s\n"
                                  "services: {}\n";
    QTest::newRow("no line break")
        << "routes:\n  - id: a" << 9 << "routes:\n  - id: a\n  - id: new\n    service: s";
    QTest::newRow("flow") << "routes: [{id: a}]\n"
                          << 0 << "routes: [{id: new, service: s}, {id: a}]\n";
    QTest::newRow("empty flow") << "routes: []\n" << 0 << "routes: [{id: new, service: s}]\n";
    QTest::newRow("nothing behind the key")
        << "routes:\nversion: 1\n"
        << 0 << "routes:\n  - id: new\n    service: s\nversion: 1\n";
    QTest::newRow("no key") << "version: 1" << 0
                            << "version: 1\nroutes:\n  - id: new\n    service: s\n";
}

void TstYamlEdit::anItemIsInserted()
{
    QFETCH(QString, text);
    QFETCH(int, index);
    QFETCH(QString, after);
    const Result<YamlEdit> edit =
        yaml::insert(text, {"routes"}, index, QJsonObject{{"service", "s"}, {"id", "new"}});
    QVERIFY(edit);
    QCOMPARE(edit->appliedTo(text), after);
}

void TstYamlEdit::itemsChangePlaces()
{
    const QString text = QStringLiteral("routes:\n- id: a\n  x: 1\n\n# of b\n- id: b");
    const Result<YamlEdit> edit = yaml::swapWithNext(text, {"routes"}, 0);
    QVERIFY(edit);
    QCOMPARE(edit->appliedTo(text), QStringLiteral("routes:\n- id: b\n\n# of b\n- id: a\n  x: 1"));
    const QString flow = QStringLiteral("[{id: a},  {id: b}]");
    QCOMPARE(yaml::swapWithNext(flow, {}, 0)->appliedTo(flow), "[{id: b},  {id: a}]");
}

void TstYamlEdit::anItemIsCopied()
{
    const QString text = QStringLiteral("routes:\n- id: a # x\n- id: b");
    QCOMPARE(yaml::duplicate(text, {"routes"}, 0)->appliedTo(text),
             QStringLiteral("routes:\n- id: a # x\n- id: a # x\n- id: b"));
    QCOMPARE(yaml::duplicate(text, {"routes"}, 1)->appliedTo(text),
             QStringLiteral("routes:\n- id: a # x\n- id: b\n- id: b"));
}

void TstYamlEdit::whatStandsInTheWayIsSaid()
{
    QCOMPARE(yaml::remove(sample, {"routes", "7"}).error().code(), ErrorCode::NotFound);
    const auto under = yaml::set(sample, {"routes", "0", "middleware", "1", "status"}, 1);
    QCOMPARE(under.error().code(), ErrorCode::Unprocessable);
    QVERIFY(under.error().text().contains("routes.0.middleware.1"));
    QVERIFY(!yaml::insert(sample, {"version"}, 0, 1));
    QVERIFY(!yaml::setSource(sample, {"version"}, "a\nb"));
}

// Random edits of random texts: the rest stays, and the value reads back.
void TstYamlEdit::whatAnEditDoesNotNameStays()
{
    QRandomGenerator random(7);
    const QStringList paths{"routes/0/id",
                            "routes/0/match/path",
                            "routes/0/service",
                            "routes/1/match/path",
                            "routes/1/id",
                            "routes/2/match/path",
                            "routes/2/middleware/0/status",
                            "routes/0/priority",
                            "routes/1/priority",
                            "routes/2/timeout",
                            "services/orders/balancer"};
    QString text = sample;
    for (int i = 0; i < 400; ++i) {
        const QStringList path = split(paths[random.bounded(paths.size())]);
        const QString value = QStringLiteral("/v%1/{id:int} '\"#")
                                  .arg(random.bounded(1000))
                                  .left(random.bounded(1, 20));
        const Result<YamlEdit> edit = yaml::set(text, path, value);
        QVERIFY(edit);
        const QString after = edit->appliedTo(text);
        QCOMPARE(after.left(edit->begin), text.left(edit->begin));
        QCOMPARE(after.right(text.size() - edit->end), text.mid(edit->end));
        const YamlRanges ranges(after);
        QCOMPARE(ranges.find(path)->text, value);
        QCOMPARE(ranges.find({"routes"})->entries.size(), 3U);
        for (const char *comment : {"# the gateway", "# orders first", "# the shop", "# both"})
            QVERIFY(after.contains(QLatin1String(comment)));
        if (random.bounded(3) == 0 && path.last() != "id")
            text = yaml::remove(after, path)->appliedTo(after);
        else
            text = after;
    }
}

void TstYamlEdit::deepNestingIsBounded()
{
    const YamlRanges flow(QString(100'000, QLatin1Char('[')));
    QVERIFY(flow.root().isList());
    QString dashes;
    for (int i = 0; i < 20'000; ++i)
        dashes += QStringLiteral("- ");
    QVERIFY(YamlRanges(dashes).root().isList());
}

QTEST_GUILESS_MAIN(TstYamlEdit)
#include "tst_yamledit.moc"
