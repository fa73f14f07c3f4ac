// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "ui/actions/attachment.h"
#include "ui/actions/commandmodel.h"
#include "ui/actions/commandpalette.h"
#include "ui/actions/fuzzy.h"
#include "ui/actions/navigator.h"
#include "ui/actions/shortcuts.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QSet>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void theTableHasNoConflicts();
    void anActionShowsItsKeys();
    void aChangedKeyReachesTheActionAndTheFile();
    void aTakenKeyIsRefusedWithItsOwner();
    void aLetterAloneIsForListsOnly();
    void resettingBringsTheTableBack();
    void lettersAreFoundInOrder_data();
    void lettersAreFoundInOrder();
    void theBestCommandComesFirst();
    void thePaletteTriggersWhatIsChosen();
    void thePaletteIsNamed();
    void theWayBackLeadsThroughEveryStep();
    void aNewStepForgetsWhatLayAhead();
    void theWayIsBounded();
    void addressesAreChecked_data();
    void addressesAreChecked();
    void theTokenIsReadFromItsFile();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
};

void TstActions::init()
{
    m_shortcuts.reset();
    m_preferences.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("workbench.ini"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
}

void TstActions::theTableHasNoConflicts()
{
    QSet<QString> ids;
    for (const ShortcutInfo &info : shortcutTable()) {
        QVERIFY2(!ids.contains(info.id), info.id);
        ids << info.id;
        const auto keys = m_shortcuts->keys(info.id);
        QCOMPARE(keys.isEmpty(), QByteArray(info.keys).isEmpty());
        for (const QKeySequence &key : keys) {
            QVERIFY2(!key.isEmpty(), info.id);
            QCOMPARE(m_shortcuts->conflict(info.id, key), QString());
        }
    }
}

void TstActions::anActionShowsItsKeys()
{
    QAction *const action = m_shortcuts->make("traffic.replay", this);
    QCOMPARE(action->shortcuts().size(), 2);
    QCOMPARE(action->toolTip(), "Resend (Ctrl+R)");
    QCOMPARE(action->shortcutContext(), Qt::WidgetShortcut);
    QVERIFY(!action->icon().isNull());
    QCOMPARE(m_shortcuts->action("traffic.replay"), action);
    delete action;
    QCOMPARE(m_shortcuts->action("traffic.replay"), nullptr);
}

void TstActions::aChangedKeyReachesTheActionAndTheFile()
{
    QObject owner;
    QAction *const action = m_shortcuts->make("route.apply", &owner);
    QSignalSpy changed(m_shortcuts.get(), &Shortcuts::changed);
    QVERIFY(m_shortcuts->rebind("route.apply", {QKeySequence("Ctrl+Alt+A")}));
    QCOMPARE(action->shortcut(), QKeySequence("Ctrl+Alt+A"));
    QCOMPARE(changed.count(), 1);
    const Shortcuts again(*m_preferences);
    QCOMPARE(again.keys("route.apply"), QList{QKeySequence("Ctrl+Alt+A")});
}

void TstActions::aTakenKeyIsRefusedWithItsOwner()
{
    QCOMPARE(m_shortcuts->conflict("route.apply", QKeySequence("Ctrl+Shift+R")),
             "Ctrl+Shift+R is already \"Edit and resend\".");
    QVERIFY(!m_shortcuts->rebind("route.apply", {QKeySequence("Ctrl+Shift+R")}));
    QCOMPARE(m_shortcuts->keys("route.apply"), QList{QKeySequence("Ctrl+Shift+A")});
    // Lists and bodies never have the focus at once.
    QCOMPARE(m_shortcuts->conflict("body.find", QKeySequence("R")),
             "R alone can be used in lists only; add Ctrl or Alt.");
    QCOMPARE(m_shortcuts->conflict("body.find", QKeySequence("Ctrl+R")), QString());
}

void TstActions::aLetterAloneIsForListsOnly()
{
    QVERIFY(m_shortcuts->conflict("route.apply", QKeySequence("X")).contains("lists only"));
    QCOMPARE(m_shortcuts->conflict("traffic.pin", QKeySequence("X")), QString());
    QCOMPARE(m_shortcuts->conflict("route.apply", QKeySequence("F9")), QString());
}

void TstActions::resettingBringsTheTableBack()
{
    m_shortcuts->rebind("route.apply", {});
    QVERIFY(m_shortcuts->keys("route.apply").isEmpty());
    m_shortcuts->resetAll();
    QCOMPARE(m_shortcuts->keys("route.apply"), QList{QKeySequence("Ctrl+Shift+A")});
    QVERIFY(m_preferences->stateKeys("keys").isEmpty());
}

void TstActions::lettersAreFoundInOrder_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("fits");
    QTest::newRow("nothing") << "" << "Copy" << true;
    QTest::newRow("initials") << "cac" << "Copy as cURL" << true;
    QTest::newRow("spaces do not count") << "c u r l" << "Copy as cURL" << true;
    QTest::newRow("wrong order") << "lc" << "Copy as cURL" << false;
    QTest::newRow("missing letter") << "copyz" << "Copy as cURL" << false;
}

