// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/textview.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QImage>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstBodyView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void jsonIsLaidOut();
    void compressedJsonIsDecodedFirst();
    void asReceivedShowsTheBytes();
    void aWrongTypeIsSaidInASentence();
    void brokenJsonIsShownAllTheSame();
    void aCutBodyIsSaid();
    void largeJsonIsLaidOutOnRequest();
    void layingOutCanBeCancelled();
    void theTreeOpensItsTop();
    void imagesFormsAndPartsHaveTheirViews_data();
    void imagesFormsAndPartsHaveTheirViews();
    void anImageThatIsNoneIsShownAsBytes();
    void searchingTurnsATreeIntoText();
    void everythingIsCopied();
    void everyControlHasAName();
    void aViewMayGoWhileItWorks();

private:
    void show(const QByteArray &body, const QString &type, const QString &encoding = {},
              qint64 wire = -1)
    {
        m_view->setContent({memorySource(body), type, encoding, wire});
    }
    std::unique_ptr<BodyView> m_view;
};

namespace {

QByteArray png()
{
    QImage image(3, 2, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

QByteArray largeJson()
{
    return "[" + QByteArray("{\"a\":1234567890},").repeated(100'000) + "0]";
}

} // namespace

void TstBodyView::init()
{
    m_view = std::make_unique<BodyView>();
    m_view->resize(500, 400);
    m_view->show();
}

void TstBodyView::jsonIsLaidOut()
{
    show(R"({"a":[1]})", "application/json");
    QCOMPARE(m_view->shownFormat(), BodyView::Format::Json);
    QCOMPARE(m_view->textView()->rowCount(), 5);
    QCOMPARE(m_view->notes(), QString());
}

void TstBodyView::compressedJsonIsDecodedFirst()
{
    show(qCompress(QByteArray(R"({"a":1})")).sliced(4), "application/json", "deflate");
    QCOMPARE(m_view->shownFormat(), BodyView::Format::Json);
    QCOMPARE(m_view->textView()->rowCount(), 3);
}

void TstBodyView::asReceivedShowsTheBytes()
{
    show(qCompress(QByteArray(R"({"a":1})")).sliced(4), "application/json", "deflate");
    m_view->setStage(BodyView::Stage::Received);
    QVERIFY(m_view->shownFormat() != BodyView::Format::Json);
    QCOMPARE(m_view->notes(), QString());
}

void TstBodyView::aWrongTypeIsSaidInASentence()
{
    show(R"({"a":1})", "image/png");
    QCOMPARE(m_view->shownFormat(), BodyView::Format::Json);
    QCOMPARE(m_view->notes(), "The header says image/png, but the bytes are JSON.");
}

void TstBodyView::brokenJsonIsShownAllTheSame()
{
    show(R"({"a":[1})", "application/json");
    QVERIFY(m_view->notes().startsWith("This is no valid JSON: byte 7: "));
    QVERIFY(m_view->textView()->rowCount() > 3);
}

void TstBodyView::aCutBodyIsSaid()
{
    show("abc", "text/plain", {}, 1200);
    QCOMPARE(m_view->notes(), "3\u202FB of 1.20\u202FkB are kept; the rest was not recorded.");
}

void TstBodyView::largeJsonIsLaidOutOnRequest()
{
    show(largeJson(), "application/json");
    QVERIFY(m_view->notes().contains("as they came"));
    QTRY_VERIFY(m_view->textView()->isIndexed());
    const qint64 before = m_view->textView()->rowCount();
    for (QPushButton *const button : m_view->findChildren<QPushButton *>()) {
        if (button->text() == "Format anyway")
            button->click();
    }
    QVERIFY(m_view->isBusy());
    QTRY_VERIFY(!m_view->isBusy());
    QTRY_VERIFY(m_view->textView()->isIndexed());
    QVERIFY(m_view->textView()->rowCount() > 10 * before);
}

void TstBodyView::layingOutCanBeCancelled()
{
    show(largeJson(), "application/json");
    const auto buttons = m_view->findChildren<QPushButton *>();
    for (const char *text : {"Format anyway", "Cancel"}) {
        for (QPushButton *const button : buttons) {
            if (button->text() == text)
                button->click();
        }
    }
    QVERIFY(!m_view->isBusy());
    QVERIFY(m_view->notes().contains("Cancelled"));
}

void TstBodyView::theTreeOpensItsTop()
{
    show(R"({"a":1,"b":[2]})", "application/json");
    m_view->setFormat(BodyView::Format::Tree);
    auto *const model = m_view->findChild<JsonTreeModel *>();
    const QModelIndex root = model->index(0, 0, {});
    QTRY_COMPARE(model->rowCount(root), 2);
    m_view->copyPointer();
}

void TstBodyView::imagesFormsAndPartsHaveTheirViews_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("type");
    QTest::addColumn<BodyView::Format>("format");
    QTest::addColumn<QString>("notes");
    QTest::newRow("image") << png() << "image/png" << BodyView::Format::Image << "PNG, 3 × 2 px.";
    QTest::newRow("form") << QByteArray("a=1&b=2") << "application/x-www-form-urlencoded"
                          << BodyView::Format::Form << "";
    QTest::newRow("parts") << QByteArray("--b\r\nX: 1\r\n\r\none\r\n--b--")
                           << "multipart/mixed; boundary=b" << BodyView::Format::Multipart << "";
    QTest::newRow("bytes") << QByteArray("\0\1\2", 3) << "" << BodyView::Format::Hex << "";
    QTest::newRow("empty") << QByteArray() << "application/json" << BodyView::Format::Text << "";
    QTest::newRow("invalid") << QByteArray("a\xFFz") << "text/plain" << BodyView::Format::Text
                             << "";
}

void TstBodyView::imagesFormsAndPartsHaveTheirViews()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, type);
    show(body, type);
    QTEST(m_view->shownFormat(), "format");
    QTEST(m_view->notes(), "notes");
    QVERIFY(!m_view->grab().isNull());
}

