// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/demotraffic.h"
#include "tests/ui/support/accessibility.h"
#include "tests/ui/support/fakeadminapi.h"
#include "ui/actions/shortcuts.h"
#include "ui/pages/detail/detailview.h"
#include "ui/pages/traffic/filterbar.h"
#include "ui/pages/traffic/listpane.h"
#include "ui/pages/traffic/trafficpage.h"
#include "ui/widgets/emptystate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace gatehouse;
using namespace gatehouse::ui;
using client::Op;

namespace {

constexpr qint64 noon = 1'795'176'600'000'000'000;

} // namespace

class TestTrafficPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_preferences = std::make_unique<Preferences>(m_folder->filePath("w.ini"));
        m_shortcuts = std::make_unique<Shortcuts>(*m_preferences);
        for (const char *id : {"traffic.pause", "traffic.pause-capture", "traffic.clear"}) {
            QAction *const action = m_shortcuts->make(QLatin1String(id), m_shortcuts.get());
            action->setCheckable(QLatin1String(id) != QLatin1String("traffic.clear"));
        }
        m_api = std::make_unique<test::FakeAdminApi>();
        const QJsonObject step{{"stage", "route.match"}, {"verdict", "passed"}};
        m_api->on(Op::Exchange,
                  QJsonObject{
                      {"exchange",
                       QJsonObject{
                           {"seq", 10}, {"method", "POST"}, {"path", "/orders"}, {"status", 200}}},
                      {"sentence", "200: answered by orders"},
                      {"steps", QJsonArray{step}}});
        makePage();
    }
    void cleanup()
    {
        m_page.reset();
        m_shortcuts.reset();
        m_preferences.reset();
    }

    void rowsAndTheirPairOfNumbers()
    {
        QSignalSpy counts(m_page.get(), &TrafficPage::countsChanged);
        fill(500);
        QTRY_COMPARE(counts.value(counts.size() - 1).value(1).toInt(), 500);
        m_page->findChild<FilterBar *>()->apply("decision:limited");
        QTRY_VERIFY(counts.last().value(0).toInt() < 500);
        QCOMPARE(counts.last().value(1).toInt(), 500);
    }

    /// Journey 2: one click.
    void aClickOnARowLoadsWhatHappened()
    {
        fill(50);
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_VERIFY(view.model()->rowCount() == 50);
        QVERIFY(view.goTo(10));
        QTRY_VERIFY(asked(Op::Exchange));
        auto *const detail = m_page->findChild<DetailView *>();
        QTRY_VERIFY(detail->tabs().contains(DetailView::Tab::Why));
    }

    void thereAreThreeKindsOfEmptiness()
    {
        const auto *const empty = m_page->findChild<ListPane *>()->findChild<EmptyState *>();
        m_page->setGateway({}, "port 8080 is taken");
        QTRY_VERIFY(empty->isVisible());
        QVERIFY(texts(*empty).contains("The gateway is not running"));
        m_page->setGateway("http://127.0.0.1:8080", {});
        QVERIFY(texts(*empty).contains("No traffic yet"));
        fill(20);
        QTRY_VERIFY(!empty->isVisible());
        m_page->findChild<FilterBar *>()->apply("status:599");
        QTRY_VERIFY(texts(*empty).contains("Nothing matches status:599"));
        QTest::mouseClick(button(*empty, "Clear the filter"), Qt::LeftButton);
        QTRY_VERIFY(!empty->isVisible());
    }

    void pausedRecordingIsAskedOfTheEngineAndSaid()
    {
        m_page->setGateway("http://127.0.0.1:8080", {});
        m_api->on(Op::SetRecording, QJsonObject{{"level", "off"}});
        m_shortcuts->action("traffic.pause-capture")->setChecked(true);
        const auto *const empty = m_page->findChild<ListPane *>()->findChild<EmptyState *>();
        QTRY_VERIFY(texts(*empty).contains("Recording is paused"));
        QTest::mouseClick(button(*empty, "Resume"), Qt::LeftButton);
        QTRY_VERIFY(!m_shortcuts->action("traffic.pause-capture")->isChecked());
        QTRY_VERIFY(texts(*empty).contains("No traffic yet"));
    }

    void whatTheListCannotDecideTheEngineIsAsked()
    {
        fill(30);
        m_api->on(Op::Exchanges, [](const test::FakeAdminApi::Call &call) -> Result<QJsonObject> {
            if (call.parameters["filter"] != "body:refund")
                return fail(ErrorCode::BadRequest, "wrong filter");
            return QJsonObject{{"exchanges", QJsonArray{QJsonObject{{"seq", 7}}}}};
        });
        m_page->findChild<FilterBar *>()->apply("body:refund");
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_COMPARE(view.model()->rowCount(), 1);
    }

    void aJumpFindsWhatTheFilterHides()
    {
        fill(50);
        m_page->findChild<FilterBar *>()->apply("status:599");
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_COMPARE(view.model()->rowCount(), 0);
        m_page->jumpTo({{"seq", 12}});
        QTRY_COMPARE(view.currentSeq().value_or(0), 12u);
    }

    void copyAsCurlHasTheCredentials()
    {
        fill(50);
        m_page->setGateway("http://127.0.0.1:8080", {});
        m_api->onFetch(Op::ExchangeBody,
                       [](const auto &) { return Result<QByteArray>(QByteArray("it's")); });
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_COMPARE(view.model()->rowCount(), 50);
        view.goTo(10);
        Q_EMIT view.rowActionWanted(RowAction::CopyCurl, {10});
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith("curl "));
        QVERIFY(QGuiApplication::clipboard()->text().contains("'it'\\''s'"));
        const auto revealed = std::ranges::find_if(m_api->calls(), [](const auto &call) {
            return call.parameters.value("reveal") == "true";
        });
        QVERIFY(revealed != m_api->calls().end());
    }

    void aRowIsCopiedForOtherTools()
    {
        fill(50);
        m_page->setGateway("http://127.0.0.1:8080", {});
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_COMPARE(view.model()->rowCount(), 50);
        view.goTo(10);
        view.actions().of(RowAction::CopyFetch)->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().contains("fetch("));
        view.actions().of(RowAction::CopyHttpie)->trigger();
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith("http "));
    }

    void columnsBelongToTheWorkspace()
    {
        m_page->setWorkspace("/a.yaml");
        fill(20);
        Q_EMIT m_page->findChild<ListPane *>()->view().columnWanted("header.X-Tenant");
        m_page->findChild<ListPane *>()->view().setColumnWidth(columnCount, 211);
        m_page->setWorkspace("/b.yaml");
        Q_EMIT m_page->findChild<ListPane *>()->view().columnWanted("mw.jwt");
        m_page.reset();
        makePage();
        m_page->setWorkspace("/a.yaml");
        const TrafficView &view = m_page->findChild<ListPane *>()->view();
        QCOMPARE(view.model()->columnCount(), columnCount + 1);
        QCOMPARE(view.model()->headerData(columnCount, Qt::Horizontal).toString(),
                 "header.X-Tenant");
        QCOMPARE(view.columnWidth(columnCount), 211);
        m_page->setWorkspace("/b.yaml");
        QCOMPARE(view.model()->columnCount(), columnCount + 2);
    }

    void whatIsNoColumnIsSaid()
    {
        QSignalSpy said(m_page.get(), &TrafficPage::messageWanted);
        Q_EMIT m_page->findChild<ListPane *>()->view().columnWanted("hedaer.X");
        QCOMPARE(said.size(), 1);
        QVERIFY(said[0][0].toString().startsWith("hedaer.X: a column is mw.NAME"));
    }

    void aRowSaysWhatIsFoundInAHiddenColumn()
    {
        fill(200);
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_COMPARE(view.model()->rowCount(), 200);
        view.setColumnShown(Column::Route, false);
        m_page->findChild<FilterBar *>()->apply("route:orders");
        const auto sentence = [&view] {
            return view.model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        };
        QTRY_VERIFY2(sentence().endsWith(", found in Route orders"), qPrintable(sentence()));
        QVERIFY(!view.grab().isNull());
        view.setColumnShown(Column::Route, true);
        QVERIFY(!sentence().contains("found in"));
    }

    void theNoteOfAPinnedRowIsShown()
    {
        m_api->on(Op::ExchangeValues, [](const test::FakeAdminApi::Call &call) {
            QJsonObject values;
            for (const QJsonValue &seq : call.body["seqs"].toArray())
                values[QString::number(seq.toInteger())] = QJsonObject{{"note", "odd"}};
            return QJsonObject{{"values", values}};
        });
        client::FeedBatch batch = test::demoTraffic(20, noon);
        batch.records[3].set(filter::Flag::Pinned, true);
        const quint64 seq = batch.records[3].seq;
        m_page->store().add(batch);
        TrafficView &view = m_page->findChild<ListPane *>()->view();
        QTRY_COMPARE(view.model()->rowCount(), 20);
        view.setColumnShown(Column::Note, true);
        const auto &model = static_cast<const TrafficModel &>(*view.model());
        QTRY_COMPARE(model.index(model.rowOfSeq(seq), int(Column::Note)).data().toString(), "odd");
        QCOMPARE(model.index(0, int(Column::Note)).data().toString(), QString());
    }

    void theFilterIsThereAgainNextTime()
    {
        m_page->findChild<FilterBar *>()->apply("status:404");
        m_page.reset();
        makePage();
        QCOMPARE(m_page->findChild<FilterBar *>()->edit().text(), "status:404");
    }

    void anEngineThatIsAnotherOneBeginsAnew()
    {
        m_page->setEngine("1");
        fill(20);
        m_page->setEngine("1");
        QCOMPARE(m_page->store().size(), 20u);
        m_page->setEngine("2");
        QCOMPARE(m_page->store().size(), 0u);
        fill(10); // with the same numbers as before
        QCOMPARE(m_page->store().size(), 10u);
    }

    void everyControlHasAName()
    {
        const QStringList unnamed = test::unnamed(*m_page);
        QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join('\n')));
    }

    void aPageMayGoWhileAnswersAreUnderWay()
    {
        fill(50);
        m_api->hold();
        m_page->jumpTo({{"seq", 12}});
        m_page->findChild<FilterBar *>()->apply("body:x");
        QTRY_VERIFY(asked(Op::Exchanges));
        m_page.reset();
        m_api->release();
        QCoreApplication::processEvents();
    }

private:
    void makePage()
    {
        m_page = std::make_unique<TrafficPage>(
            TrafficPage::Links{*m_api, m_feed, *m_preferences, *m_shortcuts, m_navigator});
        m_page->resize(1200, 700);
        m_page->show();
    }
    void fill(int count) { m_page->store().add(test::demoTraffic(count, noon)); }
    [[nodiscard]] bool asked(Op op) const
    {
        return std::ranges::any_of(m_api->calls(),
                                   [op](const auto &call) { return call.op == op; });
    }
    static QStringList texts(const QWidget &widget)
    {
        QStringList texts;
        for (const QLabel *const label : widget.findChildren<QLabel *>())
            texts << label->text();
        return texts;
    }
    static QPushButton *button(const QWidget &widget, const QString &text)
    {
        for (QPushButton *const each : widget.findChildren<QPushButton *>()) {
            if (each->text() == text)
                return each;
        }
        return nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<Shortcuts> m_shortcuts;
    std::unique_ptr<test::FakeAdminApi> m_api;
    client::LiveFeed m_feed;
    Navigator m_navigator;
    std::unique_ptr<TrafficPage> m_page;
};

QTEST_MAIN(TestTrafficPage)
#include "tst_trafficpage.moc"
