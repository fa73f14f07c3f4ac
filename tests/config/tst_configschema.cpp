// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/yamlreader.h"
#include "tests/config/fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace gatehouse;
using config::Findings;
using config::Node;
using config::Schema;

Q_DECLARE_METATYPE(gatehouse::config::Schema)

namespace {

Node parsed(const char *yaml)
{
    Findings findings;
    return config::internal::readYaml("x", yaml, findings).value_or(Node());
}

QString problems(const Schema &schema, const char *yaml)
{
    Findings findings;
    schema.validate(parsed(yaml), "at", findings);
    return test::texts(findings).join('\n');
}

QString completed(const Schema &schema, const char *yaml)
{
    return QString::fromStdString(config::toYaml(schema.withDefaults(parsed(yaml))));
}

QString json(const Schema &schema)
{
    return QString::fromUtf8(QJsonDocument(schema.toJson()).toJson(QJsonDocument::Compact));
}

std::optional<std::string> mustBeEven(const Node &node)
{
    if (node.text().ends_with('1'))
        return "must be even; add one";
    return std::nullopt;
}

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindTakesItsValues_data()
    {
        QTest::addColumn<Schema>("schema");
        QTest::addColumn<QString>("yaml");
        QTest::newRow("any") << Schema::any() << "[{a: 1}]";
        QTest::newRow("default constructed") << Schema() << "{a: 1}";
        QTest::newRow("text") << Schema::text() << "abc";
        QTest::newRow("number as text") << Schema::text() << "200";
        QTest::newRow("true") << Schema::boolean() << "true";
        QTest::newRow("false") << Schema::boolean() << "false";
        QTest::newRow("lowest") << Schema::integer(-3, 5) << "-3";
        QTest::newRow("highest") << Schema::integer(-3, 5) << "5";
        QTest::newRow("duration") << Schema::duration() << "250ms";
        QTest::newRow("size") << Schema::size() << "64KiB";
        QTest::newRow("plain size") << Schema::size() << "512";
        QTest::newRow("choice") << Schema::choice({"a", "b"}) << "b";
        QTest::newRow("empty list") << Schema::list(Schema::text()) << "[]";
        QTest::newRow("list") << Schema::list(Schema::text()) << "[a, b]";
        QTest::newRow("map") << Schema::map(Schema::integer(0, 9)) << "{a: 1, b: 2}";
        QTest::newRow("object") << Schema::object({{"a", Schema::text()}}) << "{a: x}";
        QTest::newRow("either") << Schema::anyOf({Schema::text(), Schema::list(Schema::text())})
                                << "[a]";
        QTest::newRow("null is absent") << Schema::integer(1, 2) << "~";
    }
    void eachKindTakesItsValues()
    {
        QFETCH(Schema, schema);
        QFETCH(QString, yaml);
        QCOMPARE(problems(schema, qPrintable(yaml)), "");
    }

