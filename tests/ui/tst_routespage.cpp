// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/routesamples.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/routes/routedraft.h"
#include "ui/pages/routes/routedryrun.h"
#include "ui/pages/routes/routeeditor.h"
#include "ui/pages/routes/routefield.h"
#include "ui/pages/routes/routeform.h"
#include "ui/pages/routes/routespage.h"
#include "ui/pages/routes/routetable.h"
#include "ui/pages/routes/routetryline.h"
#include "ui/pages/routes/routeyaml.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::ui;
using client::Op;

class TstRoutesPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void routesShowWhatTheyServed();
    void aFieldEditsOnlyItsValue();
    void aSettingOfAMiddlewareIsEdited();
    void aMiddlewareByNameGetsSettings();
    void typingYamlUpdatesTheForm();
    void anErrorStandsAtItsFieldAndBlocksApply();
    void aWarningDoesNotBlock();
    void aProblemLeadsToItsLine();
    void aDraftIsReviewedRunAndApplied();
    void anApplyCanBeUndone();
    void aRefusedApplyShowsWhatIsWrong();
    void aConflictLosesNothing();
    void theirsCanBeTakenAndMineComesBack();
    void aFileThatWasOnlyReadAgainIsNoConflict();
    void aFileChangedOutsideIsNoticed();
    void aTryMarksTheWinner();
    void routesAreAddedCopiedMovedAndDeleted();
    void editsAreUndoneAndRedone();
    void aJumpOpensItsLine();
    void anEngineThatIsAwayIsSaid();
    void theSelectionStaysWhenTheTableChanges();
    void everyControlHasAName();
    void actionsWorkByKey();
    void aPageMayGoWhileAnswersCome();

private:
    [[nodiscard]] RouteField *field(const QStringList &keys) const
    {
        return m_page->editor().form()->field(keys);
    }
    void enter(const QStringList &keys, const QString &text) const;
    [[nodiscard]] std::vector<test::FakeAdminApi::Call> callsOf(Op op) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<Navigator> m_navigator;
    std::unique_ptr<RoutesPage> m_page;
};

void TstRoutesPage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("w.ini"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_api = std::make_unique<test::FakeAdminApi>();
    m_navigator = std::make_unique<Navigator>();
    test::serveShop(*m_api);
    m_api->on(Op::Explain, test::ordersExplained());
    m_api->on(Op::ConfigDryRun, test::dryRunAnswer());
    m_api->on(Op::ConfigApply, {{"generation", 43}, {"changes", QJsonArray{"one"}}});
    m_page = std::make_unique<RoutesPage>(*m_api, *m_shortcuts, *m_navigator);
    m_page->resize(1300, 800);
    m_page->show();
    QTRY_COMPARE(m_page->model().rowCount(), 4);
    QTRY_VERIFY(field({"id"}));
    QTRY_VERIFY(m_page->draft().isChecked());
}

void TstRoutesPage::cleanup()
{
    m_page.reset();
}

void TstRoutesPage::enter(const QStringList &keys, const QString &text) const
{
    QVERIFY(field(keys));
    auto *const line = field(keys)->findChild<QLineEdit *>();
    QVERIFY(line);
    line->setText(text);
    Q_EMIT line->editingFinished();
}

std::vector<test::FakeAdminApi::Call> TstRoutesPage::callsOf(Op op) const
{
    std::vector<test::FakeAdminApi::Call> out;
    for (const auto &call : m_api->calls()) {
        if (call.op == op)
            out.push_back(call);
    }
    return out;
}

void TstRoutesPage::routesShowWhatTheyServed()
{
    QTRY_COMPARE(m_page->model().row(0).traffic.count, 4102);
    QCOMPARE(m_page->table().currentRoute(), 0);
    QCOMPARE(field({"match", "path"})->shownValue(), "/v1/orders/{id:int}");
    QCOMPARE(field({"match", "methods"})->shownValue(), "GET, PUT");
    QCOMPARE(field({"service"})->shownValue(), "orders");
    QCOMPARE(m_page->editor().yaml()->firstLine(), 8);
    QVERIFY(m_page->editor().yaml()->toPlainText().endsWith("service: orders"));
}

