// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/fakeadminapi.h"
#include "tests/ui/support/samples.h"
#include "ui/actions/apiswitch.h"
#include "ui/actions/enginesession.h"
#include "ui/actions/shortcuts.h"
#include "ui/mainwindow.h"
#include "ui/pages/detail/detailview.h"
#include "ui/settings/thememanager.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/listdetailsplitter.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/topbar.h"

#include <QDialog>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everyControlHasAName();
    void theFirstPageShowsAndTheOthersHaveKeys();
    void jumpsCanBeWalkedBack();
    void aPausedStateIsAChipWithACross();
    void theRunButtonSaysWhatItWouldDo();
    void aDeadEngineShowsWhyAndOffersARestart();
    void menusShowEveryActionWithItsKeys();
    void thePaletteOpensByKey();
    void theLayoutIsThereAfterARestart();
    void aLayoutOfAnotherVersionIsForgotten();
    void theDetailGoesBelowTheListInANarrowWindow();
    void reviewShowsOnlyWhenThereIsSomethingToReview();
    void withoutAnEngineEveryCallIsAnswered();
    void aSessionRunsAnEngineAndConnects();
    void attachingElsewhereIsAChip();
    void themeAndSizeChangeWhileTheWindowIsOpen();

private:
    void addPages();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<MainWindow> m_window;
};

void TstMainWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_api = std::make_unique<test::FakeAdminApi>();
    m_window = std::make_unique<MainWindow>(*m_preferences, *m_shortcuts, *m_api);
}

void TstMainWindow::cleanup()
{
    m_window.reset();
    m_shortcuts.reset();
    m_preferences.reset();
}

void TstMainWindow::addPages()
{
    m_window->addPage(
        {"traffic", "Traffic", Glyph::Traffic, QKeySequence("Ctrl+1"), new QLineEdit("list")});
    m_window->addPage(
        {"routes", "Routes", Glyph::Routes, QKeySequence("Ctrl+3"), new QLineEdit("routes")});
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TstMainWindow::everyControlHasAName()
{
    addPages();
    m_window->topBar().setListeners({"http://127.0.0.1:8080"});
    m_window->topBar().setEnvironments({"local", "staging"}, "local");
    m_window->topBar().setChanges(3, true);
    m_window->statusLine().setProblems(2);
    for (QLineEdit *const page : m_window->findChildren<QLineEdit *>())
        page->setAccessibleName("page");
    QCOMPARE(test::unnamed(*m_window).join("\n"), QString());
}

void TstMainWindow::theFirstPageShowsAndTheOthersHaveKeys()
{
    QCOMPARE(m_window->currentPage(), QString());
    addPages();
    QCOMPARE(m_window->currentPage(), "traffic");
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->currentPage(), "routes");
}

void TstMainWindow::jumpsCanBeWalkedBack()
{
    addPages();
    m_window->navigator().go({"routes", {{"route", "orders"}}});
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_window->currentPage(), "traffic");
    QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(m_window->currentPage(), "routes");
    QVERIFY(!m_shortcuts->action("go.forward")->isEnabled());
}

void TstMainWindow::aPausedStateIsAChipWithACross()
{
    QAction *const pause = m_shortcuts->action("traffic.pause");
    pause->setEnabled(true);
    pause->setChecked(true);
    QCOMPARE(m_window->statusLine().chips(), QStringList{"traffic.pause"});
    Q_EMIT m_window->statusLine().chipEnded("traffic.pause");
    QVERIFY(!pause->isChecked());
    QVERIFY(m_window->statusLine().chips().isEmpty());
}

