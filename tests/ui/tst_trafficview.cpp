// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/trafficfeed.h"
#include "ui/widgets/minimapbar.h"
#include "ui/widgets/trafficview.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

struct Screen
{
    Screen()
    {
        view.resize(1200, 400);
        view.show();
        QApplication::setActiveWindow(&view);
        view.setFocus();
        (void)QTest::qWaitForWindowActive(&view); // keys go to an active window only
    }
    void add(int rows)
    {
        store.add(feed.next(rows));
        QApplication::processEvents();
    }

    test::TrafficFeed feed{3};
    TrafficStore store;
    TrafficModel model{store};
    FilterRunner runner{store, model};
    TrafficView view{model, runner};
};

filter::Expression parsed(QStringView text)
{
    return *filter::Expression::parse(text);
}

QAction *found(QMenu *menu, const QString &text)
{
    for (QAction *const action : menu->actions()) {
        if (action->text().startsWith(text))
            return action;
        if (QMenu *const inner = action->menu()) {
            if (QAction *const there = found(inner, text))
                return there;
        }
    }
    return nullptr;
}

} // namespace

class TrafficViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowActionWorksByKeyAndByMenu_data()
    {
        QTest::addColumn<int>("action");
        QTest::addColumn<QKeySequence>("keys");
        for (const auto &[action, keys] :
             {std::pair(RowAction::Resend, "R"), std::pair(RowAction::Resend, "Ctrl+R"),
              std::pair(RowAction::EditAndResend, "Ctrl+Shift+R"),
              std::pair(RowAction::Compare, "Ctrl+D"), std::pair(RowAction::SetBaseline, "B"),
              std::pair(RowAction::Pin, "M"), std::pair(RowAction::Note, "Ctrl+M"),
              std::pair(RowAction::Delete, "Del"), std::pair(RowAction::Clear, "Ctrl+Shift+Del"),
              std::pair(RowAction::CopyCurl, "Ctrl+Shift+C"),
              std::pair(RowAction::MakeTest, "Ctrl+Shift+T")})
            QTest::newRow(keys) << int(action)
                                << QKeySequence(QLatin1String(keys), QKeySequence::PortableText);
    }
    void everyRowActionWorksByKeyAndByMenu()
    {
        QFETCH(const int, action);
        QFETCH(const QKeySequence, keys);
        Screen screen;
        screen.add(50);
        const quint64 seq = screen.model.seqAt(10);
        QVERIFY(screen.view.goTo(seq));
        QVERIFY(screen.view.actions().of(RowAction(action))->isEnabled());
        std::vector<std::pair<RowAction, std::vector<quint64>>> wanted;
        connect(&screen.view, &TrafficView::rowActionWanted, this,
                [&](RowAction which, const std::vector<quint64> &seqs) {
                    wanted.emplace_back(which, seqs);
                });
        QTest::keySequence(&screen.view, keys);
        QMenu *const menu = screen.view.menuFor(screen.model.index(10, int(Column::Route)));
        QAction *const entry = screen.view.actions().of(RowAction(action));
        QVERIFY(menu->actions().contains(entry));
        entry->trigger();
        QCOMPARE(wanted.size(), 2U);
        for (const auto &[which, seqs] : wanted) {
            QCOMPARE(int(which), action);
            QCOMPARE(seqs, std::vector<quint64>{seq});
        }
        delete menu;
    }

    void keysComeFromTheTableOfTheWindow()
    {
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("settings.ini")));
        Shortcuts shortcuts(preferences);
        TrafficStore store;
        TrafficModel model(store);
        FilterRunner runner(store, model);
        TrafficView view(model, runner, &shortcuts);
        QCOMPARE(shortcuts.action(QStringLiteral("traffic.pin")),
                 view.actions().of(RowAction::Pin));
        QVERIFY(shortcuts.rebind(QStringLiteral("traffic.pin"),
                                 {QKeySequence(QStringLiteral("Ctrl+Alt+P"))}));
        QCOMPARE(view.actions().of(RowAction::Pin)->shortcut(),
                 QKeySequence(QStringLiteral("Ctrl+Alt+P")));
    }

    void keysWalkTheList()
    {
        Screen screen;
        screen.add(200);
        QTest::keyClick(&screen.view, Qt::Key_Home);
        QCOMPARE(screen.view.currentIndex().row(), 0);
        QVERIFY(!screen.view.isFollowing());
        QTest::keyClick(&screen.view, Qt::Key_J);
        QTest::keyClick(&screen.view, Qt::Key_J);
        QTest::keyClick(&screen.view, Qt::Key_K);
        QCOMPARE(screen.view.currentIndex().row(), 1);
        QTest::keyClick(&screen.view, Qt::Key_N);
        const int error = screen.view.currentIndex().row();
        QVERIFY(screen.model.row(error).record->status >= 400
                || screen.model.row(error).record->error != 0);
        QTest::keyClick(&screen.view, Qt::Key_N);
        QTest::keyClick(&screen.view, Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(screen.view.currentIndex().row(), error);
        QTest::keyClick(&screen.view, Qt::Key_End);
        QCOMPARE(screen.view.currentIndex().row(), 199);
        QVERIFY(screen.view.isFollowing());
        QTest::keyClick(&screen.view, Qt::Key_F);
        QVERIFY(!screen.view.isFollowing());
        const QSignalSpy focus(&screen.view, &TrafficView::filterFocusWanted);
        QTest::keyClick(&screen.view, Qt::Key_Slash);
        QTest::keyClick(&screen.view, Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(focus.size(), 2);
    }

    void theListFollowsUntilSomebodyScrolls()
    {
        Screen screen;
        screen.add(100);
        QScrollBar *const bar = screen.view.verticalScrollBar();
        QTRY_COMPARE(bar->value(), bar->maximum());
        screen.add(100);
        QTRY_COMPARE(bar->value(), bar->maximum());
        bar->setValue(bar->maximum() - 500);
        QVERIFY(!screen.view.isFollowing());
        const int place = bar->value();
        screen.add(312);
        QCOMPARE(bar->value(), place);
        auto *const pill = screen.view.findChild<QPushButton *>(QStringLiteral("newRowsPill"));
        QVERIFY(pill->isVisible());
        QCOMPARE(pill->text(), QStringLiteral("312 new"));
        QTest::mouseClick(pill, Qt::LeftButton);
        QVERIFY(screen.view.isFollowing());
        QVERIFY(!pill->isVisible());
        QTRY_COMPARE(bar->value(), bar->maximum());
    }

    void whatIsInSightStaysWhenOldRowsGo()
    {
        Screen screen;
        screen.store.setBudget({9000, 1 << 30});
        screen.add(8000);
        const quint64 seq = screen.model.seqAt(6000);
        QVERIFY(screen.view.goTo(seq));
        const int place = screen.view.visualRect(screen.view.currentIndex()).top();
        screen.add(3000);
        QVERIFY(screen.store.evicted() > 0);
        QCOMPARE(screen.view.currentSeq(), std::optional(seq));
        QVERIFY(!screen.view.isFollowing());
        QCOMPARE(screen.view.visualRect(screen.view.currentIndex()).top(), place);
    }

    void selectionSurvivesTheFilter()
    {
        Screen screen;
        screen.add(500);
        int row = 100;
        while (screen.model.row(row).record->status != 200)
            ++row;
        const quint64 seq = screen.model.seqAt(row);
        QVERIFY(screen.view.goTo(seq));
        screen.runner.setExpression(parsed(u"status:200"));
        QVERIFY(screen.model.rowCount() < 500);
        QCOMPARE(screen.view.currentSeq(), std::optional(seq));
        QCOMPARE(screen.view.selectedSeqs(), std::vector<quint64>{seq});
        screen.runner.setExpression({});
        QCOMPARE(screen.model.rowCount(), 500);
        QCOMPARE(screen.view.currentSeq(), std::optional(seq));
        QCOMPARE(screen.view.selectedSeqs(), std::vector<quint64>{seq});
        QVERIFY(screen.view.viewport()->rect().intersects(
            screen.view.visualRect(screen.view.currentIndex())));
    }

    void aSortedListSaysWhatItHoldsBack()
    {
        Screen screen;
        screen.add(100);
        screen.runner.sortBy(Column::Size, Qt::DescendingOrder);
        screen.add(7);
        auto *const pill = screen.view.findChild<QPushButton *>(QStringLiteral("newRowsPill"));
        QVERIFY(pill->isVisible());
        QCOMPARE(pill->text(), QStringLiteral("sorted; 7 new rows: Refresh"));
        pill->click();
        QCOMPARE(screen.model.rowCount(), 107);
    }

    void aCellFilters()
    {
        Screen screen;
        screen.add(20);
        screen.view.setFilterText(QStringLiteral("status:200 or status:404"));
        const QSignalSpy wanted(&screen.view, &TrafficView::filterWanted);
        QMenu *const menu = screen.view.menuFor(screen.model.index(3, int(Column::Host)));
        const QString test =
            screen.model.index(3, int(Column::Host)).data(TrafficModel::FilterRole).toString();
        for (const char *const lead : {"Only ", "Not ", "And ", "Or ", "And not ", "Or not "}) {
            QAction *const action = found(menu, QLatin1String(lead) + test);
            QVERIFY2(action, lead);
            action->trigger();
        }
        const QStringList texts{test,
                                u'-' + test,
                                QLatin1String("(status:200 or status:404) ") + test,
                                QLatin1String("status:200 or status:404 or ") + test,
                                QLatin1String("(status:200 or status:404) -") + test,
                                QLatin1String("status:200 or status:404 or -") + test};
        for (int i = 0; i < wanted.size(); ++i)
            QCOMPARE(wanted[i][0].toString(), texts[i]);
        QCOMPARE(wanted.size(), 6);
        delete menu;
    }

    void theDetailIsAskedForOnceAfterManyMoves()
    {
        Screen screen;
        screen.add(100);
        const QSignalSpy lately(&screen.view, &TrafficView::currentChangedLately);
        for (int i = 0; i < 10; ++i)
            QTest::keyClick(&screen.view, Qt::Key_Down);
        QTRY_COMPARE(lately.size(), 1);
        QCOMPARE(lately[0][0].toULongLong(), screen.view.currentSeq().value());
    }

    void rowsAreCopied()
    {
        Screen screen;
        screen.add(10);
        QVERIFY(screen.view.goTo(screen.model.seqAt(2)));
        QTest::keyClick(&screen.view, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(QString::number(screen.model.seqAt(2))));
    }

    void theAxisZoomsAndPans()
    {
        TimeAxis axis;
        axis.fit(0, 1'000'000);
        axis.zoom(2, 0.5);
        QCOMPARE(axis.span(), 500'000);
        QCOMPARE(axis.start(), 250'000);
        axis.fit(0, 9'000'000); // somebody has zoomed: it stays
        QCOMPARE(axis.span(), 500'000);
        axis.pan(0.5);
        QCOMPARE(axis.start(), 500'000);
        axis.reset();
        QCOMPARE(axis.span(), 9'000'000);
    }

    void aSpanIsFoundUnderThePointer()
    {
        TimeAxis axis;
        axis.fit(0, 100'000);
        const std::vector<WaterfallBar> bars{{0, 10'000}, {20'000, 30'000}, {60'000, 40'000}};
        QCOMPARE(WaterfallPainter::barAt(5, 100, bars, axis, 0), 0);
        QCOMPARE(WaterfallPainter::barAt(35, 100, bars, axis, 0), 1);
        QCOMPARE(WaterfallPainter::barAt(55, 100, bars, axis, 0), -1);
        QCOMPARE(WaterfallPainter::barAt(99, 100, bars, axis, 0), 2);
    }

    void everythingHasAName()
    {
        Screen screen;
        screen.add(5);
        QVERIFY(!screen.view.accessibleName().isEmpty());
        QVERIFY(!screen.view.verticalScrollBar()->accessibleName().isEmpty());
        for (int i = 0; i < rowActionCount; ++i)
            QVERIFY(!screen.view.actions().of(RowAction(i))->text().isEmpty());
        QVERIFY(screen.model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u','));
    }
};

QTEST_MAIN(TrafficViewTest)
#include "tst_trafficview.moc"
