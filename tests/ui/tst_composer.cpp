// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/samples.h"
#include "ui/actions/navigator.h"
#include "ui/actions/shortcuts.h"
#include "ui/models/composerfieldsmodel.h"
#include "ui/pages/composer/answerview.h"
#include "ui/pages/composer/bodyeditor.h"
#include "ui/pages/composer/composerpage.h"
#include "ui/pages/composer/composertab.h"
#include "ui/pages/composer/destinationbar.h"
#include "ui/pages/composer/environments.h"
#include "ui/pages/composer/fieldeditor.h"
#include "ui/pages/composer/historyview.h"
#include "ui/pages/composer/repeatpanel.h"
#include "ui/pages/composer/requesteditor.h"
#include "ui/pages/composer/testpanel.h"
#include "ui/widgets/searchfield.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QJsonArray>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;
using test::FakeUpstream;
using test::UpstreamPeer;

namespace {

constexpr const char *created = "HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\n"
                                "Content-Length: 5\r\n\r\nhello";

} // namespace

class TstComposer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aRequestIsSentAndItsExchangeShown();
    void theTagIsSentOnlyThroughTheGateway();
    void anAnswerWithoutARecordIsShownAsReceived();
    void aVariableWithoutAValueBlocksSending();
    void theEnvironmentFillsTheRequest();
    void aRequestUnderWayCanBeGivenUp();
    void aRefusedConnectionIsSaidInASentence();
    void theQueryFollowsTheTargetAndBack();
    void anExchangeIsOpenedForEditing();
    void anExchangeIsSentAgainAtOnceAndOnlyOnce();
    void aCurlCommandIsTakenIn();
    void aWrongCurlCommandIsSaid();
    void theRequestIsCopiedWithoutItsSecrets();
    void theHistoryBringsARequestBack();
    void twoOfTheHistoryAreCompared();
    void aRequestIsRepeated();
    void repeatingStopsWhenTheDecisionChanges();
    void aTestIsMadeAndWritten();
    void tabsComeBackWithoutTheirSecrets();
    void tabsHaveKeys();
    void theBodyOfTheAnswerIsSearched();
    void valuesAreHiddenInPresentationMode();
    void aPageMayGoWhileItWaits();
    void everyControlHasAName();

private:
    void serve(FakeUpstream::Script script);
    void type(const QString &target) const;
    [[nodiscard]] ComposerTab &tab() const { return *m_page->currentTab(); }
    void makePage();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<Navigator> m_navigator;
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<FakeUpstream> m_gateway;
    std::unique_ptr<ComposerPage> m_page;
};

void TstComposer::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_navigator = std::make_unique<Navigator>();
    m_api = std::make_unique<test::FakeAdminApi>();
    test::serveBodies(*m_api);
    serve(FakeUpstream::answering(created));
}

void TstComposer::cleanup()
{
    m_page.reset();
    m_gateway.reset();
    m_api.reset();
    m_navigator.reset();
    m_shortcuts.reset();
    m_preferences.reset();
}

/// The gateway of a test: what it is sent is answered by \a script, and recorded as
/// passedExchange().
void TstComposer::serve(FakeUpstream::Script script)
{
    m_page.reset();
    m_gateway = std::make_unique<FakeUpstream>(std::move(script));
    const QString address = QStringLiteral("127.0.0.1:%1").arg(m_gateway->port());
    m_api->on(client::Op::Info,
              QJsonObject{
                  {"listeners", QJsonArray{QJsonObject{{"address", address}, {"scheme", "http"}}}},
                  {"file", m_folder->filePath("gatehouse.yaml")}});
    m_api->on(
        client::Op::Services,
        QJsonObject{{"services",
                     QJsonArray{QJsonObject{
                         {"id", "orders"},
                         {"instances", QJsonArray{QJsonObject{{"url", "http://" + address}}}}}}}});
    m_api->on(client::Op::Exchanges,
              QJsonObject{{"exchanges", QJsonArray{QJsonObject{{"seq", 4712}}}}});
    m_api->on(client::Op::Exchange, test::passedJson());
    makePage();
}