void TstRoutesPage::aFieldEditsOnlyItsValue()
{
    enter({"match", "path"}, "/v2/orders");
    QCOMPARE(m_page->draft().text(), test::shopText().replace("/v1/orders/{id:int}", "/v2/orders"));
    enter({"timeout"}, "5s");
    QVERIFY(m_page->draft().text().contains("    service: orders\n    timeout: 5s\n"));
    enter({"timeout"}, "");
    enter({"match", "path"}, "/v1/orders/{id:int}");
    QCOMPARE(m_page->draft().text(), test::shopText());
    QVERIFY(!m_page->draft().isDirty());
}

void TstRoutesPage::aSettingOfAMiddlewareIsEdited()
{
    enter({"middleware", "0", "limit"}, "20");
    QCOMPARE(m_page->draft().text(), test::shopText().replace("limit: 5", "limit: 20"));
    QVERIFY(!field({"middleware", "0", "burst"})); // not set: it is under "Add a setting"
}

void TstRoutesPage::aMiddlewareByNameGetsSettings()
{
    auto *const cards = m_page->editor().form();
    for (QComboBox *const picker : cards->findChildren<QComboBox *>()) {
        if (picker->accessibleName() == "Add a setting of echo") {
            picker->setCurrentIndex(1);
            Q_EMIT picker->activated(1);
            break;
        }
    }
    QTRY_VERIFY(field({"middleware", "1", "status"}));
    enter({"middleware", "1", "status"}, "204");
    QCOMPARE(m_page->draft().text(),
             test::shopText().replace("      - echo\n", "      - {use: echo, status: 204}\n"));
}

void TstRoutesPage::typingYamlUpdatesTheForm()
{
    RouteYaml *const yaml = m_page->editor().yaml();
    QVERIFY(yaml->goTo(13, 14));
    QTest::keyClicks(yaml, "new-");
    QCOMPARE(m_page->draft().text(),
             test::shopText().replace("service: orders\n\n", "service: new-orders\n\n"));
    QCOMPARE(field({"service"})->shownValue(), "new-orders");
    QTest::keyClick(yaml, Qt::Key_End);
    QTest::keyClick(yaml, Qt::Key_Return);
    QTest::keyClicks(yaml, "timeout: 9s");
    QVERIFY(m_page->draft().text().contains("new-orders\n    timeout: 9s\n\n  - id: hello"));
    QCOMPARE(field({"timeout"})->shownValue(), "9s");
    m_page->draft().undoEdit(); // all that was typed
    QCOMPARE(m_page->draft().text(), test::shopText());
}

void TstRoutesPage::anErrorStandsAtItsFieldAndBlocksApply()
{
    QSignalSpy problems(m_page.get(), &RoutesPage::problemsChanged);
    enter({"middleware", "0", "limit"}, "0");
    QTRY_COMPARE(m_page->draft().errors(), 1);
    QCOMPARE(field({"middleware", "0", "limit"})->problemText(), "must be at least 1: write 1");
    QCOMPARE(field({"id"})->problemText(), "");
    QVERIFY(!m_page->draft().applyAction()->isEnabled());
    QVERIFY(m_page->draft().reviewAction()->isEnabled());
    QCOMPARE(problems.last().first().toInt(), 1);
    QCOMPARE(m_page->model().row(0).trouble, RouteModel::Trouble::Error);
}

void TstRoutesPage::aWarningDoesNotBlock()
{
    enter({"match", "methods"}, "GET, POST");
    QTRY_COMPARE(m_page->draft().problems().size(), 1U);
    QVERIFY(m_page->draft().applyAction()->isEnabled());
    QVERIFY(field({"match", "methods"})->problemText().startsWith("Warning"));
}

void TstRoutesPage::aProblemLeadsToItsLine()
{
    enter({"middleware", "0", "limit"}, "0");
    QTRY_COMPARE(m_page->draft().errors(), 1);
    m_page->table().selectRoute(2);
    m_page->tabs().setCurrentIndex(4);
    auto *const list = qobject_cast<QTableView *>(m_page->tabs().currentWidget());
    QVERIFY(list);
    Q_EMIT list->activated(list->model()->index(0, 0));
    QCOMPARE(m_page->table().currentRoute(), 0);
    QCOMPARE(m_page->tabs().currentIndex(), 0);
    QCOMPARE(m_page->editor().yaml()->textCursor().block().blockNumber() + 8, 11);
}