    // S003-36: what is wrong, what was found, what is wanted
    void eachKindRefusesOthers_data()
    {
        QTest::addColumn<Schema>("schema");
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("problem");
        const Schema number = Schema::integer(1, 9);
        QTest::newRow("list for text")
            << Schema::text() << "[a]" << "must be text, found a list [type]";
        QTest::newRow("map for list")
            << Schema::list(number) << "{a: 1}" << "must be a list, found a map [type]";
        QTest::newRow("text for map")
            << Schema::map(number) << "abc" << "must be a map, found \"abc\" [type]";
        QTest::newRow("yes") << Schema::boolean() << "yes"
                             << "must be true or false, found \"yes\" [type]; write true";
        QTest::newRow("off") << Schema::boolean() << "off"
                             << "must be true or false, found \"off\" [type]; write false";
        QTest::newRow("quoted true") << Schema::boolean() << "'true'"
                                     << "must be true or false, found \"true\" [type]; write true";
        QTest::newRow("too low") << number << "0" << "must be at least 1 [range]";
        QTest::newRow("too high") << number << "10" << "must be at most 9 [range]";
        QTest::newRow("far too high")
            << number << "99999999999999999999" << "must be at most 9 [range]";
        QTest::newRow("far too low")
            << number << "-99999999999999999999" << "must be at least 1 [range]";
        QTest::newRow("fraction") << number << "1.5"
                                  << "must be a whole number, found \"1.5\" [type]";
        QTest::newRow("quoted number")
            << number << "'1'" << "must be a whole number, found \"1\" [type]; remove the quotes";
        QTest::newRow("no unit") << Schema::duration() << "10"
                                 << "must be a duration such as 250ms, 10s, 5m, 1h or 7d, found "
                                    "\"10\" [type]; add a unit: did you mean \"10s\"?";
        QTest::newRow("bad size")
            << Schema::size() << "lots"
            << "must be a size such as 512, 64KiB, 10MiB or 1GiB, found \"lots\" [type]";
        QTest::newRow("misspelt choice")
            << Schema::choice({"round_robin", "random"}) << "round_robbin"
            << "must be one of round_robin, random, found \"round_robbin\" [choice]; did you mean "
               "\"round_robin\"?";
        QTest::newRow("neither") << Schema::anyOf({Schema::text(), Schema::list(Schema::text())})
                                 << "{a: 1}"
                                 << "must be text or a list, found a map [type]";
        QTest::newRow("rule") << Schema::text().rule("even", mustBeEven) << "11"
                              << "must be even [even]; add one";
        QTest::newRow("secret is not shown")
            << Schema::integer(1, 2).secret() << "hunter2"
            << "must be a whole number, found something else [type]";
    }
    void eachKindRefusesOthers()
    {
        QFETCH(Schema, schema);
        QFETCH(QString, yaml);
        QFETCH(QString, problem);
        QCOMPARE(problems(schema, qPrintable(yaml)), "x:1:1: error: at: " + problem);
    }

    void anUnknownKeyIsNamedWithItsNeighbour()
    {
        const Schema schema =
            Schema::object({{"timeout", Schema::text()}, {"limit", Schema::text()}});
        QCOMPARE(problems(schema, "{timeuot: 1}"),
                 "x:1:2: error: at.timeuot: is not a known key [unknown-key]; did you mean "
                 "\"timeout\"?");
        QCOMPARE(problems(schema, "{zzzzzzzz: 1}"),
                 "x:1:2: error: at.zzzzzzzz: is not a known key [unknown-key]; known keys are: "
                 "timeout, limit");
    }

    void aRequiredKeyMustNotBeNull()
    {
        const Schema schema =
            Schema::object({{"path", Schema::text().required().describe("The path.")}});
        QCOMPARE(problems(schema, "{}"),
                 "x:1:1: error: at.path: is required [required]; add path: The path.");
        QCOMPARE(problems(schema, "{path: }"),
                 "x:1:8: error: at.path: is required [required]; add path: The path.");
    }

    void anEmptyItemIsNoValue()
    {
        QVERIFY(problems(Schema::list(Schema::text()), "- a\n-\n")
                    .contains("at[1]: must be text, found nothing [type]"));
    }

    void allProblemsAreFound()
    {
        const Schema schema =
            Schema::object({{"a", Schema::integer(1, 2)}, {"b", Schema::list(Schema::boolean())}});
        QCOMPARE(problems(schema, "{a: x, b: [1, true, 2], c: 3}").count('\n'), 3);
    }

    void defaultsAreFilledInAtEveryDepth()
    {
        const Schema inner =
            Schema::object({{"x", Schema::text().withDefault("1")}, {"y", Schema::text()}});
        const Schema schema = Schema::object(
            {{"one", inner}, {"list", Schema::list(inner)}, {"map", Schema::map(inner)}});
        QCOMPARE(completed(schema, "{list: [{y: 2}], map: {k: {}}}"),
                 "one:\n  x: 1\nlist:\n  - x: 1\n    y: 2\nmap:\n  k:\n    x: 1\n");
    }

    void anAbsentObjectIsNotMadeUpIfItRequiresSomething()
    {
        const Schema tls = Schema::object(
            {{"key", Schema::text().required()}, {"version", Schema::text().withDefault("1.3")}});
        QCOMPARE(completed(Schema::object({{"tls", tls}}), "{}"), "{}\n");
    }