void TstComposer::makePage()
{
    m_page = std::make_unique<ComposerPage>(*m_api, *m_preferences, *m_shortcuts, *m_navigator);
    m_page->resize(1200, 800);
    m_page->show();
    QTRY_VERIFY(!tab().editor().destination().base().isEmpty());
}

void TstComposer::type(const QString &target) const
{
    ComposerRequest request = tab().request();
    request.target = target;
    request.query.clear();
    tab().setRequest(request);
}

void TstComposer::aRequestIsSentAndItsExchangeShown()
{
    type("/orders?a=1");
    tab().send();
    QVERIFY(tab().isSending());
    QTRY_COMPARE(tab().answer().headline(), "201 Created");
    QTRY_VERIFY(tab().answer().isShowingExchange());
    QTRY_COMPARE(m_gateway->requests().size(), 1);
    QVERIFY(m_gateway->requests()[0].startsWith("GET /orders?a=1 HTTP/1.1\r\n"));
    QCOMPARE(tab().history().at(0).seq, quint64(4712));
}

void TstComposer::theTagIsSentOnlyThroughTheGateway()
{
    tab().send();
    QTRY_VERIFY(tab().answer().isShowingExchange());
    QVERIFY(m_gateway->requests()[0].toLower().contains("gatehouse-tag: composer-"));
    tab().editor().destination().setDirect(true);
    tab().send();
    QTRY_COMPARE(m_gateway->requests().size(), 2);
    QVERIFY(!m_gateway->requests()[1].toLower().contains("gatehouse-tag"));
    QTRY_VERIFY(!tab().isSending());
    QVERIFY(!tab().answer().isShowingExchange());
}

void TstComposer::anAnswerWithoutARecordIsShownAsReceived()
{
    m_api->on(client::Op::Exchanges, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::Unavailable, "no engine");
    });
    tab().send();
    QTRY_COMPARE(tab().answer().sentence(), "no engine");
    QCOMPARE(tab().answer().headline(), "201 Created");
}

void TstComposer::aVariableWithoutAValueBlocksSending()
{
    type("/{{NONE}}");
    QCOMPARE(tab().editor().sentence(), "{{NONE}} has no value in the environment local.");
    tab().send();
    QVERIFY(!tab().isSending());
    QCOMPARE(tab().history().rowCount(), 0);
    ComposerRequest request;
    request.headers = {{"X-A", "{{NONE}}", true}};
    tab().setRequest(request);
    tab().send();
    QVERIFY(!tab().isSending());
    QCOMPARE(tab().editor().currentPage(), int(RequestEditor::Headers));
}

void TstComposer::theEnvironmentFillsTheRequest()
{
    QSignalSpy changed(m_page.get(), &ComposerPage::environmentsChanged);
    m_page->environments().setAll(
        {{"local", {{"WHO", "ada", false}}}, {"far", {{"WHO", "bob", false}}}});
    QCOMPARE(changed.last()[0].toStringList(), (QStringList{"local", "far"}));
    m_page->setEnvironment("far");
    QCOMPARE(m_page->environment(), "far");
    type("/{{WHO}}");
    tab().send();
    QTRY_COMPARE(m_gateway->requests().size(), 1);
    QVERIFY(m_gateway->requests()[0].startsWith("GET /bob "));
}

void TstComposer::aRequestUnderWayCanBeGivenUp()
{
    serve([](UpstreamPeer &peer) {
        (void)peer.readRequest();
        (void)peer.readRequest(); // until the end of the connection
    });
    tab().send();
    QTRY_COMPARE(m_gateway->requests().size(), 1);
    QCOMPARE(tab().editor().sendButton()->text(), "Cancel");
    tab().editor().sendButton()->click();
    QVERIFY(!tab().isSending());
    QCOMPARE(tab().answer().sentence(), "Given up before an answer came.");
    QCOMPARE(tab().editor().sendButton()->text(), "Send");
}

