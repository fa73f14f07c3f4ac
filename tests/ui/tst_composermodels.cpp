// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerfieldsmodel.h"
#include "ui/models/composerhistory.h"
#include "ui/models/composeroutgoing.h"
#include "ui/models/composerquery.h"
#include "ui/models/composertestfile.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstComposerModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theQueryAndItsFieldsAreOneThing_data();
    void theQueryAndItsFieldsAreOneThing();
    void whatIsOffStaysWhereItWas();
    void variablesAreNotEncoded();
    void headersAreTextAndBack();
    void variablesBecomeTheirValues();
    void aVariableWithoutAValueIsSaid_data();
    void aVariableWithoutAValueIsSaid();
    void secretsAreNotStored();
    void credentialHeadersAreNotStored();
    void aRequestComesBackAsItWasStored();
    void aPlanSaysWhatIsWrongAndWhere_data();
    void aPlanSaysWhatIsWrongAndWhere();
    void aBodyBringsItsType_data();
    void aBodyBringsItsType();
    void aFileIsReadWhenItIsSent();
    void jsonIsCheckedWithItsPlace_data();
    void jsonIsCheckedWithItsPlace();
    void theLastRowMakesAField();
    void fieldsKeepTheRulesOfModels();
    void credentialsAreHiddenWhileMasked();
    void theHistoryIsBounded();
    void aLargeBodyIsNotKeptInTheHistory();
    void aTestGoesToTheEndOfItsFile();
    void aFileThatCannotBeAppendedToIsRefused();

private:
    const ComposerEnvironment m_local{"local",
                                      {{"HOST", "api.local", false},
                                       {"TOKEN", "t0ken", true},
                                       {"LOST", "", true},
                                       {"FROM", "${GATEHOUSE_TEST_NONE}", false}}};
};

void TstComposerModels::theQueryAndItsFieldsAreOneThing_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("again");
    QTest::newRow("none") << "/orders" << "/orders";
    QTest::newRow("pairs") << "/o?a=1&b=2" << "/o?a=1&b=2";
    QTest::newRow("no value") << "/o?a&b=" << "/o?a&b";
    QTest::newRow("encoded") << "/o?a=x%20y&b=%26" << "/o?a=x%20y&b=%26";
    QTest::newRow("plus is a space") << "/o?a=x+y" << "/o?a=x%20y";
    QTest::newRow("equals in a value") << "/o?a=b%3Dc" << "/o?a=b%3Dc";
    QTest::newRow("fragment goes") << "/o?a=1#top" << "/o?a=1";
    QTest::newRow("whole url") << "http://h:1/p?a=1" << "http://h:1/p?a=1";
}

void TstComposerModels::theQueryAndItsFieldsAreOneThing()
{
    QFETCH(const QString, target);
    QFETCH(const QString, again);
    const QString written = withQuery(target, queryOf(target));
    QCOMPARE(written, again);
    QCOMPARE(queryOf(written), queryOf(target));
}

void TstComposerModels::whatIsOffStaysWhereItWas()
{
    const ComposerFields before{{"a", "1", true}, {"debug", "1", false}, {"b", "2", true}};
    QCOMPARE(withQuery("/o", before), "/o?a=1&b=2");
    const ComposerFields after = mergedQuery("/o?a=1&b=3", before);
    QCOMPARE(after, (ComposerFields{{"a", "1", true}, {"debug", "1", false}, {"b", "3", true}}));
}

void TstComposerModels::variablesAreNotEncoded()
{
    QCOMPARE(withQuery("/o", {{"q", "{{WORD}} &", true}}), "/o?q={{WORD}}%20%26");
    QCOMPARE(queryOf("/o?q={{WORD}}").front().value, "{{WORD}}");
}

void TstComposerModels::headersAreTextAndBack()
{
    const ComposerFields headers{{"Accept", "text/plain", true}, {"X-Debug", "a: b", false}};
    QCOMPARE(headerText(headers), "Accept: text/plain\n# X-Debug: a: b");
    QCOMPARE(headersFromText(headerText(headers)), headers);
    QString problem;
    QCOMPARE(headersFromText("Accept: x\n\nnonsense", &problem).size(), std::size_t(2));
    QVERIFY2(problem.contains("Line 3"), qPrintable(problem));
}

