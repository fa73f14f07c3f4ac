// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/limitsamples.h"
#include "ui/actions/shortcuts.h"
#include "ui/models/limitkeymodel.h"
#include "ui/models/limitmodel.h"
#include "ui/models/limitsimulation.h"
#include "ui/pages/limits/bucketview.h"
#include "ui/pages/limits/limitselection.h"
#include "ui/pages/limits/limitsimulator.h"
#include "ui/pages/limits/limitspage.h"
#include "ui/pages/limits/simulationchart.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/factsdialog.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <algorithm>
#include <set>

using namespace gatehouse;
using namespace gatehouse::ui;
using client::Op;

class TstLimitsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void limitsShowTheirNumbersInWords();
    void theKeyUnderMostPressureComesFirst();
    void eachAlgorithmHasItsSentence_data();
    void eachAlgorithmHasItsSentence();
    void everyPictureIsPainted();
    void aKeyIsResetAndTheToastUndoesIt();
    void aRefusedClockSaysWhy();
    void aKeyIsBlockedAndUnblocked();
    void aFrozenClockIsSaidAndRunsAgain();
    void productionNamesTheFix();
    void theLastMinuteIsRemembered();
    void picturesAreTablesToo();
    void requestsOfAKeyAreShown();
    void keysAreSearched();
    void aJumpSelectsItsKey();
    void theSimulatorTakesTheRule();
    void aWrongPatternIsSaid();
    void withoutLimitsThePageSaysSo();
    void anEngineThatIsAwayIsSaid();
    void theModelsHoldTheirPromises();
    void everyControlHasAName();
    void aPageMayGoWhileAnswersCome();

private:
    void select(const char *limit);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<test::FakeAdminApi> m_api;
    std::unique_ptr<Navigator> m_navigator;
    std::unique_ptr<LimitsPage> m_page;
};

void TstLimitsPage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath("w.ini"));
    m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
    m_api = std::make_unique<test::FakeAdminApi>();
    m_navigator = std::make_unique<Navigator>();
    test::serveLimits(*m_api);
    m_page = std::make_unique<LimitsPage>(*m_api, *m_shortcuts, *m_navigator);
    m_page->resize(1300, 800);
    m_page->show();
    QTRY_COMPARE(m_page->limits().rowCount(), 6);
    QTRY_VERIFY(m_page->selection().key());
}

void TstLimitsPage::cleanup()
{
    m_page.reset();
}

void TstLimitsPage::select(const char *limit)
{
    m_page->goTo({{"limit", QLatin1String(limit)}});
    QTRY_COMPARE(m_page->selection().limit()->name, QLatin1String(limit));
    QTRY_VERIFY(m_page->selection().key());
}

void TstLimitsPage::limitsShowTheirNumbersInWords()
{
    QCOMPARE(m_page->limits().limit(0).rule(), "5 in 10 s, 8 at once");
    QCOMPARE(m_page->limits().limit(1).rule(), "5 in 1 min, then blocked for 5 min");
    QCOMPARE(m_page->limits().limit(3).rule(), "12 in 24 h");
    QCOMPARE(m_page->limits().limit(5).rule(), "4 at a time");
    QCOMPARE(m_page->limits().limit(5).trouble(), "store down, failing open (7 times)");
    const QString sentence = m_page->limits().index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY(sentence.contains("token bucket") && sentence.contains("318 denied"));
}

void TstLimitsPage::theKeyUnderMostPressureComesFirst()
{
    QCOMPARE(m_page->selection().key()->key, "192.0.2.8");
    select("login");
    QCOMPARE(m_page->selection().key()->key, "198.51.100.4"); // blocked
}

