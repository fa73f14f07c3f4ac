// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bytesearch.h"
#include "ui/models/job.h"
#include "ui/models/lineindex.h"
#include "ui/models/textsource.h"

#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using namespace gatehouse::ui;

class TstTextModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesBecomeRows_data();
    void linesBecomeRows();
    void aLongLineIsBrokenBetweenCharacters();
    void theSizeOfThePartsDoesNotMatter();
    void aCopyServesWhileTheRestIsRead();
    void invalidUtf8IsCounted_data();
    void invalidUtf8IsCounted();
    void matchesAreFoundAcrossParts();
    void asciiLettersMatchInEitherCase();
    void theSearchEndsAtItsBounds();
    void aRangeOfAFileIsASource();
    void aMissingFileIsAnEmptySourceWithAReason();
    void aCancelledJobReportsNothing();
    void aNewJobReplacesTheOneUnderWay();
};

namespace {

LineIndex indexOf(const QByteArray &text, qsizetype part)
{
    LineIndex index;
    for (qsizetype at = 0; at < text.size(); at += part)
        index.feed(QByteArrayView(text).sliced(at, std::min(part, text.size() - at)));
    index.finish();
    return index;
}

QByteArrayList rowsOf(const QByteArray &text, const LineIndex &index)
{
    QByteArrayList rows;
    for (const LineIndex::Mark &mark : index.marks()) {
        const QByteArray block = text.mid(mark.offset, LineIndex::blockBytes);
        const bool isWhole = mark.offset + block.size() == text.size();
        for (const auto &row : LineIndex::rowsFrom(mark, block, isWhole))
            rows << (row.isContinuation ? ">" : "") + text.mid(row.offset, row.length);
    }
    return rows;
}

} // namespace

void TstTextModels::linesBecomeRows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("rows");
    QTest::newRow("nothing") << QByteArray() << QByteArrayList();
    QTest::newRow("one line") << QByteArray("a") << QByteArrayList{"a"};
    QTest::newRow("a break at the end begins no line") << QByteArray("a\n") << QByteArrayList{"a"};
    QTest::newRow("empty lines count") << QByteArray("\n\nb") << QByteArrayList{"", "", "b"};
}

void TstTextModels::linesBecomeRows()
{
    QFETCH(QByteArray, text);
    const LineIndex index = indexOf(text, 1);
    QTEST(rowsOf(text, index), "rows");
    QCOMPARE(index.lineCount(), index.rowCount());
}

void TstTextModels::aLongLineIsBrokenBetweenCharacters()
{
    const QByteArray text = QByteArray("x") + QByteArray("\xE2\x82\xAC").repeated(5000) + "\nend";
    const LineIndex index = indexOf(text, 777);
    const QByteArrayList rows = rowsOf(text, index);
    QCOMPARE(qint64(rows.size()), index.rowCount());
    QCOMPARE(index.lineCount(), 2);
    QByteArray together;
    for (const QByteArray &row : rows) {
        QVERIFY(row.size() <= LineIndex::pieceBytes + 1);
        QVERIFY(QString::fromUtf8(row).toUtf8() == row);
        together += row.startsWith('>') ? row.sliced(1) : row;
    }
    QCOMPARE(together, QByteArray(text).replace("\n", ""));
}

void TstTextModels::theSizeOfThePartsDoesNotMatter()
{
    QByteArray text;
    for (int i = 0; i < 900; ++i)
        text += QByteArray::number(i).repeated(i % 40) + (i % 7 ? "\n" : "\xC3\xA4");
    text += QByteArray(20000, 'z');
    const QByteArrayList rows = rowsOf(text, indexOf(text, text.size()));
    for (const qsizetype part : {1, 2, 3, 64, 4095, 4096, 4097})
        QCOMPARE(rowsOf(text, indexOf(text, part)), rows);
}

