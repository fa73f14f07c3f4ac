// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/interpolate.h"
#include "tests/config/fixture.h"

using namespace gatehouse;
using config::Findings;
using config::Node;
using config::internal::Interpolator;

namespace {

const std::map<std::string, std::string> variables{
    {"HOST", "api.local"}, {"PORT", "9000"}, {"EMPTY", ""}, {"DOLLAR", "${HOST}"}};

} // namespace

class TestInterpolation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S000-26
    void variablesAreReplaced_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("result");
        QTest::newRow("none") << "plain" << "plain";
        QTest::newRow("one") << "${HOST}" << "api.local";
        QTest::newRow("inside") << "http://${HOST}:${PORT}/" << "http://api.local:9000/";
        QTest::newRow("default unused") << "${PORT:-1}" << "9000";
        QTest::newRow("default") << "${NONE:-1}" << "1";
        QTest::newRow("default of empty") << "${EMPTY:-1}" << "1";
        QTest::newRow("empty") << "<${EMPTY}>" << "<>";
        QTest::newRow("empty default") << "<${NONE:-}>" << "<>";
        QTest::newRow("default in default") << "${NONE:-${HOST}}" << "api.local";
        QTest::newRow("braces in default") << "${NONE:-{a}}" << "{a}";
        QTest::newRow("escaped") << "$${HOST}" << "${HOST}";
        QTest::newRow("two dollars") << "a$$b" << "a$b";
        QTest::newRow("single dollar") << "a$b$" << "a$b$";
        QTest::newRow("a value is not replaced again") << "${DOLLAR}" << "${HOST}";
    }
    void variablesAreReplaced()
    {
        QFETCH(QString, text);
        QFETCH(QString, result);
        Node node = Node::scalar(text.toStdString());
        Findings findings;
        Interpolator(variables).apply(node, "at", findings);
        QCOMPARE(QString::fromStdString(node.text()), result);
        QCOMPARE(test::texts(findings), QStringList());
    }

    void whatCannotBeReplacedIsAFinding_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem");
        QTest::newRow("missing") << "${NOPE}"
                                 << "the variable NOPE is not set [missing-variable]; set it, or "
                                    "write ${NOPE:-default}";
        QTest::newRow("open") << "${HOST"
                              << "${ is never closed [interpolation]; close it with }, or write $$ "
                                 "for a dollar sign";
        QTest::newRow("no name") << "${}"
                                 << "${} names no variable [interpolation]; write ${NAME} or "
                                    "${NAME:-default}, or $$ for a dollar sign";
        QTest::newRow("bad name") << "${a b}"
                                  << "${a b} names no variable [interpolation]; write ${NAME} or "
                                     "${NAME:-default}, or $$ for a dollar sign";
    }
    void whatCannotBeReplacedIsAFinding()
    {
        QFETCH(QString, text);
        QFETCH(QString, problem);
        Node node = Node::scalar(text.toStdString());
        Findings findings;
        Interpolator(variables).apply(node, "at", findings);
        QCOMPARE(test::texts(findings), QStringList("error: at: " + problem));
    }

    void defaultsInDefaultsAreBounded()
    {
        QString text("x");
        for (int i = 0; i < 1000; ++i)
            text = "${NONE:-" + text + "}";
        Node node = Node::scalar(text.toStdString());
        Findings findings;
        Interpolator(variables).apply(node, "at", findings);
        QCOMPARE(test::rules(findings), QStringList("interpolation at"));
    }

    void aReplacedTextCountsAsPlain()
    {
        config::LoadOptions options = test::options();
        options.variables = {{"WEIGHT", "7"}};
        const auto loaded =
            test::loadText("services:\n"
                           "  a:\n"
                           "    instances: [{url: 'http://x', weight: '${WEIGHT}'}]\n",
                           options);
        QVERIFY2(loaded.config, qPrintable(test::texts(loaded.findings).join('\n')));
        QCOMPARE(loaded.config->services[0].instances[0].weight, 7);
    }

    void aMissingVariableIsTheOnlyFindingOfItsValue()
    {
        const auto loaded = test::loadText("shutdown_timeout: ${WAIT}\n");
        QCOMPARE(test::texts(loaded.findings),
                 QStringList("gatehouse.yaml:1:19: error: shutdown_timeout: the variable WAIT is "
                             "not set [missing-variable]; set it, or write ${WAIT:-default}"));
        QVERIFY(!loaded.config);
        QVERIFY(!loaded.isUnusable);
    }
};

QTEST_GUILESS_MAIN(TestInterpolation)
#include "tst_configinterpolation.moc"