void TstLimitsPage::eachAlgorithmHasItsSentence_data()
{
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("part");
    QTest::newRow("token bucket") << "per-user" << "a token comes every 2.00";
    QTest::newRow("penalty") << "login" << "is blocked for 3 m 32 s";
    QTest::newRow("sliding") << "search"
                             << "31 in this window, 50 in the one before, which counts 37 %; "
                                "everything is forgotten in 1 m 22 s";
    QTest::newRow("leaky") << "print" << "one leaves every 1.00";
    QTest::newRow("concurrency") << "reports" << "each ends with its request";
}

void TstLimitsPage::eachAlgorithmHasItsSentence()
{
    QFETCH(QString, limit);
    QFETCH(QString, part);
    select(qPrintable(limit));
    QString sentence = m_page->findChild<BucketView *>()->sentence();
    sentence.replace(QChar(0xa0), ' ').replace(QChar(0x202f), ' ').replace(QChar(0x2009), ' ');
    QVERIFY2(sentence.contains(part), qPrintable(sentence));
}

void TstLimitsPage::everyPictureIsPainted()
{
    BucketView view;
    view.resize(320, 240);
    const QImage empty = view.grab().toImage();
    for (int algorithm = 0; algorithm < 6; ++algorithm) {
        for (const qint64 capacity : {1, 8, 5000}) {
            LimitInfo limit;
            limit.algorithm = LimitAlgorithm(algorithm);
            limit.limit = limit.capacity = capacity;
            limit.windowSeconds = 10;
            view.setKey(limit, LimitKeyInfo{"k", capacity / 2, false, 0, 7});
            const QImage used = view.grab().toImage();
            QVERIFY(used != empty);
            view.setKey(limit, LimitKeyInfo{"k", 0, true, 5, 5});
            QVERIFY(view.grab().toImage() != used);
        }
    }
}

void TstLimitsPage::aKeyIsResetAndTheToastUndoesIt()
{
    QSignalSpy done(&m_page->selection(), &LimitSelection::done);
    m_page->selection().resetAction()->trigger(); // 192.0.2.8 has nothing left
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first(), (QVariantList{"Reset 192.0.2.8 of per-user", true}));
    m_page->selection().undo();
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(done.last().at(0).toString(), "192.0.2.8 is as it was");
    QCOMPARE(done.last().at(1).toBool(), false);
    const auto &calls = m_api->calls();
    const auto back = std::ranges::find(calls, Op::RestoreLimitKey, &test::FakeAdminApi::Call::op);
    QVERIFY(back != calls.end());
    QCOMPARE(back->parameters,
             (client::Parameters{
                 {"limit", "per-user"}, {"key", "192.0.2.8"}, {"before", "00c0ffee00c0ffee"}}));
    m_page->selection().fillAction()->trigger();
    QTRY_COMPARE(done.size(), 3);
}

void TstLimitsPage::aRefusedClockSaysWhy()
{
    m_api->on(Op::AdvanceLimit, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::Forbidden, "development can move it");
    });
    m_page->selection().clockActions().at(1)->trigger();
    QTRY_COMPARE(m_page->selection().clockRefusal(), "development can move it");
    QVERIFY(!m_page->selection().clockActions().at(0)->isEnabled());
    QCOMPARE(m_api->calls().back().op == Op::AdvanceLimit ? m_api->calls().back().parameters["by"]
                                                          : QStringLiteral("10s"),
             "10s");
}

void TstLimitsPage::aKeyIsBlockedAndUnblocked()
{
    QSignalSpy done(&m_page->selection(), &LimitSelection::done);
    QVERIFY(!m_page->selection().unblockAction()->isEnabled());
    m_page->selection().blockActions().at(1)->trigger();
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first(), (QVariantList{"Blocked 192.0.2.8 of per-user for 10 min", true}));
    const auto &calls = m_api->calls();
    const auto asked = std::ranges::find(calls, Op::BlockLimitKey, &test::FakeAdminApi::Call::op);
    QCOMPARE(asked->parameters["for"], "10m");
    m_api->on(Op::LimitKeys,
              QJsonObject{{"keys",
                           QJsonArray{QJsonObject{{"key", "192.0.2.8"},
                                                  {"remaining", 3},
                                                  {"blocked", true},
                                                  {"blocked_by_hand", true},
                                                  {"blocked_for_seconds", 599.5}}}}});
    m_page->reload();
    QTRY_VERIFY(m_page->selection().unblockAction()->isEnabled());
    QVERIFY(m_page->findChild<BucketView *>()->sentence().startsWith(
        "192.0.2.8 is blocked by hand for "));
    m_page->selection().unblockAction()->trigger();
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(done.last(), (QVariantList{"Unblocked 192.0.2.8 of per-user", true}));
}