void TstTextModels::aCopyServesWhileTheRestIsRead()
{
    QByteArray text;
    for (int i = 0; i < 1000; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    LineIndex shown;
    shown.feed(QByteArrayView(text).first(5000));
    const LineIndex early = shown;
    shown.feed(QByteArrayView(text).sliced(5000));
    shown.finish();
    QVERIFY(!early.isFinished());
    QVERIFY(early.rowCount() > 100 && early.rowCount() < 1000);
    QVERIFY(shown.isFinished());
    QCOMPARE(shown.rowCount(), 1000);
    QCOMPARE(rowsOf(text, shown), rowsOf(text, indexOf(text, text.size())));
    QCOMPARE(shown.markBefore(0), std::size_t(0));
    QCOMPARE(shown.markBefore(text.size()), shown.marks().size() - 1);
}

void TstTextModels::invalidUtf8IsCounted_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("count");
    QTest::newRow("ascii") << QByteArray("plain text of more than eight bytes") << qint64(0);
    QTest::newRow("valid") << QByteArray("\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80") << qint64(0);
    QTest::newRow("alone") << QByteArray("abcdefgh\x80ijklmnop") << qint64(1);
    QTest::newRow("cut short") << QByteArray("\xE2\x82") << qint64(1);
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << qint64(2);
    QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << qint64(3);
    QTest::newRow("beyond unicode") << QByteArray("\xF5") << qint64(1);
}

void TstTextModels::invalidUtf8IsCounted()
{
    QFETCH(QByteArray, text);
    QTEST(indexOf(text, text.size()).invalidSequences(), "count");
    QTEST(indexOf(text, 1).invalidSequences(), "count");
}

void TstTextModels::matchesAreFoundAcrossParts()
{
    QByteArray text(256 * 1024 - 3, '.');
    text += "needle" + QByteArray(100, '.') + "needle";
    const auto found = findBytes(*memorySource(text), "needle", 10, [](qint64) { return true; });
    QCOMPARE(found, (std::vector<qint64>{256 * 1024 - 3, 256 * 1024 + 103}));
    const auto runs = findBytes(*memorySource("aaaaa"), "aa", 10, [](qint64) { return true; });
    QCOMPARE(runs, (std::vector<qint64>{0, 2}));
}

void TstTextModels::asciiLettersMatchInEitherCase()
{
    const auto found = findBytes(*memorySource("Token token TOKEN t0ken"), "tOkEn", 10,
                                 [](qint64) { return true; });
    QCOMPARE(found, (std::vector<qint64>{0, 6, 12}));
}

void TstTextModels::theSearchEndsAtItsBounds()
{
    const auto source = memorySource(QByteArray(1'000'000, 'a'));
    QCOMPARE(findBytes(*source, "a", 5, [](qint64) { return true; }).size(), std::size_t(5));
    QVERIFY(findBytes(*source, "b", 5, [](qint64) { return false; }).empty());
    QVERIFY(findBytes(*source, "", 5, [](qint64) { return true; }).empty());
    QVERIFY(findBytes(*memorySource("ab"), "abc", 5, [](qint64) { return true; }).empty());
}

void TstTextModels::aRangeOfAFileIsASource()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("0123456789");
    file.flush();
    const auto source = fileSource(file.fileName(), 2, 5);
    QCOMPARE(source->size(), 5);
    QCOMPARE(source->read(3, 100), "56");
    QCOMPARE(source->read(-1, 3), "");
    QVERIFY(file.resize(4));
    QCOMPARE(source->read(0, 5), "23");
}

void TstTextModels::aMissingFileIsAnEmptySourceWithAReason()
{
    QString error;
    QCOMPARE(fileSource("/nowhere/at/all", 0, -1, &error)->size(), 0);
    QVERIFY(error.startsWith("/nowhere/at/all: "));
}

void TstTextModels::aCancelledJobReportsNothing()
{
    Job job;
    QSignalSpy finished(&job, &Job::finished);
    bool wasCalled = false;
    job.start([&](Job::Desk &desk) {
        desk.post([&] { wasCalled = true; });
        while (!desk.isCancelled())
            QThread::yieldCurrentThread();
    });
    job.cancel();
    QCoreApplication::processEvents();
    QVERIFY(!wasCalled);
    QVERIFY(!job.isRunning());
    QCOMPARE(finished.count(), 0);
}

void TstTextModels::aNewJobReplacesTheOneUnderWay()
{
    Job job;
    QStringList news;
    for (const char *name : {"first", "second", "third"}) {
        job.start([&news, name](Job::Desk &desk) { desk.post([&news, name] { news << name; }); });
    }
    QTRY_VERIFY(!job.isRunning());
    QCOMPARE(news, QStringList{"third"});
}

QTEST_GUILESS_MAIN(TstTextModels)
#include "tst_textmodels.moc"