void TstComposerModels::variablesBecomeTheirValues()
{
    QCOMPARE(resolved("http://{{HOST}}/{{ HOST }}?t={{TOKEN}}", m_local).text,
             "http://api.local/api.local?t=t0ken");
    QCOMPARE(resolved("{{HOST}} {{TOKEN}}", m_local, Secrets::Keep).text, "api.local {{TOKEN}}");
    QVERIFY(resolved("{{HOST}}{not one}}{{}}", m_local).problems.isEmpty());
    qputenv("GATEHOUSE_TEST_SOME", "from outside");
    const ComposerEnvironment outside{"x", {{"A", "${GATEHOUSE_TEST_SOME}", true}}};
    QCOMPARE(resolved("{{A}}", outside).text, "from outside");
    qunsetenv("GATEHOUSE_TEST_SOME");
}

void TstComposerModels::aVariableWithoutAValueIsSaid_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("unknown") << "{{NONE}}" << "{{NONE}} has no value in the environment local.";
    QTest::newRow("lost secret") << "{{LOST}}"
                                 << "{{LOST}} is a secret that is kept for one session: type it in "
                                    "again.";
    QTest::newRow("not set outside") << "{{FROM}}"
                                     << "{{FROM}} comes from the variable GATEHOUSE_TEST_NONE of "
                                        "the program, which is not set.";
}

void TstComposerModels::aVariableWithoutAValueIsSaid()
{
    QFETCH(const QString, text);
    QFETCH(const QString, sentence);
    const ResolvedText done = resolved(text + text, m_local);
    QCOMPARE(done.problems, QStringList{sentence});
    QCOMPARE(done.text, text + text);
}

void TstComposerModels::secretsAreNotStored()
{
    const ComposerEnvironment stored{
        "s", {{"A", "secret", true}, {"B", "${B}", true}, {"C", "open", false}}};
    const ComposerEnvironment back = environmentFrom(toJson(stored));
    QCOMPARE(back.find("A")->value, "");
    QVERIFY(back.find("A")->isSecret);
    QCOMPARE(back.find("B")->value, "${B}");
    QCOMPARE(back.find("C")->value, "open");
}

void TstComposerModels::credentialHeadersAreNotStored()
{
    ComposerRequest request;
    request.headers = {{"Authorization", "Bearer abc", true},
                       {"authorization", "Bearer {{TOKEN}}", true},
                       {"X_Api_Key", "k", false},
                       {"Cookie", "a=b", true},
                       {"Accept", "*/*", true}};
    const ComposerRequest back = requestFrom(toJson(request));
    QStringList values;
    for (const ComposerField &header : back.headers)
        values << header.value;
    QCOMPARE(values, (QStringList{"", "Bearer {{TOKEN}}", "", "", "*/*"}));
}

void TstComposerModels::aRequestComesBackAsItWasStored()
{
    ComposerRequest request;
    request.method = "PATCH";
    request.target = "/o?a=1";
    request.isDirect = true;
    request.instance = "http://127.0.0.1:9001";
    request.query = {{"a", "1", true}, {"b", "2", false}};
    request.headers = {{"Accept", "*/*", true}};
    request.body = {ComposerBody::Kind::Form, "text", {{"x", "y", true}}, "/f", "\xff\x01"};
    QCOMPARE(requestFrom(toJson(request)), request);
    QCOMPARE(requestFrom({}), ComposerRequest());
    request.body.text = QString(300'000, 'x');
    QCOMPARE(requestFrom(toJson(request)).body.text, "");
}

void TstComposerModels::aPlanSaysWhatIsWrongAndWhere_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("place");
    const auto row = [](const char *name, const char *method, const char *target,
                        const char *header, const char *value, ComposerPlace place) {
        QTest::newRow(name) << method << target << header << value << int(place);
    };
    row("no method", "", "/", "A", "b", ComposerPlace::Method);
    row("method with a space", "GET X", "/", "A", "b", ComposerPlace::Method);
    row("other scheme", "GET", "ftp://h/", "A", "b", ComposerPlace::Target);
    row("no host", "GET", "http:///x", "A", "b", ComposerPlace::Target);
    row("variable in the target", "GET", "/{{NONE}}", "A", "b", ComposerPlace::Target);
    row("header name", "GET", "/", "A b", "b", ComposerPlace::Headers);
    row("nameless header", "GET", "/", "", "b", ComposerPlace::Headers);
    row("line break", "GET", "/", "A", "b\nInjected: c", ComposerPlace::Headers);
    row("variable in a header", "GET", "/", "A", "{{NONE}}", ComposerPlace::Headers);
}