void TstBodyView::anImageThatIsNoneIsShownAsBytes()
{
    show(png().left(20), "image/png");
    QCOMPARE(m_view->shownFormat(), BodyView::Format::Hex);
    QVERIFY(m_view->notes().contains("cannot be shown"));
}

void TstBodyView::searchingTurnsATreeIntoText()
{
    show(R"({"needle":1})", "application/json");
    m_view->setFormat(BodyView::Format::Tree);
    m_view->openSearch();
    QCOMPARE(m_view->shownFormat(), BodyView::Format::Json);
    auto *const field = m_view->findChild<SearchField *>();
    QVERIFY(field->isVisible());
    QSignalSpy hits(m_view->textView(), &TextView::hitsChanged);
    field->setText("needle");
    QTRY_COMPARE(hits.count(), 1);
    QCOMPARE(hits.last().first().toInt(), 1);
    QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : field->focusProxy(),
                    Qt::Key_Escape);
    QVERIFY(!field->isVisible());
}

void TstBodyView::everythingIsCopied()
{
    show(R"({"a":1})", "application/json");
    m_view->copyAll();
    QCOMPARE(QApplication::clipboard()->text(), "{\n  \"a\": 1\n}");
}

void TstBodyView::everyControlHasAName()
{
    show("x", "text/plain");
    QCOMPARE(test::unnamed(*m_view).join("\n"), QString());
}

void TstBodyView::aViewMayGoWhileItWorks()
{
    const QByteArray body = largeJson();
    for (int i = 0; i < 10; ++i) {
        BodyView view;
        view.setContent({memorySource(body), "application/json", {}, -1});
        view.setFormat(i % 2 ? BodyView::Format::Tree : BodyView::Format::Json);
        QCoreApplication::processEvents();
    }
}

QTEST_MAIN(TstBodyView)
#include "tst_bodyview.moc"