    void givenValuesWinOverDefaultsAndKeepTheirPlace()
    {
        const Schema schema = Schema::object({{"a", Schema::text().withDefault("1")}});
        const Node node = schema.withDefaults(parsed("{a: 2}"));
        QCOMPARE(node.textOf("a"), "2");
        QCOMPARE(node.find("a")->mark().text(), "x:1:5");
    }

    void secretsAreMaskedAtEveryDepth()
    {
        const Schema token = Schema::object({{"token", Schema::text().secret()}});
        const Schema schema = Schema::object(
            {{"a", token}, {"list", Schema::list(token)}, {"map", Schema::map(token)}});
        const Node node = schema.masked(
            parsed("{a: {token: x}, list: [{token: y}, {token: ''}], map: {k: {token: z}}}"));
        QCOMPARE(QString::fromStdString(config::toYaml(node)),
                 "a:\n  token: \"***\"\nlist:\n  - token: \"***\"\n  - token: \"\"\nmap:\n  k:\n"
                 "    token: \"***\"\n");
    }

    void aPartRequiresNothingButItsListItemsDo()
    {
        const Schema item = Schema::object({{"id", Schema::text().required()}});
        const Schema schema = Schema::object({{"a", Schema::text().required().withDefault("1")},
                                              {"list", Schema::list(item)}})
                                  .partial();
        QCOMPARE(problems(schema, "{}"), "");
        QVERIFY(problems(schema, "{list: [{}]}").contains("at.list[0].id: is required"));
        QCOMPARE(completed(schema, "{}"), "{}\n");
    }

    void eachKindHasItsJsonSchema_data()
    {
        QTest::addColumn<Schema>("schema");
        QTest::addColumn<QString>("json");
        QTest::newRow("any") << Schema::any() << "{}";
        QTest::newRow("reference") << Schema::reference("m") << R"({"$ref":"#/$defs/m"})";
        QTest::newRow("text") << Schema::text().describe("A name.")
                              << R"({"description":"A name.","type":"string"})";
        QTest::newRow("secret") << Schema::text().secret()
                                << R"({"type":"string","writeOnly":true})";
        QTest::newRow("boolean") << Schema::boolean().withDefault("true")
                                 << R"({"default":true,"type":"boolean"})";
        QTest::newRow("integer") << Schema::integer(1, 9).withDefault("3")
                                 << R"({"default":3,"maximum":9,"minimum":1,"type":"integer"})";
        QTest::newRow("choice") << Schema::choice({"a", "b"})
                                << R"({"enum":["a","b"],"type":"string"})";
        QTest::newRow("list") << Schema::list(Schema::text())
                              << R"({"items":{"type":"string"},"type":"array"})";
        QTest::newRow("map") << Schema::map(Schema::text())
                             << R"({"additionalProperties":{"type":"string"},"type":"object"})";
        QTest::newRow("object")
            << Schema::object({{"a", Schema::text().required()}})
            << R"({"additionalProperties":false,"properties":{"a":{"type":"string"}},)"
               R"("required":["a"],"type":"object"})";
        QTest::newRow("either") << Schema::anyOf({Schema::text(), Schema::boolean()})
                                << R"({"anyOf":[{"type":"string"},{"type":"boolean"}]})";
    }
    void eachKindHasItsJsonSchema()
    {
        QFETCH(Schema, schema);
        QFETCH(QString, json);
        QCOMPARE(::json(schema), json);
    }

    void aFormCanAskForItsParts()
    {
        const Schema schema = Schema::object(
            {{"a", Schema::list(Schema::choice({"x", "y"})).required().describe("Letters.")}});
        QCOMPARE(schema.kind(), Schema::Kind::Object);
        const Schema &list = schema.fields().front().schema;
        QVERIFY(list.isRequired());
        QCOMPARE(list.description(), "Letters.");
        QCOMPARE(test::texts(list.parts().front().choices()), QStringList({"x", "y"}));
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_configschema.moc"