void TstComposerModels::aPlanSaysWhatIsWrongAndWhere()
{
    QFETCH(const QString, method);
    QFETCH(const QString, target);
    QFETCH(const QString, header);
    QFETCH(const QString, value);
    QFETCH(const int, place);
    ComposerRequest request;
    request.method = method;
    request.target = target;
    request.headers = {{header, value, true}};
    OutgoingPlan plan = planFor(request, m_local, "http://127.0.0.1:1");
    QCOMPARE(plan.problems.size(), std::size_t(1));
    QCOMPARE(int(plan.problems[0].place), place);
    QVERIFY(plan.problems[0].sentence.endsWith('.')
            || plan.problems[0].place == ComposerPlace::Target);
    request.headers[0].isOn = false;
    plan = planFor(request, m_local, "http://127.0.0.1:1");
    QCOMPARE(plan.problems.empty(), place == int(ComposerPlace::Headers));
}

void TstComposerModels::aBodyBringsItsType_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("type");
    using Kind = ComposerBody::Kind;
    QTest::newRow("none") << int(Kind::None) << QByteArray() << QByteArray();
    QTest::newRow("text") << int(Kind::Text) << QByteArray("[\"api.local\"]")
                          << QByteArray("text/plain; charset=utf-8");
    QTest::newRow("json") << int(Kind::Json) << QByteArray("[\"api.local\"]")
                          << QByteArray("application/json");
    QTest::newRow("form") << int(Kind::Form) << QByteArray("h=api.local&x=a%20b")
                          << QByteArray("application/x-www-form-urlencoded");
    QTest::newRow("bytes") << int(Kind::Bytes) << QByteArray("\xff\x00\x01", 3) << QByteArray();
}

void TstComposerModels::aBodyBringsItsType()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, body);
    QFETCH(const QByteArray, type);
    ComposerRequest request;
    request.body = {ComposerBody::Kind(kind),
                    "[\"{{HOST}}\"]",
                    {{"h", "{{HOST}}", true}, {"off", "{{NONE}}", false}, {"x", "a b", true}},
                    {},
                    QByteArray("\xff\x00\x01", 3)};
    OutgoingPlan plan = planFor(request, m_local, "http://h");
    QVERIFY(plan.problems.empty());
    QCOMPARE(plan.request.body, body);
    QCOMPARE(plan.request.headers.empty() ? QByteArray() : plan.request.headers[0].second, type);
    request.headers = {{"content-type", "x/y", true}};
    plan = planFor(request, m_local, "http://h");
    QCOMPARE(plan.request.headers.size(), std::size_t(1));
}

void TstComposerModels::aFileIsReadWhenItIsSent()
{
    const QTemporaryDir folder;
    ComposerRequest request;
    request.body.kind = ComposerBody::Kind::File;
    request.body.file = folder.filePath("body");
    QCOMPARE(planFor(request, {}, "http://h").problems[0].place, ComposerPlace::Body);
    QFile file(request.body.file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("content");
    file.close();
    QVERIFY(planFor(request, {}, "http://h").problems.empty());
    QVERIFY(planFor(request, {}, "http://h").request.body.isEmpty());
    QCOMPARE(planFor(request, {}, "http://h", FileBodies::Read).request.body, "content");
}

void TstComposerModels::jsonIsCheckedWithItsPlace_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("begin");
    QTest::newRow("object") << "{\"a\": [1, true, null]}" << "";
    QTest::newRow("lone value") << "42" << "";
    QTest::newRow("variable as a value") << "{\"a\": {{HOST}}, \"b\": \"x{{HOST}}\"}" << "";
    QTest::newRow("empty") << " " << "No JSON yet";
    QTest::newRow("two values") << "1, 2" << "JSON is one value";
    QTest::newRow("second line") << "{\n  \"a\": 1,\n  b\n}" << "No valid JSON, line 3, column";
}

void TstComposerModels::jsonIsCheckedWithItsPlace()
{
    QFETCH(const QString, text);
    QFETCH(const QString, begin);
    const QString problem = jsonProblem(text);
    QVERIFY2(begin.isEmpty() ? problem.isEmpty() : problem.startsWith(begin), qPrintable(problem));
}