void TstComposer::aRefusedConnectionIsSaidInASentence()
{
    type("http://127.0.0.1:1/");
    m_api->on(client::Op::Exchanges, QJsonObject{{"exchanges", QJsonArray()}});
    tab().send();
    QTRY_COMPARE(tab().answer().headline(), "No answer");
    QVERIFY(tab().answer().sentence().contains("127.0.0.1"));
    QVERIFY(!tab().history().at(0).error.isEmpty());
}

void TstComposer::theQueryFollowsTheTargetAndBack()
{
    auto *const line = tab().editor().findChild<QLineEdit *>();
    QVERIFY(line);
    ComposerRequest request;
    request.target = "/o?a=1";
    tab().setRequest(request);
    QCOMPARE(tab().request().query, (ComposerFields{{"a", "1", true}}));
    FieldEditor *query = nullptr;
    for (FieldEditor *const each : tab().editor().findChildren<FieldEditor *>()) {
        if (each != &tab().editor().headers() && !tab().editor().body().isAncestorOf(each))
            query = each;
    }
    ComposerFieldsModel &model = query->model();
    model.setData(model.index(1, 0), "b", Qt::EditRole);
    model.setData(model.index(1, 1), "x y", Qt::EditRole);
    QCOMPARE(tab().request().target, "/o?a=1&b=x%20y");
    model.setData(model.index(0, 0), Qt::Unchecked, Qt::CheckStateRole);
    QCOMPARE(tab().request().target, "/o?b=x%20y");
}

void TstComposer::anExchangeIsOpenedForEditing()
{
    m_navigator->go({"composer", {{"seq", 4712}}});
    QTRY_COMPARE(tab().request().target, "/v1/orders/1204");
    const auto calls = m_api->calls();
    const bool isRevealed = std::ranges::any_of(calls, [](const auto &call) {
        return call.op == client::Op::Exchange && call.parameters["reveal"] == "true";
    });
    QVERIFY(isRevealed);
    const int tabs = m_page->tabCount();
    m_navigator->go({"composer", {{"seq", 4712}}}); // it is there already
    QCOMPARE(m_page->tabCount(), tabs);
    QVERIFY(m_gateway->requests().isEmpty());
}

void TstComposer::anExchangeIsSentAgainAtOnceAndOnlyOnce()
{
    m_navigator->go({"composer", {{"seq", 4712}, {"send", true}}});
    QTRY_COMPARE(m_gateway->requests().size(), 1);
    QVERIFY(m_gateway->requests()[0].startsWith("GET /v1/orders/1204"));
    m_navigator->go({"other", {}});
    m_navigator->back();
    QTRY_VERIFY(tab().answer().isShowingExchange());
    QCOMPARE(m_gateway->requests().size(), 1);
}

void TstComposer::aCurlCommandIsTakenIn()
{
    QApplication::clipboard()->setText("curl -X PUT http://127.0.0.1:9/x \\\n  -H 'A: b' -k");
    auto *const line = tab().editor().findChild<QLineEdit *>();
    for (QLineEdit *const each : tab().editor().findChildren<QLineEdit *>()) {
        if (each->accessibleName() == "URL")
            QTest::keySequence(each, QKeySequence::Paste);
    }
    QVERIFY(line);
    QCOMPARE(tab().request().method, "PUT");
    QCOMPARE(tab().request().headers, (ComposerFields{{"A", "b", true}}));
    QVERIFY(tab().editor().sentence().contains("certificates are always checked"));
    m_navigator->go({"composer", {{"curl", "curl http://h/from-a-jump"}}});
    QCOMPARE(tab().request().target, "http://h/from-a-jump");
}

void TstComposer::aWrongCurlCommandIsSaid()
{
    tab().importCurl("curl -F a=b http://h/");
    QCOMPARE(tab().editor().sentence(),
             "-F: multipart forms are not supported; send the body from a file.");
    QCOMPARE(tab().request(), ComposerRequest());
}

