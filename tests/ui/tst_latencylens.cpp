// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/expression.h"
#include "tests/ui/demotraffic.h"
#include "tests/ui/support/accessibility.h"
#include "ui/models/beforeafter.h"
#include "ui/widgets/latencylens.h"
#include "ui/widgets/revisioncompare.h"
#include "ui/widgets/timestrip.h"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace gatehouse;
using namespace gatehouse::ui;
using Split = LatencySample::Split;

namespace {

constexpr qint64 noon = 1'795'176'600'000'000'000;

QAction *actionOf(const QMenu &menu, const QString &text)
{
    for (QAction *const action : menu.actions()) {
        if (action->text().startsWith(text))
            return action;
    }
    return nullptr;
}

} // namespace

class TestLatencyLens final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_store = std::make_unique<TrafficStore>();
        m_store->add(test::demoTraffic(2000, noon));
        m_lens = std::make_unique<LatencyLens>();
        m_lens->resize(400, 140);
        m_lens->show();
        connect(m_lens.get(), &LatencyLens::splitChanged, m_lens.get(),
                [this](Split split) { m_lens->setSample(LatencySample::of(*m_store, split)); });
        m_lens->setSample(LatencySample::of(*m_store, Split::None));
    }
    void cleanup() { m_lens.reset(); }

    void everyRangeKeepsThreeExamples()
    {
        Exemplars exemplars;
        for (quint64 seq = 1; seq <= 10; ++seq)
            exemplars.add(5'000'000, seq);
        exemplars.add(90'000'000, 11);
        exemplars.add(0, 12);
        QCOMPARE(exemplars.between(5'000'000, 5'000'000), (std::vector<quint64>{10, 9, 8}));
        QCOMPARE(exemplars.between(80'000'000, 99'000'000), std::vector<quint64>{11});
        QCOMPARE(exemplars.between(0, 1), std::vector<quint64>{12});
        QVERIFY(exemplars.between(1'000'000'000, 2'000'000'000).empty());
    }

    void aSampleIsSplitByWhatItHasInCommon_data()
    {
        QTest::addColumn<int>("split");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("filter");
        QTest::newRow("route") << int(Split::Route) << "orders" << "route=orders";
        QTest::newRow("no route") << int(Split::Route) << "no route" << "route:none";
        QTest::newRow("revision") << int(Split::Revision) << "r42" << "rev:42";
    }
    void aSampleIsSplitByWhatItHasInCommon()
    {
        QFETCH(int, split);
        QFETCH(QString, name);
        const LatencySample sample = LatencySample::of(*m_store, Split(split));
        const auto found = std::ranges::find(sample.groups, name, &LatencySample::Group::name);
        QVERIFY(found != sample.groups.end());
        QTEST(found->filter, "filter");
        QVERIFY(filter::Expression::parse(found->filter).has_value());
        quint64 all = 0;
        for (const LatencySample::Group &group : sample.groups)
            all += group.latency.count();
        QCOMPARE(all, sample.whole.count());
    }

    void stagesCountTheirOwnTime()
    {
        const LatencySample sample = LatencySample::of(*m_store, Split::Stage);
        QVERIFY(sample.groups.size() >= 2);
        for (const LatencySample::Group &group : sample.groups) {
            if (!group.filter.isEmpty())
                QVERIFY2(filter::Expression::parse(group.filter).has_value(),
                         qPrintable(group.filter));
        }
    }

    void aClickOpensAnExchangeThatTookAsLong()
    {
        m_lens->setDescriber([](quint64 seq) { return QString("exchange %1 <b>").arg(seq); });
        const QSignalSpy opened(m_lens.get(), &LatencyLens::exchangeWanted);
        const qint64 median = m_lens->sample().whole.percentile(0.5);
        const QPoint place(int(m_lens->xOf(double(median))), 80);
        QTest::mouseClick(m_lens.get(), Qt::LeftButton, {}, place);
        QCOMPARE(opened.size(), 1);
        const quint64 seq = opened[0][0].toULongLong();
        const qint64 took = m_store->row(*m_store->find(seq)).record->duration;
        QVERIFY(took > median / 2 && took < median * 2);
        const QString tip = m_lens->tipAt(place);
        QCOMPARE(tip.count("<br>"), 3);
        QVERIFY2(tip.contains(QString("#%1 exchange %1 &lt;b&gt;").arg(seq)), qPrintable(tip));
        const std::unique_ptr<QMenu> menu(m_lens->makeMenu(place));
        actionOf(*menu, QString("Open #%1").arg(seq))->trigger();
        QCOMPARE(opened.size(), 2);
    }

    void theMenuSplitsAndAClickFilters()
    {
        const QSignalSpy wanted(m_lens.get(), &LatencyLens::filterWanted);
        const std::unique_ptr<QMenu> menu(m_lens->makeMenu({}));
        actionOf(*menu, "By route")->trigger();
        QCOMPARE(m_lens->sample().split, Split::Route);
        const QString tip = m_lens->tipAt({50, 24});
        QVERIFY2(tip.contains("p99.9"), qPrintable(tip));
        QTest::mouseClick(m_lens.get(), Qt::LeftButton, {}, {50, 24});
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), m_lens->sample().groups[0].filter);
        QVERIFY(!m_lens->grab().isNull());
    }

    void itsFactsAreATable()
    {
        const ChartFacts whole = m_lens->facts();
        QVERIFY(whole.rows.size() > 8);
        m_lens->setSplit(Split::Route);
        const ChartFacts byRoute = m_lens->facts();
        QCOMPARE(byRoute.rows.size(), m_lens->sample().groups.size());
        QVERIFY(byRoute.text().contains("orders\t"));
        ChartTable *const table = m_lens->showTable();
        QCOMPARE(table->findChild<QTreeWidget *>()->topLevelItemCount(), int(byRoute.rows.size()));
        QCOMPARE(test::unnamed(*table), QStringList());
        delete table;
        QVERIFY(m_lens->accessibleDescription().contains("exchanges, p50"));
    }

    void aMarkInTheStripLeadsToBeforeAndAfter()
    {
        TrafficStore store;
        const TimeSeries series(store);
        TimeStrip strip(series);
        strip.resize(600, 100);
        strip.show();
        store.add(test::demoTraffic(2000, noon));
        QCOMPARE(series.marks().size(), 1u);
        const QPoint place(int(strip.xOf(series.marks()[0].second)), 50);
        const QSignalSpy wanted(&strip, &TimeStrip::compareWanted);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, place);
        const std::unique_ptr<QMenu> menu(strip.makeMenu(place));
        actionOf(*menu, "Compare before and after r42")->trigger();
        QCOMPARE(wanted.size(), 2);
        QCOMPARE(wanted[1][0].toUInt(), 42u);
        QVERIFY(strip.tipAt(place).startsWith("r42 came into force"));
        QVERIFY(strip.tipAt(place + QPoint(30, 0)).contains("requests"));
        QVERIFY(strip.facts().text().contains("r42"));
    }

    void theTrafficOnBothSidesIsCounted()
    {
        const auto at = BeforeAfter::beginOf(*m_store, 42);
        QVERIFY(at.has_value());
        QVERIFY(!BeforeAfter::beginOf(*m_store, 7));
        const BeforeAfter both = BeforeAfter::around(*m_store, *at, std::chrono::hours(1));
        QCOMPARE(both.lines[0].before.requests + both.lines[0].after.requests, 2000);
        qint64 byRoute = 0;
        for (std::size_t i = 1; i < both.lines.size(); ++i)
            byRoute += both.lines[i].before.requests + both.lines[i].after.requests;
        QCOMPARE(byRoute, 2000);
        const BeforeAfter near = BeforeAfter::around(*m_store, *at, std::chrono::seconds(10));
        QVERIFY(near.lines[0].before.requests < both.lines[0].before.requests);
    }

    void theComparisonSaysWhatBecameWorse()
    {
        TrafficStore store;
        client::FeedBatch batch = test::demoTraffic(400, noon);
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            filter::HotRecord &record = batch.records[i];
            record.set(filter::Flag::Open, false);
            record.start = noon - 60'000'000'000 + qint64(i) * 300'000'000;
            record.revision = i < 200 ? 1 : 2;
            record.duration = i < 200 ? 5'000'000 : 50'000'000;
        }
        store.add(batch);
        RevisionCompare dialog(store, 2, noon, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY2(dialog.text().contains("\u25B2 all routes"), qPrintable(dialog.text()));
        QVERIFY2(dialog.text().contains("(+899"), qPrintable(dialog.text()));
        const QSignalSpy wanted(&dialog, &RevisionCompare::filterWanted);
        auto *const table = dialog.findChild<QTreeWidget *>();
        Q_EMIT table->itemActivated(table->topLevelItem(1), 0);
        QVERIFY(filter::Expression::parse(wanted[0][0].toString()).has_value());
        QCOMPARE(test::unnamed(dialog), QStringList());
    }

private:
    std::unique_ptr<TrafficStore> m_store;
    std::unique_ptr<LatencyLens> m_lens;
};

QTEST_MAIN(TestLatencyLens)
#include "tst_latencylens.moc"