// Journey 3.
void TstRoutesPage::aDraftIsReviewedRunAndApplied()
{
    QSignalSpy changes(m_page.get(), &RoutesPage::changesChanged);
    enter({"middleware", "0", "limit"}, "20");
    QTRY_VERIFY(m_page->draft().isChecked());
    QCOMPARE(changes.last(), (QVariantList{1, true}));
    m_page->draft().reviewAction()->trigger();
    QCOMPARE(m_page->tabs().currentIndex(), 1);
    m_page->draft().dryRunAction()->trigger();
    QTRY_COMPARE(m_page->dryRun().summary(),
                 QStringLiteral("12 of 4\u202f870 exchanges would change. 3 cannot be told."));
    auto *const tree = m_page->dryRun().findChild<QTreeWidget *>();
    QCOMPARE(tree->topLevelItemCount(), 3);
    Q_EMIT tree->itemActivated(tree->topLevelItem(0)->child(1), 0);
    QCOMPARE(m_navigator->current(), (Jump{"traffic", {{"seq", qulonglong(118'001)}}}));
    m_page->draft().setComment("more for orders");
    m_page->draft().applyAction()->trigger();
    QTRY_COMPARE(m_page->draft().generation(), 43U);
    QVERIFY(!m_page->draft().isDirty());
    const auto call = callsOf(Op::ConfigApply).at(0);
    QCOMPARE(call.body["expected_generation"].toInt(), 42);
    QCOMPARE(call.body["comment"].toString(), "more for orders");
    QVERIFY(call.body["text"].toString().contains("limit: 20"));
}

void TstRoutesPage::anApplyCanBeUndone()
{
    m_api->on(Op::ConfigRollback, {{"generation", 44}, {"changes", QJsonArray()}});
    QVERIFY(!m_page->draft().undoAction()->isEnabled());
    enter({"middleware", "0", "limit"}, "20");
    const QString applied = m_page->draft().text();
    m_api->on(Op::Config, {{"generation", 43}, {"text", applied}});
    m_page->draft().apply();
    QTRY_VERIFY(m_page->draft().undoAction()->isEnabled());
    QPushButton *undo = nullptr;
    for (QPushButton *const button : m_page->findChildren<QPushButton *>()) {
        if (button->text() == "Undo")
            undo = button;
    }
    QVERIFY(undo);
    m_api->on(Op::Config, {{"generation", 44}, {"text", test::shopText()}});
    undo->click();
    QTRY_COMPARE(m_page->draft().generation(), 44U);
    const auto call = callsOf(Op::ConfigRollback).at(0);
    QCOMPARE(call.body["generation"].toInt(), 42);
    QCOMPARE(call.body["expected_generation"].toInt(), 43);
    QCOMPARE(m_page->draft().text(), test::shopText());
    m_page->draft().undoEdit(); // what was applied can be had again
    QCOMPARE(m_page->draft().text(), applied);
}

void TstRoutesPage::aRefusedApplyShowsWhatIsWrong()
{
    const QJsonObject answer{
        {"findings",
         QJsonArray{QJsonObject{
             {"severity", "error"}, {"path", "routes[0].id"}, {"message", "is taken"}}}}};
    m_api->on(Op::ConfigApply, [answer](const auto &) -> Result<QJsonObject> {
        return std::unexpected(
            Error(ErrorCode::InvalidConfig, "the configuration has errors")
                .with("answer", QString::fromUtf8(QJsonDocument(answer).toJson())));
    });
    QSignalSpy failed(&m_page->draft(), &RouteDraft::failed);
    enter({"middleware", "0", "limit"}, "20");
    m_page->draft().apply();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(field({"id"})->problemText(), "is taken");
    QVERIFY(m_page->draft().isDirty());
}

void TstRoutesPage::aConflictLosesNothing()
{
    enter({"middleware", "0", "limit"}, "20");
    const QString theirs = test::shopText().replace("priority: 5", "priority: 9");
    m_api->on(Op::Config, {{"generation", 43}, {"text", theirs}});
    m_api->on(Op::ConfigApply, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::Conflict, "generation 43 is in force");
    });
    m_page->draft().apply();
    QTRY_VERIFY(m_page->draft().conflict());
    QVERIFY(m_page->banner().isVisible());
    QVERIFY(m_page->tabs().isTabVisible(5));
    m_page->draft().keepMine();
    QVERIFY(!m_page->draft().conflict());
    QVERIFY(!m_page->banner().isVisible());
    QCOMPARE(m_page->draft().base(), theirs);
    QCOMPARE(m_page->draft().generation(), 43U);
    QCOMPARE(m_page->draft().text(), QString(theirs).replace("limit: 5", "limit: 20"));
}

void TstRoutesPage::theirsCanBeTakenAndMineComesBack()
{
    enter({"middleware", "0", "limit"}, "20");
    const QString mine = m_page->draft().text();
    const QString theirs = test::shopText().replace("limit: 5", "limit: 7");
    m_api->on(Op::Config, {{"generation", 43}, {"text", theirs}});
    m_page->draft().poll();
    QTRY_VERIFY(m_page->draft().conflict());
    m_page->draft().takeTheirs();
    QCOMPARE(m_page->draft().text(), theirs);
    QVERIFY(!m_page->draft().isDirty());
    m_page->draft().undoEdit();
    QCOMPARE(m_page->draft().text(), mine);
}

// The engine makes a revision of its own when it finds the file that an apply has written.
void TstRoutesPage::aFileThatWasOnlyReadAgainIsNoConflict()
{
    enter({"middleware", "0", "limit"}, "20");
    m_api->on(Op::Config, {{"generation", 45}, {"text", test::shopText()}});
    m_api->on(Op::ConfigApply, [this](const test::FakeAdminApi::Call &call) -> Result<QJsonObject> {
        if (call.body["expected_generation"].toInt() != 45)
            return fail(ErrorCode::Conflict, "generation 45 is in force");
        m_api->on(Op::Config, {{"generation", 46}, {"text", call.body["text"]}});
        return QJsonObject{{"generation", 46}};
    });
    m_page->draft().apply();
    QTRY_COMPARE(m_page->draft().generation(), 46U);
    QVERIFY(!m_page->draft().conflict());
    QVERIFY(!m_page->draft().isDirty());
    QCOMPARE(callsOf(Op::ConfigApply).size(), 2U);
}

void TstRoutesPage::aFileChangedOutsideIsNoticed()
{
    m_api->on(Op::Config,
              {{"generation", 42}, {"text", test::shopText()}, {"on_disk", "routes: [broken"}});
    m_page->draft().poll();
    QTRY_VERIFY(m_page->banner().isVisible());
    QCOMPARE(m_page->banner().title(), "The file was changed on the disk");
    QVERIFY(m_page->draft().conflict()->isOnDisk);
    m_api->on(Op::Config, {{"generation", 42}, {"text", test::shopText()}});
    m_page->draft().poll();
    QTRY_VERIFY(!m_page->banner().isVisible());
}

void TstRoutesPage::aTryMarksTheWinner()
{
    m_page->table().selectRoute(3);
    m_page->tryLine().ask("GET /v1/orders/7 Host: api.local");
    QTRY_VERIFY(m_page->model().hasTry());
    QCOMPARE(m_page->table().currentRoute(), 0);
    QCOMPARE(m_page->tryLine().sentence(),
             "orders takes it and sends /v1/orders/7 to orders. id = 7");
    QVERIFY(!m_page->table().isColumnHidden(RouteModel::Try));
    QCOMPARE(callsOf(Op::Explain).at(0).body["config"].toString(), test::shopText());
    enter({"timeout"}, "5s"); // asks again, of the new draft
    QTRY_COMPARE(callsOf(Op::Explain).size(), 2U);
    m_page->tryLine().ask("nonsense");
    QVERIFY(m_page->tryLine().sentence().contains("begins with /"));
    m_page->tryLine().clear();
    QVERIFY(!m_page->model().hasTry());
    QVERIFY(m_page->table().isColumnHidden(RouteModel::Try));
}

void TstRoutesPage::routesAreAddedCopiedMovedAndDeleted()
{
    const QList<QAction *> actions = m_page->table().actions();
    const auto trigger = [&](const char *text) {
        for (QAction *const action : actions) {
            if (action->iconText() == QLatin1String(text)) {
                QVERIFY(action->isEnabled());
                action->trigger();
            }
        }
    };
    trigger("Duplicate route");
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.id, "orders-2");
    trigger("Delete route");
    QCOMPARE(m_page->draft().text(), test::shopText());
    m_page->table().selectRoute(m_page->model().rowOfId("hello"));
    trigger("New route");
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.id, "new");
    QVERIFY(m_page->draft().text().contains(
        "  - id: new\n    match: {path: /new}\n    service: orders\n  - {id: files"));
    trigger("Move down in the file");
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.index, 3);
    trigger("Move up in the file");
    trigger("Delete route");
    QCOMPARE(m_page->draft().text(), test::shopText());
}

void TstRoutesPage::editsAreUndoneAndRedone()
{
    QVERIFY(!m_page->draft().undoEditAction()->isEnabled());
    enter({"timeout"}, "5s");
    enter({"timeout"}, "6s");
    m_page->draft().undoEditAction()->trigger();
    QCOMPARE(field({"timeout"})->shownValue(), "5s");
    m_page->draft().undoEditAction()->trigger();
    QVERIFY(!m_page->draft().isDirty());
    m_page->draft().redoEditAction()->trigger();
    QCOMPARE(field({"timeout"})->shownValue(), "5s");
    m_page->draft().discardAction()->trigger();
    QCOMPARE(m_page->draft().text(), test::shopText());
}

void TstRoutesPage::aJumpOpensItsLine()
{
    m_page->goTo({{"route", "old"}});
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.id, "old");
    m_page->goTo({{"line", 17}, {"column", 3}});
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.id, "hello");
    QCOMPARE(m_page->editor().yaml()->textCursor().block().text().trimmed().left(10), "middleware");
    m_page->goTo({{"line", 2}}); // no route has it: the whole file opens
    QCOMPARE(m_page->editor().yaml()->route(), -1);
    m_page->goTo({{"revision", 41}});
    QCOMPARE(m_page->tabs().currentIndex(), 3);
}