void TstComposer::theRequestIsCopiedWithoutItsSecrets()
{
    m_page->environments().setAll({{"local", {{"T", "s3cret", true}, {"N", "ada", false}}}});
    ComposerRequest request;
    request.target = "http://h/{{N}}";
    request.headers = {{"Authorization", "Bearer {{T}}", true}};
    tab().setRequest(request);
    m_shortcuts->action("composer.curl")->trigger();
    QCOMPARE(QApplication::clipboard()->text(),
             "curl \\\n  http://h/ada \\\n  -H 'Authorization: Bearer {{T}}'");
    m_shortcuts->action("composer.fetch")->trigger();
    QVERIFY(QApplication::clipboard()->text().startsWith("await fetch("));
}

void TstComposer::theHistoryBringsARequestBack()
{
    type("/first");
    tab().send();
    QTRY_VERIFY(!tab().isSending());
    type("/second");
    tab().send();
    QTRY_COMPARE(tab().history().rowCount(), 2);
    QTRY_VERIFY(!tab().isSending());
    QTableView *const table = tab().historyView().table();
    table->selectRow(1);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(tab().request().target, "/first");
}

void TstComposer::twoOfTheHistoryAreCompared()
{
    quint64 seq = 4711;
    m_api->on(client::Op::Exchanges, [&seq](const auto &) -> Result<QJsonObject> {
        return QJsonObject{{"exchanges", QJsonArray{QJsonObject{{"seq", qint64(++seq)}}}}};
    });
    m_api->on(client::Op::Exchange, [](const auto &call) -> Result<QJsonObject> {
        return call.parameters["seq"] == "4712" ? test::passedJson() : test::limitedJson();
    });
    for (int i = 1; i <= 2; ++i) {
        tab().send();
        QTRY_COMPARE(tab().history().rowCount(), i);
        QTRY_VERIFY(tab().history().at(0).seq != 0);
    }
    QTableView *const table = tab().historyView().table();
    table->selectRow(1);
    for (QPushButton *const button : tab().historyView().findChildren<QPushButton *>()) {
        if (button->text() == "Compare")
            button->click();
    }
    QTRY_COMPARE(tab().answer().detail().currentTab(), DetailView::Tab::Compare);
}

void TstComposer::aRequestIsRepeated()
{
    tab().repeatPanel().setPlan({50, 16, 0, false});
    m_api->on(client::Op::Exchanges, QJsonObject{{"exchanges", QJsonArray()}});
    tab().editor().destination().setDirect(true);
    tab().repeatPanel().startButton()->click();
    QTRY_COMPARE(tab().repeatPanel().results().front().ending, "Done.");
    const RepeatResult &result = tab().repeatPanel().results().front();
    QCOMPARE(result.done, 50);
    QCOMPARE(result.statuses, (QMap<QString, int>{{"201", 50}}));
    QCOMPARE(result.durations.count(), quint64(50));
    QCOMPARE(result.bytes, qint64(250));
    QVERIFY(m_gateway->connections() > 6); // more than one manager opens
}

void TstComposer::repeatingStopsWhenTheDecisionChanges()
{
    m_api->on(client::Op::Exchanges, [](const auto &call) -> Result<QJsonObject> {
        if (call.parameters["after"] != "0")
            return QJsonObject{{"exchanges", QJsonArray()}};
        return QJsonObject{{"exchanges",
                            QJsonArray{QJsonObject{{"seq", 12}, {"decision", "limited"}},
                                       QJsonObject{{"seq", 11}, {"decision", "passed"}}}}};
    });
    tab().repeatPanel().setPlan({5000, 2, 100, true});
    tab().repeatPanel().startButton()->click();
    QTRY_COMPARE(tab().repeatPanel().results().front().ending, "The decision changed at #12.");
    const RepeatResult &result = tab().repeatPanel().results().front();
    QVERIFY(result.done < 5000);
    QCOMPARE(result.decisions, (QMap<QString, int>{{"limited", 1}, {"passed", 1}}));
}