void TstLimitsPage::aFrozenClockIsSaidAndRunsAgain()
{
    const auto enabled = [this](int action) {
        return m_page->selection().clockActions().at(action)->isEnabled();
    };
    QVERIFY(enabled(3) && !enabled(4) && !enabled(5));
    m_api->on(Op::Limits,
              QJsonObject{{"lab", true},
                          {"limits",
                           QJsonArray{QJsonObject{
                               {"name", "per-user"},
                               {"clock", QJsonObject{{"ahead_seconds", 60}, {"frozen", true}}}}}}});
    m_page->reload();
    QTRY_VERIFY(!enabled(3) && enabled(4) && enabled(5));
    const auto labels = m_page->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->text() == "It stands still, at +60 s." && label->isVisible();
    }));
    m_page->selection().clockActions().at(4)->trigger();
    QTRY_VERIFY(std::ranges::any_of(m_api->calls(), [](const test::FakeAdminApi::Call &call) {
        return call.op == Op::LimitClock && call.parameters["to"] == "running";
    }));
}

void TstLimitsPage::productionNamesTheFix()
{
    m_api->on(
        Op::Limits,
        QJsonObject{{"lab", false}, {"limits", QJsonArray{QJsonObject{{"name", "per-user"}}}}});
    m_page->reload();
    QTRY_VERIFY(m_page->selection().clockRefusal().contains("--lab"));
    QVERIFY(!m_page->selection().blockActions().at(0)->isEnabled());
    QVERIFY(!m_page->selection().clockActions().at(0)->isEnabled());
}

