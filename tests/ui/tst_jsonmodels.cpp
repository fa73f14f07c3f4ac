// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/jsonlayout.h"
#include "ui/models/jsonscan.h"
#include "ui/models/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QTest>

using namespace gatehouse::ui;

class TstJsonModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsLaidOutOverLines_data();
    void textIsLaidOutOverLines();
    void theSizeOfThePartsDoesNotMatter();
    void whatIsWrongIsSaidWithItsPlace_data();
    void whatIsWrongIsSaidWithItsPlace();
    void theTreeShowsWhatTheTextSays();
    void childrenAreMadeInBatches();
    void aNodeKnowsItsPointer();
    void brokenTextEndsTheTreeWithAWord_data();
    void brokenTextEndsTheTreeWithAWord();
    void largeValuesAreSkippedWithoutReadingThem();
};

namespace {

QByteArray laidOut(const QByteArray &text, qsizetype part, QString *problem = nullptr)
{
    JsonLayout layout;
    QByteArray out;
    for (qsizetype at = 0; at < text.size(); at += part)
        layout.feed(QByteArrayView(text).sliced(at, std::min(part, text.size() - at)), out);
    layout.finish();
    if (problem)
        *problem = layout.problem();
    return out;
}

std::shared_ptr<JsonScan> scanOf(const QByteArray &text)
{
    auto scan = std::make_shared<JsonScan>(memorySource(text));
    scan->prepare([](qint64) { return true; });
    return scan;
}

// The tree as indented text, everything opened.
void print(JsonTreeModel &model, const QModelIndex &parent, int level, QStringList &out)
{
    while (model.canFetchMore(parent))
        model.fetchMore(parent);
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        out << QString(level, ' ') + index.data().toString() + " = "
                + index.siblingAtColumn(1).data().toString().section(' ', 0, 0);
        print(model, index, level + 1, out);
    }
}

} // namespace

void TstJsonModels::textIsLaidOutOverLines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("object") << QByteArray(R"({"a":1,"b":[true,null]})")
                            << QByteArray(
                                   "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}");
    QTest::newRow("empty") << QByteArray("{ \"a\" : [ ] , \"b\":{}}")
                           << QByteArray("{\n  \"a\": [],\n  \"b\": {}\n}");
    QTest::newRow("marks within a string")
        << QByteArray(R"(["{,:\"]"])") << QByteArray("[\n  \"{,:\\\"]\"\n]");
    QTest::newRow("a word alone") << QByteArray(" true ") << QByteArray("true");
}

void TstJsonModels::textIsLaidOutOverLines()
{
    QFETCH(QByteArray, text);
    QString problem;
    const QByteArray lines = laidOut(text, text.size(), &problem);
    QTEST(lines, "lines");
    QCOMPARE(problem, QString());
}

void TstJsonModels::theSizeOfThePartsDoesNotMatter()
{
    const QByteArray text = R"({"a\\":"\"","b":[1,{"c":[]}],"d":"ä"})";
    for (const qsizetype part : {1, 2, 3, 5})
        QCOMPARE(laidOut(text, part), laidOut(text, text.size()));
    QCOMPARE(QJsonDocument::fromJson(laidOut(text, 1)), QJsonDocument::fromJson(text));
}

void TstJsonModels::whatIsWrongIsSaidWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("wrong bracket") << QByteArray("[1}") << "byte 2: \"}\" closes what \"[\" opened";
    QTest::newRow("too many") << QByteArray("{}]") << "byte 2: \"]\" closes nothing";
    QTest::newRow("cut") << QByteArray("{\"a\":[")
                         << "byte 6: the text ends before \"[\" is closed";
    QTest::newRow("cut in a string")
        << QByteArray("[\"abc") << "byte 5: the text ends within a string";
    QTest::newRow("deep") << QByteArray(600, '[') << "byte 512: more than 512 levels";
}

void TstJsonModels::whatIsWrongIsSaidWithItsPlace()
{
    QFETCH(QByteArray, text);
    QString problem;
    laidOut(text, 1, &problem);
    QTEST(problem, "problem");
}