void TstComposer::aTestIsMadeAndWritten()
{
    tab().send();
    QTRY_VERIFY(!tab().testPanel().yaml().isEmpty());
    QListWidget *const list = tab().testPanel().expectations();
    QCOMPARE(list->item(0)->text(), "status:200");
    QVERIFY(tab().testPanel().yaml().contains("\"status:200\""));
    list->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(!tab().testPanel().yaml().contains("status:200\""));
    tab().testPanel().saveButton()->click();
    QFile file(m_folder->filePath("tests.yaml")); // beside the configuration
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(tab().testPanel().sentence()));
    QCOMPARE(file.readAll(), tab().testPanel().yaml());
    QVERIFY(tab().testPanel().sentence().startsWith("Added."));
    for (int i = 0; i < list->count(); ++i)
        list->item(i)->setCheckState(Qt::Unchecked);
    QVERIFY(!tab().testPanel().saveButton()->isEnabled());
}

void TstComposer::tabsComeBackWithoutTheirSecrets()
{
    ComposerRequest request;
    request.target = "/kept";
    request.headers = {{"Authorization", "Bearer s3cret", true}, {"X-Token", "{{TOKEN}}", true}};
    m_page->addTab(request);
    m_page->environments().setAll({{"local", {{"TOKEN", "als0secret", true}}}});
    m_page.reset();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
    QFile file(m_folder->filePath("workbench.ini"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray stored = file.readAll();
    QVERIFY(stored.contains("/kept"));
    QVERIFY(!stored.contains("s3cret") && !stored.contains("als0secret"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    makePage();
    QCOMPARE(tab().request().target, "/kept");
    QCOMPARE(tab().request().headers[0].value, "");
    QCOMPARE(tab().request().headers[1].value, "{{TOKEN}}");
}

void TstComposer::tabsHaveKeys()
{
    QCOMPARE(m_page->tabCount(), 1);
    QApplication::setActiveWindow(m_page.get());
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    tab().editor().focusTarget();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_T, Qt::ControlModifier);
    QCOMPARE(m_page->tabCount(), 2);
    ComposerTab *const second = &tab();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ControlModifier);
    QVERIFY(&tab() != second);
    tab().editor().focusTarget();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(tab().history().rowCount(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(m_page->tabCount(), 1);
    QCOMPARE(&tab(), second);
}

void TstComposer::theBodyOfTheAnswerIsSearched()
{
    tab().editor().destination().setDirect(true);
    tab().send();
    QTRY_COMPARE(tab().answer().headline(), "201 Created");
    m_shortcuts->action("body.find")->trigger();
    const QList<SearchField *> fields = tab().answer().findChildren<SearchField *>();
    QVERIFY(std::ranges::any_of(fields, [](const SearchField *each) { return each->isVisible(); }));
}

void TstComposer::valuesAreHiddenInPresentationMode()
{
    ComposerRequest request;
    request.headers = {{"Authorization", "Bearer s3cret", true}};
    tab().setRequest(request);
    m_preferences->maskOnScreen.set(true);
    const ComposerFieldsModel &model = tab().editor().headers().model();
    QVERIFY(!model.data(model.index(0, 1), Qt::DisplayRole).toString().contains("s3cret"));
}

void TstComposer::aPageMayGoWhileItWaits()
{
    m_api->hold();
    m_navigator->go({"composer", {{"seq", 4712}, {"send", true}}});
    tab().send();
    tab().repeatPanel().startButton()->click();
    m_page->addTab({});
    tab().send();
    m_page->closeTab(m_page->tabCount() - 1);
    m_page.reset();
    m_api->release();
    QTest::qWait(0);
}

void TstComposer::everyControlHasAName()
{
    tab().send();
    QTRY_VERIFY(!tab().testPanel().yaml().isEmpty());
    m_page->editEnvironments();
    QCOMPARE(test::unnamed(*m_page).join('\n'), QString());
}

QTEST_MAIN(TstComposer)
#include "tst_composer.moc"
