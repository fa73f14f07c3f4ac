// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/samples.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/detail/headertable.h"
#include "ui/pages/detail/messagetab.h"
#include "ui/widgets/bodyview.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/textview.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

using Tab = DetailView::Tab;

class TstDetailView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aTabWithNothingToShowIsAbsent();
    void theSentenceComesFirst();
    void pillsLeadToWhatTheyName();
    void aStepLeadsToItsLine();
    void aChangedHeaderLeadsToItsLine();
    void theBodyIsFetchedAndShown();
    void aBodyThatWasNotRecordedIsSaid();
    void aBodyThatCannotBeFetchedIsSaid();
    void theChosenTabStaysChosen();
    void tabsHaveKeys();
    void anotherExchangeIsComparedWith();
    void manyRowsShowNumbers();
    void everyControlHasAName();
    void aViewMayGoWhileABodyComes();
    void whatComesFromTheNetworkIsNeverMarkup();

private:
    [[nodiscard]] QStringList texts() const;
    // By name: the order of children changes with what is on top.
    [[nodiscard]] MessageTab *page(const QString &name) const
    {
        for (MessageTab *const tab : m_view->findChildren<MessageTab *>()) {
            if (tab->accessibleName() == name)
                return tab;
        }
        return nullptr;
    }
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<DetailView> m_view;
};

void TstDetailView::init()
{
    m_view.reset();
    m_api = std::make_unique<test::FakeAdminApi>();
    test::serveBodies(*m_api);
    m_view = std::make_unique<DetailView>(*m_api);
    m_view->resize(600, 700);
    m_view->show();
}

QStringList TstDetailView::texts() const
{
    QStringList out;
    for (const QLabel *const label : m_view->findChildren<QLabel *>()) {
        if (label->isVisibleTo(m_view.get()))
            out << label->text();
    }
    return out;
}

void TstDetailView::aTabWithNothingToShowIsAbsent()
{
    QVERIFY(m_view->tabs().isEmpty());
    m_view->showExchange(test::limitedExchange());
    QCOMPARE(m_view->tabs(),
             (QList{Tab::Overview, Tab::Why, Tab::Timing, Tab::Request, Tab::Response, Tab::Raw}));
    m_view->showExchange(client::ExchangeDetail());
    QCOMPARE(m_view->tabs(), QList{Tab::Overview});
}

void TstDetailView::theSentenceComesFirst()
{
    m_view->showExchange(test::limitedExchange());
    QVERIFY(texts().contains(test::limitedExchange().sentence));
    QVERIFY(texts().contains("per-user: 0 of 100 left, was 0; key user=42; next passes in "
                             "12.4\u202Fs"));
}

void TstDetailView::pillsLeadToWhatTheyName()
{
    m_view->showExchange(test::limitedExchange());
    QSignalSpy jump(m_view.get(), &DetailView::jumpWanted);
    QStringList names;
    for (Pill *const pill : m_view->findChildren<Pill *>()) {
        names << pill->text();
        pill->click();
    }
    QCOMPARE(names, (QStringList{"route orders", "limit per-user", "revision r42, changed since"}));
    QCOMPARE(jump[0][0].value<Jump>(), (Jump{"routes", {{"route", "orders"}}}));
    QCOMPARE(jump[1][0].value<Jump>().target["key"].toString(), "user=42");
}

void TstDetailView::aStepLeadsToItsLine()
{
    m_view->showExchange(test::limitedExchange());
    m_view->setCurrentTab(Tab::Why);
    QSignalSpy open(m_view.get(), &DetailView::openPlace);
    QPushButton *link = nullptr;
    for (QPushButton *const button : m_view->findChildren<QPushButton *>()) {
        if (button->text() == "gatehouse.yaml:52:9")
            link = button;
    }
    QVERIFY(link);
    link->click();
    QCOMPARE(open[0][0].value<client::Place>().line, 52);
}

void TstDetailView::aChangedHeaderLeadsToItsLine()
{
    m_view->showExchange(test::passedExchange());
    m_view->setCurrentTab(Tab::Request);
    QSignalSpy open(m_view.get(), &DetailView::openPlace);
    auto *const table = page("Request")->findChild<HeaderTable *>();
    Q_EMIT table->itemActivated(table->topLevelItem(3), 0);
    Q_EMIT table->itemActivated(table->topLevelItem(0), 0); // the gateway itself has no line
    QCOMPARE(open.count(), 1);
    QCOMPARE(open[0][0].value<client::Place>().text(), "gatehouse.yaml:47:9");
}