void TstJsonModels::theTreeShowsWhatTheTextSays()
{
    JsonTreeModel model;
    model.setScan(scanOf(R"( {"id": 7, "items": [{"sku":"x"}, []], "ok":true} )"));
    // Made now: the tester of Qt 6.4 reads on from within modelReset() and takes that for an error.
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QStringList lines;
    print(model, {}, 0, lines);
    QCOMPARE(lines,
             (QStringList{"$ = {…}", " id = 7", " items = […]", "  0 = {…}", "   sku = \"x\"",
                          "  1 = []", " ok = true"}));
    model.setScan(nullptr);
    QCOMPARE(model.rowCount({}), 0);
}

void TstJsonModels::childrenAreMadeInBatches()
{
    JsonTreeModel model;
    QByteArray text = "[0";
    for (int i = 1; i < 450; ++i)
        text += ',' + QByteArray::number(i);
    model.setScan(scanOf(text + ']'));
    const QModelIndex root = model.index(0, 0, {});
    QVERIFY(model.hasChildren(root));
    QCOMPARE(model.rowCount(root), 0);
    model.fetchMore(root);
    QCOMPARE(model.rowCount(root), 200);
    model.fetchMore(root);
    model.fetchMore(root);
    QCOMPARE(model.rowCount(root), 450);
    QVERIFY(!model.canFetchMore(root));
    QCOMPARE(model.index(449, 1, root).data().toString(), "449");
}

void TstJsonModels::aNodeKnowsItsPointer()
{
    JsonTreeModel model;
    model.setScan(scanOf(R"({"a/b":[10,{"c~d":1}]})"));
    const QModelIndex root = model.index(0, 0, {});
    model.fetchMore(root);
    const QModelIndex list = model.index(0, 0, root);
    model.fetchMore(list);
    const QModelIndex item = model.index(1, 0, list);
    model.fetchMore(item);
    QCOMPARE(root.data(JsonTreeModel::PointerRole).toString(), "");
    QCOMPARE(model.index(0, 0, item).data(JsonTreeModel::PointerRole).toString(), "/a~1b/1/c~0d");
    QCOMPARE(model.text(item, 100), R"({"c~d":1})");
}

void TstJsonModels::brokenTextEndsTheTreeWithAWord_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no comma") << QByteArray("[1 2]");
    QTest::newRow("no key") << QByteArray("{1:2}");
    QTest::newRow("cut") << QByteArray("[1,");
    QTest::newRow("no colon") << QByteArray("{\"a\" 1}");
}

void TstJsonModels::brokenTextEndsTheTreeWithAWord()
{
    QFETCH(QByteArray, text);
    JsonTreeModel model;
    model.setScan(scanOf(text));
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QStringList lines;
    print(model, {}, 0, lines);
    QVERIFY2(lines.last().contains(" = not"), qPrintable(lines.join('\n')));
}

void TstJsonModels::largeValuesAreSkippedWithoutReadingThem()
{
    class Counting : public TextSource
    {
    public:
        explicit Counting(QByteArray bytes) : m_bytes(std::move(bytes)) {}
        qint64 size() const override { return m_bytes.size(); }
        QByteArray read(qint64 offset, qint64 length) const override
        {
            const QByteArray part = m_bytes.mid(offset, length);
            bytesRead += part.size();
            return part;
        }
        mutable qint64 bytesRead = 0;

    private:
        QByteArray m_bytes;
    };
    const QByteArray big = "[" + QByteArray("1234567,").repeated(500'000) + "0]";
    const auto source = std::make_shared<Counting>("{\"a\":" + big + ",\"b\":" + big + "}");
    auto scan = std::make_shared<JsonScan>(source);
    scan->prepare([](qint64) { return true; });
    source->bytesRead = 0;
    const auto children = scan->children(*scan->root(), {}, 10);
    QCOMPARE(children.size(), std::size_t(2));
    QCOMPARE(children[1].kind, JsonKind::Array);
    QVERIFY(source->bytesRead < 1'000'000);
}

QTEST_GUILESS_MAIN(TstJsonModels)
#include "tst_jsonmodels.moc"