void TstMainWindow::theRunButtonSaysWhatItWouldDo()
{
    QAction *const run = m_shortcuts->action("engine.run");
    QSignalSpy wanted(m_window.get(), &MainWindow::runWanted);
    QSignalSpy stop(m_window.get(), &MainWindow::stopWanted);
    QCOMPARE(run->iconText(), "Run");
    run->trigger();
    QCOMPARE(wanted.count(), 1);
    m_window->setEngineStatus({EngineStatus::Kind::Running, {"http://127.0.0.1:8080"}, {}, {}, {}});
    QCOMPARE(run->iconText(), "Stop");
    run->trigger();
    QCOMPARE(stop.count(), 1);
    QCOMPARE(m_window->statusLine().accessibleDescription(), "running :8080");
}

void TstMainWindow::aDeadEngineShowsWhyAndOffersARestart()
{
    addPages();
    QSignalSpy restart(m_window.get(), &MainWindow::restartWanted);
    m_window->setEngineStatus(
        {EngineStatus::Kind::Failed, {}, {}, "An address cannot be listened on.", {"port 8080"}});
    QVERIFY(m_window->banner().isVisible());
    QCOMPARE(m_window->banner().sentence(), "An address cannot be listened on.");
    m_window->banner().findChildren<QPushButton *>().first()->click();
    QCOMPARE(restart.count(), 1);
    m_window->setEngineStatus({EngineStatus::Kind::Running, {}, {}, {}, {}});
    QVERIFY(!m_window->banner().isVisible());
}

void TstMainWindow::menusShowEveryActionWithItsKeys()
{
    addPages();
    QList<QAction *> shown;
    for (const QAction *const menu : m_window->menuBar()->actions())
        shown += menu->menu()->actions();
    for (QAction *const action : m_shortcuts->actions())
        QVERIFY2(shown.contains(action), qPrintable(action->objectName()));
}