void TstDetailView::theBodyIsFetchedAndShown()
{
    m_view->showExchange(test::passedExchange());
    m_view->setCurrentTab(Tab::Response);
    BodyView &body = page("Response")->bodyView();
    QTRY_COMPARE(body.shownFormat(), BodyView::Format::Json);
    QTRY_VERIFY(body.textView()->rowCount() > 20);
    QCOMPARE(m_api->calls().back().parameters["side"], "response");
}

void TstDetailView::aBodyThatWasNotRecordedIsSaid()
{
    m_view->showExchange(test::limitedExchange());
    m_view->setCurrentTab(Tab::Request);
    QVERIFY(texts().contains("The body of 412\u202FB was not recorded: record bodies to see it."));
}

void TstDetailView::aBodyThatCannotBeFetchedIsSaid()
{
    m_api->onFetch(client::Op::ExchangeBody, [](const auto &) -> Result<QByteArray> {
        return fail(ErrorCode::NotFound, "the exchange is gone");
    });
    m_view->showExchange(test::passedExchange());
    m_view->setCurrentTab(Tab::Response);
    QTRY_VERIFY(texts().contains("The body cannot be shown: the exchange is gone"));
}

void TstDetailView::theChosenTabStaysChosen()
{
    m_view->showExchange(test::limitedExchange());
    m_view->setCurrentTab(Tab::Timing);
    m_view->showExchange(client::ExchangeDetail());
    QCOMPARE(m_view->currentTab(), Tab::Overview);
    m_view->showExchange(test::passedExchange());
    QCOMPARE(m_view->currentTab(), Tab::Timing);
}

void TstDetailView::tabsHaveKeys()
{
    m_view->showExchange(test::passedExchange());
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTest::keyClick(m_view.get(), Qt::Key_2, Qt::AltModifier);
    QCOMPARE(m_view->currentTab(), Tab::Why);
    QTest::keyClick(m_view.get(), Qt::Key_6, Qt::AltModifier); // no frames
    QCOMPARE(m_view->currentTab(), Tab::Why);
    QTest::keyClick(m_view.get(), Qt::Key_7, Qt::AltModifier);
    QCOMPARE(m_view->currentTab(), Tab::Raw);
}

void TstDetailView::anotherExchangeIsComparedWith()
{
    m_view->showExchange(test::passedExchange());
    m_view->setOther(test::limitedExchange());
    QVERIFY(m_view->tabs().contains(Tab::Compare));
    m_view->setCurrentTab(Tab::Compare);
    QTRY_VERIFY(!m_view->grab().isNull());
    m_view->setOther(test::passedExchange()); // with itself
    QVERIFY(!m_view->tabs().contains(Tab::Compare));
    m_view->setOther({});
    QVERIFY(!m_view->tabs().contains(Tab::Compare));
}

void TstDetailView::manyRowsShowNumbers()
{
    SelectionSummary summary;
    summary.count = 412;
    summary.statuses = {{"200", 400}, {"429", 12}};
    m_view->showSelection(summary);
    QVERIFY(texts().contains("412 exchanges selected"));
    m_view->clear();
    QVERIFY(texts().contains("Nothing selected"));
}

void TstDetailView::everyControlHasAName()
{
    m_view->showExchange(test::passedExchange());
    m_view->setOther(test::limitedExchange());
    QCOMPARE(test::unnamed(*m_view).join("\n"), QString());
}

void TstDetailView::aViewMayGoWhileABodyComes()
{
    m_api->hold();
    m_view->showExchange(test::passedExchange());
    m_view->showExchange(test::passedExchange());
    m_view.reset();
    m_api->release();
    QCoreApplication::processEvents();
}

void TstDetailView::whatComesFromTheNetworkIsNeverMarkup()
{
    client::ExchangeDetail detail = test::passedExchange();
    detail.sentence = "<b>bold</b>";
    detail.steps[0].sentence = "<img src=x>";
    m_view->showExchange(detail);
    for (const QLabel *const label : m_view->findChildren<QLabel *>()) {
        if (label->text().contains('<'))
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
}

QTEST_MAIN(TstDetailView)
#include "tst_detailview.moc"