void TstComposerModels::theLastRowMakesAField()
{
    ComposerFieldsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy edited(&model, &ComposerFieldsModel::edited);
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(!model.setData(model.index(0, 0), "", Qt::EditRole));
    QVERIFY(model.setData(model.index(0, 1), "value", Qt::EditRole));
    QVERIFY(model.setData(model.index(0, 0), "Name", Qt::EditRole));
    QVERIFY(model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(model.fields(), (ComposerFields{{"Name", "value", false}}));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(edited.count(), 3);
    QCOMPARE(model.data(model.index(0, 0), Qt::AccessibleTextRole), "Name: value, not sent");
}

void TstComposerModels::fieldsKeepTheRulesOfModels()
{
    ComposerFieldsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setFields({{"A", "{{NONE}}", true}, {"B", "b", true}});
    model.setEnvironment(m_local);
    QVERIFY(model.data(model.index(0, 1), Qt::ToolTipRole).toString().contains("NONE"));
    QVERIFY(!model.removeRows(2, 1)); // the empty one stays
    QVERIFY(model.removeRows(0, 1));
    QCOMPARE(model.fields().front().name, "B");
}

void TstComposerModels::credentialsAreHiddenWhileMasked()
{
    ComposerFieldsModel model;
    model.setFields({{"Authorization", "Bearer abc", true},
                     {"Authorization", "Bearer {{TOKEN}}", true},
                     {"Accept", "*/*", true}});
    model.setMasked(true);
    QVERIFY(!model.data(model.index(0, 1), Qt::DisplayRole).toString().contains("abc"));
    QVERIFY(!model.data(model.index(0, 1), Qt::AccessibleTextRole).toString().contains("abc"));
    QCOMPARE(model.data(model.index(1, 1), Qt::DisplayRole), "Bearer {{TOKEN}}");
    QCOMPARE(model.data(model.index(2, 1), Qt::DisplayRole), "*/*");
}

void TstComposerModels::theHistoryIsBounded()
{
    ComposerHistory history;
    const QAbstractItemModelTester tester(&history,
                                          QAbstractItemModelTester::FailureReportingMode::Fatal);
    const quint64 first = history.add({}, QDateTime::currentDateTime());
    for (std::size_t i = 0; i < ComposerHistory::mostEntries; ++i)
        history.add({}, QDateTime::currentDateTime());
    QCOMPARE(history.rowCount(), int(ComposerHistory::mostEntries));
    history.update(first, [](ComposerSent &) { QFAIL("it has gone"); });
    history.update(history.at(0).id, [](ComposerSent &sent) {
        sent.status = 429;
        sent.decision = "limited";
    });
    QCOMPARE(history.data(history.index(0, ComposerHistory::Outcome), Qt::DisplayRole),
             "429 limited");
    QCOMPARE(history.data(history.index(1, ComposerHistory::Outcome), Qt::DisplayRole),
             "under way");
}

void TstComposerModels::aLargeBodyIsNotKeptInTheHistory()
{
    ComposerHistory history;
    ComposerRequest request;
    request.body.text = QString(ComposerHistory::mostBodyBytes + 1, 'x');
    history.add(request, QDateTime::currentDateTime());
    QVERIFY(history.at(0).isBodyCut);
    QVERIFY(history.at(0).request.body.text.isEmpty());
}

void TstComposerModels::aTestGoesToTheEndOfItsFile()
{
    client::TestCase test;
    test.name = "second";
    test.expect = {"status:200"};
    const QByteArray first = client::toYaml({test});
    QCOMPARE(withTest("", test).value(), first);
    test.name = "third";
    const QByteArray both = withTest("# ours\n" + first + "# the end", test).value();
    QVERIFY(both.startsWith("# ours\nversion: 1\ntests:\n  - name: \"second\"\n"));
    QVERIFY(both.contains("# the end\n  - name: \"third\"\n    request:\n"));
    const QByteArray flat = withTest("tests:\n- name: a\n", test).value();
    QVERIFY2(flat.contains("- name: a\n- name: \"third\"\n  request:\n"), flat);
}

void TstComposerModels::aFileThatCannotBeAppendedToIsRefused()
{
    const client::TestCase test;
    QVERIFY(!withTest("tests: []\nversion: 1\n", test));
    QVERIFY(!withTest("tests:\n  - name: a\nversion: 1\n", test));
    const Result<void> done = appendTest("/nonexistent/folder/tests.yaml", test);
    QVERIFY(!done);
    QVERIFY(done.error().message().startsWith("/nonexistent/folder/tests.yaml cannot be written"));
}

QTEST_GUILESS_MAIN(TstComposerModels)
#include "tst_composermodels.moc"
