// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/realworkbench.h"
#include "tests/ui/support/accessibility.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/limits/limitselection.h"
#include "ui/pages/limits/limitspage.h"
#include "ui/pages/traffic/filterbar.h"
#include "ui/pages/traffic/listpane.h"
#include "ui/pages/traffic/trafficpage.h"
#include "ui/settings/preferences.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chartwidget.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/listdetailsplitter.h"
#include "ui/widgets/statusline.h"
#include "ui/widgets/topbar.h"
#include "ui/workbench.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace gatehouse;
using namespace gatehouse::ui;
using test::RawClient;

namespace {

const QByteArray limited =
    "version: 1\n"
    "listeners: [{name: web, address: \"127.0.0.1:0\"}]\n"
    "routes:\n"
    "  - id: limited\n"
    "    match: {path: /limited}\n"
    "    middleware:\n"
    "      - {use: rate_limit, algorithm: fixed_window, rate: 2/1h, enforce: always}\n"
    "      - {use: respond, body: hi}\n";

} // namespace

/// The whole workbench with the real engine behind it.
class TestWorkbench final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_real = std::make_unique<test::RealWorkbench>(); }
    void cleanup() { m_real.reset(); }

    /// Journey 1: nothing is asked, rows arrive by themselves, and one of them was limited.
    void theDemoShowsLife()
    {
        if (!test::RealWorkbench::hasDemoPorts())
            QSKIP("the demo's ports 8080 and 8081 are taken");
        QVERIFY(m_real->start({}));
        QTRY_VERIFY_WITH_TIMEOUT(m_real->traffic().store().size() >= 15, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_real->workbench->window().statusLine().chips().contains("demo-traffic"), 5'000);
        // The first real request ends the demo's own traffic.
        RawClient client(8080);
        client.send("GET /hello/me HTTP/1.1\r\nHost: a\r\n\r\n");
        client.readResponse();
        QTRY_VERIFY_WITH_TIMEOUT(
            !m_real->workbench->window().statusLine().chips().contains("demo-traffic"), 5'000);
    }

    /// Journey 2, with a stopwatch on the event loop.
    void aDeniedRequestTellsItsLine()
    {
        const test::LoopProbe probe;
        QVERIFY(m_real->start(limited));
        for (int i = 0; i < 3; ++i)
            m_real->request("/limited");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), 3u, 10'000);
        m_real->traffic().findChild<FilterBar *>()->apply("decision:limited");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->list().model()->rowCount(), 1, 10'000);
        m_real->list().selectRow(0);
        auto *const detail = m_real->traffic().findChild<DetailView *>();
        QTRY_VERIFY_WITH_TIMEOUT(m_real->texts(*detail).contains("0 of 2 left"), 10'000);
        detail->setCurrentTab(DetailView::Tab::Why);
        QVERIFY(m_real->texts(*detail).contains("rate_limit"));
#ifndef GATEHOUSE_SANITIZED // which takes its own time
        QVERIFY2(probe.longest() < 500, qPrintable(QString::number(probe.longest())));
#endif
    }

    void anEngineThatIsKilledIsSaidAndStartedAgain()
    {
        QVERIFY(m_real->start(limited));
        m_real->request("/limited");
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), 1u, 10'000);
        QSignalSpy states(&m_real->workbench->session().process(), &EngineProcess::stateChanged);
        const qint64 pid = m_real->workbench->session().process().ready()->pid;
        ::kill(pid_t(pid), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!states.isEmpty(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_real->workbench->session().process().state()
                                         == EngineProcess::State::Running
                                     && m_real->workbench->session().process().ready()->pid != pid,
                                 15'000);
        m_real->request("/limited");
        QTRY_VERIFY_WITH_TIMEOUT(m_real->traffic().store().size() >= 1, 10'000);
    }

    void aConfigurationThatCannotRunIsSaidWithItsFindings()
    {
        (void)m_real->start("listeners: 7\n");
        QTRY_VERIFY_WITH_TIMEOUT(
            m_real->workbench->window().banner().isVisibleTo(&m_real->workbench->window()), 10'000);
        QVERIFY(m_real->texts(m_real->workbench->window().banner()).contains("listeners"));
        QVERIFY(m_real->workbench->session().process().state() == EngineProcess::State::Failed);
    }

    void closingTheWindowEndsTheEngine()
    {
        QVERIFY(m_real->start(limited));
        const auto pid = pid_t(m_real->workbench->session().process().ready()->pid);
        m_real->workbench.reset();
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0, 10'000);
    }

    void anEngineElsewhereIsAttachedWithItsToken()
    {
        QVERIFY(m_real->start(limited));
        const EngineReady ready = *m_real->workbench->session().process().ready();
        Preferences other(m_real->folder.filePath("other.ini"));
        Workbench second(other);
        second.window().show();
        second.session().attach(ready.admin.toString(), ready.tokenFile);
        m_real->request("/limited");
        QTRY_COMPARE_WITH_TIMEOUT(second.traffic().store().size(), 1u, 10'000);
        Workbench stranger(other);
        stranger.session().attach(ready.admin.toString(), {});
        QTRY_VERIFY_WITH_TIMEOUT(
            m_real->texts(stranger.window()).contains("does not accept this token"), 10'000);
    }

    void aBurstLosesNothingAndKeepsTheWindowAlive()
    {
        QVERIFY(m_real->start(limited));
        const test::LoopProbe probe;
        RawClient client(m_real->port());
        QByteArray pipelined;
        for (int i = 0; i < 50; ++i)
            pipelined += "GET /limited HTTP/1.1\r\nHost: a\r\n\r\n";
        constexpr int rounds = 100;
        for (int i = 0; i < rounds; ++i) {
            client.send(pipelined);
            for (int j = 0; j < 50; ++j)
                client.readResponse();
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE_WITH_TIMEOUT(m_real->traffic().store().size(), quint32(rounds * 50), 20'000);
    }

    /// Each line of the table is an action of the window, and each action is in the table or a
    /// menu.
    void everyActionIsInTheTable()
    {
        m_real->workbench = std::make_unique<Workbench>(*m_real->preferences);
        MainWindow &window = m_real->workbench->window();
        window.show();
        QStringList lost;
        for (const ShortcutInfo &info : shortcutTable()) {
            const auto made = window.findChildren<QAction *>(QLatin1String(info.id));
            const bool isInMenu = std::ranges::any_of(made, &TestWorkbench::isInMenuBar);
            if (!isInMenu)
                lost << QString("%1 is in no menu of the window").arg(info.id);
        }
        for (const QAction *const action : window.findChildren<QAction *>()) {
            const bool isOurs = !action->isSeparator() && !action->menu()
                && !action->text().isEmpty() && !action->objectName().startsWith("_q_");
            if (isOurs && !isInTable(*action) && !isInAnyMenu(action))
                lost << QString("\"%1\" is in no table and no menu").arg(action->text());
        }
        QCOMPARE(lost.join('\n'), QString());
    }

    /// What one key means in one place must be one action, or it means none.
    void noKeyOfTheWindowIsAmbiguous()
    {
        m_real->workbench = std::make_unique<Workbench>(*m_real->preferences);
        MainWindow &window = m_real->workbench->window();
        window.show();
        for (const char *const page : {"traffic", "composer", "routes", "limits", "settings"}) {
            window.navigator().go({page, {}});
            QMap<QString, QSet<const QAction *>> actions;
            for (const QWidget *const widget :
                 window.findChildren<QWidget *>() + QList<QWidget *>{&window}) {
                if (!widget->isVisible() || qobject_cast<const QMenu *>(widget))
                    continue;
                for (const QAction *const action : widget->actions()) {
                    if (action->shortcutContext() != Qt::WindowShortcut)
                        continue;
                    for (const QKeySequence &key : action->shortcuts())
                        actions[key.toString()] << action;
                }
            }
            for (auto it = actions.cbegin(); it != actions.cend(); ++it)
                QVERIFY2(it->size() == 1, qPrintable(QString("%1 on %2").arg(it.key(), page)));
        }
    }

    void listAndDetailAreReachedByKey()
    {
        m_real->workbench = std::make_unique<Workbench>(*m_real->preferences);
        MainWindow &window = m_real->workbench->window();
        window.resize(1440, 900);
        window.show();
        const auto trigger = [&window](const char *id) {
            window.findChild<QAction *>(QLatin1String(id))->trigger();
        };
        for (const char *const page : {"traffic", "routes"}) {
            window.navigator().go({page, {}});
            QCoreApplication::processEvents();
            const auto splitters = window.findChildren<ListDetailSplitter *>();
            const auto shown = std::ranges::find_if(splitters, &QWidget::isVisible);
            QVERIFY(shown != splitters.end());
            trigger("go.list");
            QVERIFY((*shown)->widget(0)->isAncestorOf(window.focusWidget()));
            trigger("view.detail");
            QVERIFY(!(*shown)->widget(1)->isVisible());
            trigger("view.detail");
            QVERIFY((*shown)->widget(1)->isVisible());
            trigger("go.detail");
            QVERIFY((*shown)->widget(1)->isAncestorOf(window.focusWidget()));
        }
    }

    /// Every page as a screen reader finds it, with what an engine has to show.
    void everyPageIsNamedForScreenReaders()
    {
        QVERIFY(m_real->start(limited));
        QCOMPARE(m_real->request("/limited"), 200);
        QTRY_VERIFY(m_real->traffic().store().size() >= 1);
        MainWindow &window = m_real->workbench->window();
        for (const char *const page : {"traffic", "composer", "routes", "limits", "settings"}) {
            window.navigator().go({page, {}});
            for (QTabWidget *const tabs : window.findChildren<QTabWidget *>()) {
                for (int i = 0; tabs->isVisible() && i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    QCoreApplication::processEvents();
                    QVERIFY2(
                        test::unnamed(window).isEmpty(),
                        qPrintable(QString("%1: %2").arg(page, test::unnamed(window).join('\n'))));
                }
            }
            QCOMPARE(test::unnamed(window).join('\n'), QString());
        }
        for (const ChartWidget *const chart : window.findChildren<ChartWidget *>())
            QVERIFY2(!chart->accessibleName().isEmpty(), chart->metaObject()->className());
    }

    /// Feature 3: moved time is never silent, a block is felt and undone, each with the real
    /// engine.
    void theClockOfLimitsIsAChipThatEndsIt()
    {
        QVERIFY(m_real->start(limited));
        for (const int status : {200, 200, 429})
            QCOMPARE(m_real->request("/limited"), status);
        MainWindow &window = m_real->workbench->window();
        LimitsPage &page = m_real->workbench->limits();
        window.navigator().go({"limits", {}});
        QTRY_VERIFY(page.selection().key());
        const auto chip = [&window] {
            for (const Chip *const each : window.statusLine().findChildren<Chip *>()) {
                if (each->isVisible() && each->text().startsWith("limits' clock"))
                    return each->text();
            }
            return QString();
        };
        QCOMPARE(chip(), QString());
        window.findChild<QAction *>("limit.minute")->trigger();
        QTRY_COMPARE(chip(), "limits' clock +60 s");
        window.findChild<QAction *>("limit.freeze")->trigger();
        QTRY_COMPARE(chip(), "limits' clock frozen");
        Q_EMIT window.statusLine().chipEnded("limit-clock");
        QTRY_COMPARE(chip(), QString());

        QSignalSpy done(&page.selection(), &LimitSelection::done);
        window.findChild<QAction *>("limit.reset")->trigger();
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(m_real->request("/limited"), 200);
        page.selection().undo(); // the two of before count again
        QTRY_COMPARE(done.size(), 2);
        QCOMPARE(m_real->request("/limited"), 429);
        QTRY_VERIFY(page.selection().key()); // it was as new for a moment
        window.findChild<QAction *>("limit.reset")->trigger();
        QTRY_COMPARE(done.size(), 3);
        QTRY_VERIFY(!page.selection().key()); // a key that is as new is not remembered
        QCOMPARE(m_real->request("/limited"), 200);
        QTRY_VERIFY(page.selection().key());
        window.findChild<QAction *>("limit.block")->trigger();
        QTRY_COMPARE(done.size(), 4);
        QCOMPARE(m_real->request("/limited"), 429);
        page.selection().undo();
        QTRY_COMPARE(done.size(), 5);
        QCOMPARE(m_real->request("/limited"), 200);
    }

    void anEnvironmentIsChosenByKey()
    {
        m_real->workbench = std::make_unique<Workbench>(*m_real->preferences);
        MainWindow &window = m_real->workbench->window();
        window.show();
        window.topBar().setEnvironments({}, {});
        window.findChild<QAction *>("view.environment")->trigger();
        QCOMPARE(window.navigator().current().page, "composer"); // where they are made
        window.topBar().setEnvironments({"local", "staging"}, "local");
        QVERIFY(window.topBar().openEnvironments());
    }

private:
    static bool isInMenuBar(const QAction *action)
    {
        const auto objects = action->associatedObjects();
        return std::ranges::any_of(objects, [](const QObject *object) {
            const auto *const menu = qobject_cast<const QMenu *>(object);
            return menu && qobject_cast<const QMenuBar *>(menu->parent());
        });
    }
    static bool isInAnyMenu(const QAction *action)
    {
        const auto objects = action->associatedObjects();
        return std::ranges::any_of(objects, [](const QObject *object) {
            const auto *const widget = qobject_cast<const QWidget *>(object);
            return qobject_cast<const QMenu *>(object)
                || (widget && widget->contextMenuPolicy() == Qt::ActionsContextMenu);
        });
    }
    static bool isInTable(const QAction &action)
    {
        return std::ranges::any_of(shortcutTable(), [&](const ShortcutInfo &info) {
            return action.objectName() == QLatin1String(info.id);
        });
    }

    std::unique_ptr<test::RealWorkbench> m_real;
};

QTEST_MAIN(TestWorkbench)
#include "tst_workbench.moc"