void TstMainWindow::thePaletteOpensByKey()
{
    addPages();
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    auto *const palette = m_window->findChild<QDialog *>();
    QVERIFY(palette && palette->isVisible());
    QTest::keyClick(palette, Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void TstMainWindow::theLayoutIsThereAfterARestart()
{
    m_window->show();
    m_window->resize(1200, 700);
    m_window->findChild<QDockWidget *>()->show();
    m_window->close();
    m_window.reset();
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_window = std::make_unique<MainWindow>(*m_preferences, *m_shortcuts, *m_api);
    QCOMPARE(m_window->size(), QSize(1200, 700));
    QVERIFY(!m_window->findChild<QDockWidget *>()->isHidden());
    m_shortcuts->action("view.reset-layout")->trigger();
    QVERIFY(m_window->findChild<QDockWidget *>()->isHidden());
}

void TstMainWindow::aLayoutOfAnotherVersionIsForgotten()
{
    m_window->show();
    m_window->resize(1000, 700);
    m_window->close();
    m_preferences->setState("window/version", MainWindow::layoutVersion + 1);
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_window = std::make_unique<MainWindow>(*m_preferences, *m_shortcuts, *m_api);
    QCOMPARE(m_window->size(), QSize(1440, 900));
}

void TstMainWindow::theDetailGoesBelowTheListInANarrowWindow()
{
    auto *const splitter = new ListDetailSplitter;
    splitter->addWidget(new QLabel("list"));
    splitter->addWidget(new QLabel("detail"));
    m_window->addPage({"traffic", "Traffic", Glyph::Traffic, QKeySequence("Ctrl+1"), splitter});
    m_window->resize(1440, 900);
    m_window->show();
    QCOMPARE(splitter->orientation(), Qt::Horizontal);
    const QList<int> sizes = splitter->sizes();
    QVERIFY(qAbs(sizes[0] * 42 - sizes[1] * 58) < 60 * 58);
    m_window->resize(1000, 700);
    QTRY_COMPARE(splitter->orientation(), Qt::Vertical);
}

void TstMainWindow::reviewShowsOnlyWhenThereIsSomethingToReview()
{
    addPages();
    QAction *const review = m_shortcuts->action("route.review");
    QVERIFY(!review->isEnabled());
    m_window->topBar().setChanges(3, false);
    QVERIFY(review->isEnabled());
    QCOMPARE(review->iconText(), "Review 3");
    QVERIFY(!m_shortcuts->action("route.apply")->isEnabled());
}

void TstMainWindow::withoutAnEngineEveryCallIsAnswered()
{
    ApiSwitch api;
    int answers = 0;
    api.call(client::Op::Info, this, [&](const auto &answer) {
        answers += !answer && answer.error().code() == ErrorCode::Unavailable;
    });
    api.fetch(client::Op::ExchangeBody, {}, this, [&](const auto &answer) { answers += !answer; });
    QCOMPARE(answers, 0);
    QTRY_COMPARE(answers, 2);
    auto fake = std::make_unique<test::FakeAdminApi>();
    fake->on(client::Op::Info, QJsonObject{{"version", "1"}});
    QSignalSpy changed(&api, &ApiSwitch::targetChanged);
    api.setTarget(std::move(fake));
    QCOMPARE(changed.count(), 1);
    QString version;
    api.call(client::Op::Info, this,
             [&](const auto &answer) { version = (*answer)["version"].toString(); });
    QTRY_COMPARE(version, "1");
}

void TstMainWindow::aSessionRunsAnEngineAndConnects()
{
    QFile script(m_folder->filePath("engine"));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\necho '{\"ready\":true,\"api_version\":1,\"admin\":\"127.0.0.1:9\","
                 "\"listeners\":{\"web\":\"127.0.0.1:8080\"}}'\nexec cat\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    m_preferences->engineProgram.set(script.fileName());
    ApiSwitch api;
    EngineSession session(*m_window, *m_preferences, api, [](const Attachment &) {
        return std::make_unique<test::FakeAdminApi>();
    });
    QSignalSpy attached(&session, &EngineSession::attached);
    QSignalSpy detached(&session, &EngineSession::detached);
    m_shortcuts->action("engine.run")->trigger();
    QTRY_COMPARE(attached.count(), 1);
    QVERIFY(api.hasTarget());
    QCOMPARE(m_window->statusLine().accessibleDescription(), "running :8080");
    m_shortcuts->action("engine.run")->trigger();
    QTRY_COMPARE(detached.count(), 1);
    QTRY_COMPARE(m_window->statusLine().accessibleDescription(), "stopped");
}

void TstMainWindow::attachingElsewhereIsAChip()
{
    ApiSwitch api;
    EngineSession session(*m_window, *m_preferences, api, [](const Attachment &) {
        return std::make_unique<test::FakeAdminApi>();
    });
    session.attach("192.0.2.1:9901", {});
    QCOMPARE(m_window->statusLine().chips(), QStringList{"remote"});
    session.attach("localhost:9901", {});
    QVERIFY(m_window->statusLine().chips().isEmpty());
    session.attach("nonsense", {});
    QVERIFY(m_window->banner().sentence().contains("nonsense"));
}

void TstMainWindow::themeAndSizeChangeWhileTheWindowIsOpen()
{
    const ThemeManager manager(*m_preferences);
    auto *const detail = new DetailView(*m_api);
    m_window->addPage({"traffic", "Traffic", Glyph::Traffic, QKeySequence("Ctrl+1"), detail});
    m_window->show();
    detail->showExchange(test::passedExchange());
    m_preferences->theme.set("light");
    const QImage light = m_window->grab().toImage();
    const int height = m_window->statusLine().height();
    m_preferences->theme.set("dark");
    QCoreApplication::processEvents();
    QVERIFY(m_window->grab().toImage() != light);
    QCOMPARE(detail->currentTab(), DetailView::Tab::Overview);
    m_shortcuts->action("view.larger")->trigger();
    QCOMPARE(m_preferences->scale.value(), 110);
    QVERIFY(m_window->statusLine().height() > height);
}

QTEST_MAIN(TstMainWindow)
#include "tst_mainwindow.moc"