void TstLimitsPage::theLastMinuteIsRemembered()
{
    SampleLine line;
    QCOMPARE(line.range().samples, 0);
    for (qint64 second = 100; second < 200; ++second)
        line.add(second, double(second));
    QCOMPARE(line.range().samples, 60);
    QCOMPARE(line.range().least, 140.0);
    QVERIFY(!line.at(139) && line.at(140) && line.at(199) && !line.at(200));
    line.add(205, 7);
    QVERIFY(!line.at(204) && line.at(199) && !line.at(145));
    line.add(205, 8); // the same second once more
    QCOMPARE(*line.at(205), 8.0);
    line.add(1000, 1);
    QCOMPARE(line.range().samples, 1);

    LimitKeyModel keys;
    LimitInfo limit;
    limit.name = "l";
    limit.capacity = 5;
    for (int second = 0; second < 10; ++second)
        keys.setKeys(limit, {{"a", second % 4, false, 0, 1}}, second);
    const QString sentence = keys.index(0, 0).data(Qt::AccessibleTextRole).toString();
    QVERIFY2(sentence.endsWith("between 0 and 3 left in the last minute"), qPrintable(sentence));
    QCOMPARE(keys.index(0, 0).data(LimitKeyModel::SamplesRole).value<SampleLine>().range().samples,
             10);
    keys.setKeys(limit, {}, 11);
    keys.setKeys(limit, {{"a", 1, false, 0, 1}}, 12); // forgotten with its key
    QCOMPARE(keys.index(0, 0).data(LimitKeyModel::SamplesRole).value<SampleLine>().range().samples,
             1);

    LimitModel limits;
    for (int second = 0; second < 4; ++second) {
        limit.denied = second * 6;
        limits.setLimits({limit}, second * 2);
    }
    QCOMPARE(limits.denials(0).range().samples, 3);
    QCOMPARE(limits.denials(0).range().most, 3.0);
    QVERIFY(limits.index(0, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains("at most 3 denied a second in the last minute"));
    limits.setLimits({limit}, 60); // after a break nothing is said of single seconds
    QCOMPARE(limits.denials(0).range().samples, 3);
}

void TstLimitsPage::picturesAreTablesToo()
{
    select("search");
    auto *const bucket = m_page->findChild<BucketView *>();
    QVERIFY(bucket->focusPolicy() & Qt::TabFocus);
    QVERIFY(bucket->actions().contains(m_page->selection().tableAction()));
    m_page->selection().tableAction()->trigger();
    const QPointer<FactsDialog> dialog = m_page->window()->findChild<FactsDialog *>();
    QVERIFY(dialog);
    QCOMPARE(test::unnamed(*dialog).join('\n'), QString());
    QStringList facts;
    const auto *const table = dialog->findChild<QTreeWidget *>();
    for (int i = 0; i < table->topLevelItemCount(); ++i)
        facts << table->topLevelItem(i)->text(0) + '=' + table->topLevelItem(i)->text(1);
    QVERIFY2(facts.contains("In this window=31") && facts.contains("In the one before=50")
                 && facts.contains("Left=38 of 100"),
             qPrintable(facts.join('\n')));
    dialog->close();
    QTRY_VERIFY(!dialog);

    auto *const chart = m_page->findChild<SimulationChart *>();
    m_page->tabs().setCurrentIndex(1);
    m_page->simulator().run();
    QTRY_VERIFY(chart->accessibleDescription().contains("of 60 allowed"));
    QVERIFY(chart->isVisible() && chart->contextMenuPolicy() == Qt::ActionsContextMenu);
    chart->actions().first()->trigger();
    QVERIFY(!chart->isVisible());
}

void TstLimitsPage::requestsOfAKeyAreShown()
{
    m_page->selection().keyTrafficAction()->trigger();
    QCOMPARE(m_navigator->current(),
             (Jump{"traffic", {{"filter", "limit:\"per-user\" key:\"192.0.2.8\""}}}));
    m_page->selection().deniedTrafficAction()->trigger();
    QCOMPARE(m_navigator->current(), (Jump{"traffic", {{"filter", "deniedby:\"per-user\""}}}));
    QCOMPARE(filterString("a\"b\\c"), "\"a\\\"b\\\\c\"");
}

void TstLimitsPage::keysAreSearched()
{
    const auto tables = m_page->findChildren<QTableView *>();
    const auto found = std::ranges::find_if(tables, [](const QTableView *table) {
        return table->accessibleName() == "Keys of the limit";
    });
    QVERIFY(found != tables.end());
    const QTableView *const table = *found;
    QCOMPARE(table->model()->rowCount(), 4);
    for (QLineEdit *const line : m_page->findChildren<QLineEdit *>()) {
        if (line->accessibleName() == "Search the keys")
            line->setText("192");
    }
    QCOMPARE(table->model()->rowCount(), 2);
}

void TstLimitsPage::aJumpSelectsItsKey()
{
    m_page->goTo({{"limit", "per-user"}, {"key", "user=42"}});
    QTRY_COMPARE(m_page->selection().key()->key, "user=42");
}

void TstLimitsPage::theSimulatorTakesTheRule()
{
    select("per-user");
    m_page->tabs().setCurrentIndex(1);
    m_page->simulator().run();
    QTRY_COMPARE(m_page->simulator().simulation().rowCount(), 60);
    QVERIFY(m_page->simulator().sentence().contains("of 60 allowed"));
    QVERIFY(m_page->simulator().sentence().contains("the first denial after"));
    const auto &calls = m_api->calls();
    const auto asked = std::ranges::find(calls, Op::SimulateLimit, &test::FakeAdminApi::Call::op);
    QCOMPARE(asked->body["rule"].toObject(),
             (QJsonObject{
                 {"algorithm", "token_bucket"}, {"limit", 5}, {"window", "10s"}, {"burst", 8}}));
}

void TstLimitsPage::aWrongPatternIsSaid()
{
    m_api->on(Op::SimulateLimit, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::BadRequest, "rule.window: is more than nothing");
    });
    m_page->simulator().run();
    QTRY_COMPARE(m_page->simulator().sentence(), "rule.window: is more than nothing");
    QCOMPARE(m_page->simulator().simulation().rowCount(), 0);
}