void TstRoutesPage::anEngineThatIsAwayIsSaid()
{
    m_api->on(Op::Config, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::Unavailable, "the engine at 127.0.0.1 cannot be reached");
    });
    m_page->draft().poll();
    QTRY_VERIFY(m_page->banner().isVisible());
    QCOMPARE(m_page->banner().title(), "The engine does not answer");
    QCOMPARE(m_page->model().rowCount(), 4); // what was known stays
    test::serveShop(*m_api);
    m_page->draft().poll();
    QTRY_VERIFY(!m_page->banner().isVisible());
}

void TstRoutesPage::theSelectionStaysWhenTheTableChanges()
{
    m_page->table().selectRoute(m_page->model().rowOfId("files"));
    m_page->draft().edit(yaml::remove(m_page->draft().text(), {"routes", "1"}));
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.id, "files");
    QCOMPARE(field({"id"})->shownValue(), "files");
    m_page->draft().undoEdit();
    QCOMPARE(m_page->model().row(m_page->table().currentRoute()).info.id, "files");
}

void TstRoutesPage::everyControlHasAName()
{
    m_page->tryLine().ask("/v1");
    for (int tab = 0; tab < m_page->tabs().count(); ++tab) {
        m_page->tabs().setTabVisible(tab, true);
        m_page->tabs().setCurrentIndex(tab);
        QCOMPARE(test::unnamed(*m_page).join('\n'), QString());
    }
}

void TstRoutesPage::actionsWorkByKey()
{
    m_page->activateWindow();
    QTRY_VERIFY(m_page->isActiveWindow());
    enter({"timeout"}, "5s");
    QTRY_VERIFY(m_page->draft().isChecked());
    QTest::keyClick(m_page.get(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
    QTRY_COMPARE(m_page->tabs().currentIndex(), 1);
    QTest::keyClick(m_page.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(callsOf(Op::ConfigApply).size(), 1U);
    m_page->table().setFocus();
    QTest::keyClick(&m_page->table(), Qt::Key_Insert);
    QTRY_COMPARE(m_page->model().rowCount(), 5);
}

void TstRoutesPage::aPageMayGoWhileAnswersCome()
{
    m_api->hold();
    m_page->draft().poll();
    enter({"timeout"}, "5s");
    m_page->draft().apply();
    m_page->tryLine().ask("/v1");
    m_page->dryRun().run();
    m_page->tabs().setCurrentIndex(3);
    m_page.reset();
    m_api->release();
    QCoreApplication::processEvents();
}

QTEST_MAIN(TstRoutesPage)
#include "tst_routespage.moc"
