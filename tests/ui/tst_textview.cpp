// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textcolors.h"
#include "ui/widgets/textview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse::ui;

class TstTextView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aTextShowsItsRows();
    void aLargeTextIsIndexedInTheBackground();
    void aSingleLongLineCanBeScrolled();
    void whatIsSelectedIsCopiedAsItStands();
    void theKeyboardReachesEverything();
    void hitsAreCountedAndVisited();
    void theLastHitIsFollowedByTheFirst();
    void hexShowsOffsetsBytesAndCharacters();
    void invalidBytesShowAsReplacementMarks();
    void controlCharactersCanBeSeen();
    void wrappedRowsScrollByLine();
    void theRowUnderTheCaretIsReadOut();
    void aViewMayGoWhileItReads();
    void jsonRunsNameKeysAndValues();
    void aPieceOfALongLineKnowsThatItBeganInAString();

private:
    std::unique_ptr<TextView> m_view;
};

namespace {

QByteArray lines(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += "line " + QByteArray::number(i) + '\n';
    return text;
}

} // namespace

void TstTextView::init()
{
    m_view = std::make_unique<TextView>();
    m_view->resize(400, 300);
    m_view->show();
    m_view->setFocus();
}

void TstTextView::aTextShowsItsRows()
{
    m_view->setSource(memorySource("{\n  \"a\": 1\n}"), TextLook::Json);
    QVERIFY(m_view->isIndexed());
    QCOMPARE(m_view->rowCount(), 3);
    const QImage empty = TextView().grab().toImage();
    QVERIFY(m_view->grab().toImage() != empty);
}

void TstTextView::aLargeTextIsIndexedInTheBackground()
{
    QSignalSpy indexed(m_view.get(), &TextView::indexed);
    m_view->setSource(memorySource(lines(200'000)), TextLook::Plain);
    QVERIFY(!m_view->isIndexed());
    QTRY_COMPARE(indexed.count(), 1);
    QCOMPARE(m_view->rowCount(), 200'000);
    QTest::keyClick(m_view.get(), Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(m_view->currentRowText(), "line 199999");
}

void TstTextView::aSingleLongLineCanBeScrolled()
{
    m_view->setSource(memorySource(QByteArray(3'000'000, 'x')), TextLook::Json);
    QTRY_VERIFY(m_view->isIndexed());
    QCOMPARE(m_view->rowCount(), (3'000'000 + 4092) / 4093);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum());
    QVERIFY(!m_view->grab().isNull());
}

void TstTextView::whatIsSelectedIsCopiedAsItStands()
{
    const QByteArray text = "first\n" + QByteArray(9000, 'z') + "\nlast";
    m_view->setSource(memorySource(text), TextLook::Plain);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().toUtf8(), text);
}

void TstTextView::theKeyboardReachesEverything()
{
    m_view->setSource(memorySource("one\ntwo\nthree"), TextLook::Plain);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), "two");
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), "two\nt");
    QTest::keyClick(m_view.get(), Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(!m_view->hasSelection());
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->currentRowText(), "one");
}

void TstTextView::hitsAreCountedAndVisited()
{
    m_view->setSource(memorySource(lines(2000)), TextLook::Plain);
    QSignalSpy hits(m_view.get(), &TextView::hitsChanged);
    m_view->find("LINE 19");
    QTRY_COMPARE(hits.count(), 1);
    QCOMPARE(hits.last(), (QVariantList{1, 111, false}));
    QCOMPARE(m_view->currentRowText(), "line 19");
    m_view->findNext();
    QCOMPARE(m_view->currentRowText(), "line 190");
    QVERIFY(m_view->topRow() > 0);
    m_view->find({});
    QCOMPARE(hits.last(), (QVariantList{0, 0, false}));
}

void TstTextView::theLastHitIsFollowedByTheFirst()
{
    m_view->setSource(memorySource("a b a"), TextLook::Plain);
    QSignalSpy hits(m_view.get(), &TextView::hitsChanged);
    m_view->find("a");
    QTRY_COMPARE(hits.count(), 1);
    m_view->findPrevious();
    QCOMPARE(hits.last().first().toInt(), 2);
    m_view->findNext();
    QCOMPARE(hits.last().first().toInt(), 1);
}

void TstTextView::hexShowsOffsetsBytesAndCharacters()
{
    m_view->setSource(memorySource(QByteArray("GET /\r\n\0ab0123456789", 20)), TextLook::Hex);
    QCOMPARE(m_view->rowCount(), 2);
    QCOMPARE(m_view->currentRowText(),
             "00000000  47 45 54 20 2f 0d 0a 00  61 62 30 31 32 33 34 35  GET /...ab012345");
    QVERIFY(!m_view->grab().isNull());
}

void TstTextView::invalidBytesShowAsReplacementMarks()
{
    m_view->setSource(memorySource("a\xFF b"), TextLook::Plain);
    QCOMPARE(m_view->currentRowText(), "a\uFFFD b");
    QCOMPARE(m_view->invalidSequences(), 1);
}

void TstTextView::controlCharactersCanBeSeen()
{
    m_view->setSource(memorySource("a\x1B[31m\u202Eb\x7F\r\n"), TextLook::Plain);
    QCOMPARE(m_view->currentRowText(), "a\u241B[31m\uFFFDb\u2421");
}

void TstTextView::wrappedRowsScrollByLine()
{
    m_view->setSource(memorySource(QByteArray(4000, 'w') + "\nnext"), TextLook::Plain);
    m_view->setWrap(true);
    QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
    const QImage before = m_view->grab().toImage();
    QWheelEvent wheel(QPointF(50, 50), QPointF(50, 50), {}, {0, -12000}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &wheel);
    QCOMPARE(m_view->topRow(), 1);
    QVERIFY(m_view->grab().toImage() != before);
}

void TstTextView::theRowUnderTheCaretIsReadOut()
{
    m_view->setSource(memorySource("one\ntwo"), TextLook::Plain);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QAccessibleInterface *const node = QAccessible::queryAccessibleInterface(m_view.get());
    QCOMPARE(node->text(QAccessible::Value), "two");
    QVERIFY(node->state().readOnly);
}

void TstTextView::aViewMayGoWhileItReads()
{
    for (int i = 0; i < 20; ++i) {
        TextView view;
        view.setSource(memorySource(QByteArray(5'000'000, 'a')), TextLook::Plain);
        view.find("a");
        QCoreApplication::processEvents();
    }
}

void TstTextView::jsonRunsNameKeysAndValues()
{
    const auto runs = colorRuns(R"({"a\"b": "x", "n": -1.5e3, "t": true})", TextLook::Json, false);
    QList<Token> tokens;
    for (const ColorRun &run : runs)
        tokens << run.token;
    QCOMPARE(tokens.count(Token::Put), 3);
    QCOMPARE(tokens.count(Token::Ok), 1);
    QCOMPARE(tokens.count(Token::Link), 1);
    QCOMPARE(tokens.count(Token::Warn), 1);
}

void TstTextView::aPieceOfALongLineKnowsThatItBeganInAString()
{
    const QString piece = R"(rest of it","next":1)";
    QCOMPARE(colorRuns(piece, TextLook::Json, true).front().length, 11);
    QVERIFY(colorRuns(piece, TextLook::Json, false).front().length < 11);
}

QTEST_MAIN(TstTextView)
#include "tst_textview.moc"