void TstLimitsPage::withoutLimitsThePageSaysSo()
{
    m_api->on(Op::Limits, {{"limits", QJsonArray()}});
    m_page->reload();
    QTRY_COMPARE(m_page->limits().rowCount(), 0);
    bool isSaid = false;
    for (EmptyState *const state : m_page->findChildren<EmptyState *>())
        isSaid = isSaid
            || (state->isVisible() && state->accessibleName() == "No limiter has seen a key yet");
    QVERIFY(isSaid);
    QVERIFY(!m_page->selection().resetAction()->isEnabled());
}

void TstLimitsPage::anEngineThatIsAwayIsSaid()
{
    m_api->on(Op::Limits, [](const auto &) -> Result<QJsonObject> {
        return fail(ErrorCode::Unavailable, "cannot be reached");
    });
    m_page->reload();
    QTRY_VERIFY(m_page->banner().isVisible());
    QCOMPARE(m_page->limits().rowCount(), 6);
}

void TstLimitsPage::theModelsHoldTheirPromises()
{
    LimitModel limits;
    LimitKeyModel keys;
    LimitSimulation simulation;
    using Mode = QAbstractItemModelTester::FailureReportingMode;
    const QAbstractItemModelTester first(&limits, Mode::Fatal);
    const QAbstractItemModelTester second(&keys, Mode::Fatal);
    const QAbstractItemModelTester third(&simulation, Mode::Fatal);
    QRandomGenerator random(5);
    LimitInfo limit;
    limit.capacity = 10;
    for (int i = 0; i < 200; ++i) {
        limit.name = QString::number(random.bounded(2));
        std::vector<LimitKeyInfo> fresh;
        for (int key = 0; key < 8; ++key) {
            if (random.bounded(2))
                fresh.push_back({QString::number(key), random.bounded(10), false, 0, 1});
        }
        std::set<QString> wanted;
        for (const LimitKeyInfo &key : fresh)
            wanted.insert(key.key);
        keys.setKeys(limit, fresh);
        limits.setLimits(std::vector<LimitInfo>(random.bounded(4), limit));
        QCOMPARE(keys.rowCount(), int(fresh.size()));
        std::set<QString> shown;
        for (int row = 0; row < keys.rowCount(); ++row)
            shown.insert(keys.key(row).key);
        QCOMPARE(shown, wanted);
    }
    simulation.set({{"points", QJsonArray{QJsonArray{0.5, true, 3}, QJsonArray{1.5, false, 0}}},
                    {"allowed", 1},
                    {"capacity", 4}});
    QCOMPARE(simulation.sentence(), "1 of 2 allowed, 1 denied; the first denial after 1.5 s");
    QCOMPARE(simulation.index(1, LimitSimulation::Verdict).data().toString(), "denied");
}

void TstLimitsPage::everyControlHasAName()
{
    for (int tab = 0; tab < m_page->tabs().count(); ++tab) {
        m_page->tabs().setCurrentIndex(tab);
        QCOMPARE(test::unnamed(*m_page).join('\n'), QString());
    }
}

void TstLimitsPage::aPageMayGoWhileAnswersCome()
{
    m_api->hold();
    m_page->reload();
    m_page->selection().fillAction()->trigger();
    m_page->simulator().run();
    m_page.reset();
    m_api->release();
    QCoreApplication::processEvents();
}

QTEST_MAIN(TstLimitsPage)
#include "tst_limitspage.moc"
