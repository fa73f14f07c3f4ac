// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/yamlreader.h"
#include "tests/config/fixture.h"

using namespace gatehouse;
using config::Findings;
using config::Node;

namespace {

QString written(const Node &node)
{
    return QString::fromStdString(config::toYaml(node));
}

/// Read and written again; the findings if it cannot be read.
QString readBack(const std::string &yaml)
{
    Findings findings;
    const std::optional<Node> node = config::internal::readYaml("x.yaml", yaml, findings);
    return findings.empty() && node ? written(*node) : test::texts(findings).join('\n');
}

QString places(const Node &node)
{
    QString result = QString::fromStdString(node.mark().text());
    for (const Node &item : node.items())
        result += ' ' + places(item);
    for (const Node::Member &member : node.members())
        result += ' ' + QString::fromStdString(member.key + "@" + member.keyMark.text()) + '='
            + places(member.value);
    return result;
}

} // namespace

class TestYaml : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyValueAndKeyHasItsPlace()
    {
        Findings findings;
        const auto node = config::internal::readYaml("x", "a:\n  - b\n  - {c: d}\n", findings);
        QVERIFY(node);
        QCOMPARE(places(*node), "x:1:1 a@x:1:1=x:2:3 x:2:5 x:3:5 c@x:3:6=x:3:9");
    }

    void aValueFromTheCommandLineHasNoLine()
    {
        Findings findings;
        const auto node = config::internal::readYamlValue("--set a", "[1, {b: 2}]", findings);
        QVERIFY(node);
        QCOMPARE(places(*node), "--set a --set a --set a b@--set a=--set a");
    }

    void whatIsReadIsWrittenBack_data()
    {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("back");
        QTest::newRow("scalar") << "a" << "a\n";
        QTest::newRow("nothing") << "" << "null\n";
        QTest::newRow("comment only") << "# x\n" << "null\n";
        QTest::newRow("block") << "a: 1\nb:\n- x\n- y: 2\n  z: 3\n"
                               << "a: 1\nb:\n  - x\n  - y: 2\n    z: 3\n";
        QTest::newRow("flow") << "{a: [1, 2], b: {}, c: []}"
                              << "a:\n  - 1\n  - 2\nb: {}\nc: []\n";
        QTest::newRow("null") << "a: ~\nb:\nc: null\n" << "a: null\nb: null\nc: null\n";
        QTest::newRow("quoted number stays text") << "a: \"200\"\nb: 200\n"
                                                  << "a: \"200\"\nb: 200\n";
        QTest::newRow("quoted word stays text") << "a: 'true'\nb: true\n"
                                                << "a: \"true\"\nb: true\n";
        QTest::newRow("tagged text") << "a: !!str 200\n" << "a: \"200\"\n";
        QTest::newRow("needs quotes") << "a: '{x}'\nb: 'x: y'\nc: '#'\nd: ''\n"
                                      << "a: \"{x}\"\nb: \"x: y\"\nc: \"#\"\nd: \"\"\n";
        QTest::newRow("escapes") << "a: \"x\\ty\\\"\\\\\"\n" << "a: \"x\\x09y\\\"\\\\\"\n";
        QTest::newRow("alias") << "a: &x {b: 1}\nc: *x\n" << "a:\n  b: 1\nc:\n  b: 1\n";
        QTest::newRow("merge key") << "a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n"
                                   << "a:\n  b: 1\n  c: 2\nd:\n  c: 3\n  b: 1\n";
        QTest::newRow("merge list") << "a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}\n"
                                    << "a:\n  b: 1\nc:\n  b: 2\n  d: 3\ne:\n  b: 1\n  d: 3\n";
        QTest::newRow("nested lists") << "- - a\n  - b\n- c\n" << "- - a\n  - b\n- c\n";
        QTest::newRow("block text") << "a: |\n  x\n  y\n" << "a: \"x\\x0Ay\\x0A\"\n";
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF"
                                            "a: 1\n"
                                         << "a: 1\n";
        QTest::newRow("windows lines") << "a: 1\r\nb: 2\r\n" << "a: 1\nb: 2\n";
    }
    void whatIsReadIsWrittenBack()
    {
        QFETCH(QString, yaml);
        QFETCH(QString, back);
        QCOMPARE(readBack(yaml.toStdString()), back);
        QCOMPARE(readBack(back.toStdString()), back);
    }

    void aDollarSignSurvivesInterpolationAfterBeingWritten()
    {
        QCOMPARE(written(Node::scalar("${x}")), "\"$${x}\"\n");
    }

    void commentsStandBehindTheirScalar()
    {
        Findings findings;
        const std::string yaml = "list:\n  - use: a\n    of:\n      - use: b\n  - c\nempty: []\n";
        const auto node = config::internal::readYaml("x", yaml, findings);
        QVERIFY(node);
        const config::Comments comments{{"list[0].use", "why: \"a\""},
                                        {"list[1]", "why c"},
                                        {"list", "no scalar"},
                                        {"empty", "nothing"},
                                        {"of[0].use", "elsewhere"}};
        const std::string text = config::toYaml(*node, comments);
        QCOMPARE(QString::fromStdString(text),
                 "list:\n  - use: a # why: \"a\"\n    of:\n      - use: b\n  - c # why c\n"
                 "empty: [] # nothing\n");
        QCOMPARE(readBack(text), QString::fromStdString(yaml));
    }

    void whatIsNoYamlIsAFindingWithItsPlace_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("start");
        QTest::newRow("tab") << QByteArray("a:\n\tb: 1\n") << "x.yaml:2:1: error: a tab";
        QTest::newRow("open list") << QByteArray("a: [1,\n") << "x.yaml:2:1: error: is no YAML";
        QTest::newRow("open quote") << QByteArray("a: 1\nb: \"x\nc: 2\n")
                                    << "x.yaml:2:4: error: the quotes are never closed";
        QTest::newRow("open single quote")
            << QByteArray("b: 'it''s\n") << "x.yaml:1:4: error: the quotes are never closed";
        QTest::newRow("unknown alias") << QByteArray("a: *b\n") << "x.yaml:1:4: error: is no YAML";
        QTest::newRow("alias in itself")
            << QByteArray("a: &x [*x]\n") << "x.yaml:1:8: error: an alias inside";
        QTest::newRow("duplicate key")
            << QByteArray("a: 1\nb: 2\na: 3\n")
            << "x.yaml:3:1: error: \"a\" is given twice, first in line 1";
        QTest::newRow("list as key")
            << QByteArray("? [a]\n: 1\n") << "x.yaml:1:3: error: a key must be a text";
        QTest::newRow("merge of text") << QByteArray("<<: x\n") << "x.yaml:1:5: error: << takes";
        QTest::newRow("two documents")
            << QByteArray("a: 1\n---\nb: 1\n") << "x.yaml:2:1: error: a second document";
        QTest::newRow("not UTF-8")
            << QByteArray("a: 1\nb: \xC3\xA4\xFF\n") << "x.yaml:2:6: error: is not valid UTF-8";
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE\x61\x00", 4)
                                << "x.yaml:1:4: error: holds a zero byte";
        QTest::newRow("zero byte") << QByteArray("a: \0", 4) << "x.yaml:1:4: error: holds a zero";
        QTest::newRow("bad directive") << QByteArray("%YAML 9.9\n---\n") << "x.yaml:1:1: error:";
    }
    void whatIsNoYamlIsAFindingWithItsPlace()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QString, start);
        const QString found = readBack(yaml.toStdString());
        QVERIFY2(found.startsWith(start), qPrintable(found));
    }
};

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_configyaml.moc"