void TstActions::lettersAreFoundInOrder()
{
    QFETCH(QString, typed);
    QFETCH(QString, text);
    QFETCH(bool, fits);
    QCOMPARE(fuzzyScore(typed, text).has_value(), fits);
}

void TstActions::theBestCommandComesFirst()
{
    QAction review("&Review changes");
    QAction reset("&Reset layout");
    QAction dry("&Dry run");
    QAction off("Restart");
    off.setEnabled(false);
    CommandModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setActions({&dry, &off, &reset, &review});
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.index(3).data().toString(), "Restart");
    model.setTyped("re");
    QCOMPARE(model.rowCount(), 3);
    model.setTyped("rl");
    QCOMPARE(model.action(model.index(0)), &reset);
    QVERIFY(!(model.flags(model.index(model.rowCount() - 1)) & Qt::ItemIsSelectable)
            || model.rowCount() == 1);
}

void TstActions::thePaletteTriggersWhatIsChosen()
{
    QWidget window;
    window.resize(900, 600);
    window.show();
    QAction one("Alpha");
    QAction two("Beta");
    QSignalSpy triggered(&two, &QAction::triggered);
    CommandPalette palette(&window);
    palette.openWith({&one, &two});
    auto *const edit = palette.findChild<QLineEdit *>();
    QTest::keyClicks(edit, "bet");
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(triggered.count(), 1);
    QVERIFY(!palette.isVisible());
    palette.openWith({&one, &two});
    QTest::keyClick(edit, Qt::Key_Down);
    QTest::keyClick(edit, Qt::Key_Down);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(triggered.count(), 2);
}

void TstActions::thePaletteIsNamed()
{
    QWidget window;
    CommandPalette palette(&window);
    QCOMPARE(test::unnamed(palette).join("\n"), QString());
}

void TstActions::theWayBackLeadsThroughEveryStep()
{
    Navigator navigator;
    QSignalSpy jumped(&navigator, &Navigator::jumped);
    navigator.back();
    QCOMPARE(jumped.count(), 0);
    navigator.go({"traffic", {}});
    navigator.setHere({{"seq", 7}});
    navigator.go({"routes", {{"route", "orders"}}});
    navigator.go({"routes", {{"route", "orders"}}});
    navigator.back();
    QCOMPARE(navigator.current(), (Jump{"traffic", {{"seq", 7}}}));
    QVERIFY(!navigator.canGoBack());
    navigator.forward();
    QCOMPARE(navigator.current().page, "routes");
    QVERIFY(!navigator.canGoForward());
    QCOMPARE(jumped.count(), 5);
}

void TstActions::aNewStepForgetsWhatLayAhead()
{
    Navigator navigator;
    navigator.go({"a", {}});
    navigator.go({"b", {}});
    navigator.back();
    navigator.go({"c", {}});
    QVERIFY(!navigator.canGoForward());
    navigator.back();
    QCOMPARE(navigator.current().page, "a");
}

void TstActions::theWayIsBounded()
{
    Navigator navigator;
    for (int i = 0; i < 500; ++i)
        navigator.go({QString::number(i), {}});
    int steps = 0;
    for (; navigator.canGoBack(); ++steps)
        navigator.back();
    QCOMPARE(steps, int(Navigator::mostSteps) - 1);
}

void TstActions::addressesAreChecked_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isLocal");
    QTest::newRow("short") << " 127.0.0.1:9901 " << "http://127.0.0.1:9901" << true;
    QTest::newRow("whole") << "https://gateway.example:9901" << "https://gateway.example:9901"
                           << false;
    QTest::newRow("name") << "localhost:1" << "http://localhost:1" << true;
    QTest::newRow("ipv6") << "[::1]:9901" << "http://[::1]:9901" << true;
    QTest::newRow("no port") << "localhost" << "" << false;
    QTest::newRow("no host") << ":9901" << "" << false;
    QTest::newRow("other scheme") << "ftp://localhost:21" << "" << false;
    QTest::newRow("nothing") << "" << "" << false;
}

void TstActions::addressesAreChecked()
{
    QFETCH(QString, address);
    QFETCH(QString, url);
    QFETCH(bool, isLocal);
    const auto attachment = Attachment::from(address, {});
    QCOMPARE(attachment.has_value(), !url.isEmpty());
    if (!attachment) {
        QCOMPARE(attachment.error().code(), ErrorCode::BadRequest);
        return;
    }
    QCOMPARE(attachment->url.toString(), url);
    QCOMPARE(attachment->isLocal(), isLocal);
}

void TstActions::theTokenIsReadFromItsFile()
{
    const QString path = m_folder->filePath("token");
    QCOMPARE(Attachment::from("localhost:1", path).error().code(), ErrorCode::Unavailable);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("secret\n");
    file.close();
    QCOMPARE(Attachment::from("localhost:1", path)->token, "secret");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("two\nlines\n");
    file.close();
    const auto wrong = Attachment::from("localhost:1", path);
    QVERIFY(!wrong);
    QVERIFY(!wrong.error().message().contains("two"));
}

QTEST_MAIN(TstActions)
#include "tst_actions.moc"
