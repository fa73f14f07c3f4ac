// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/filter/filtercorpus.h"
#include "tests/filter/randomfilter.h"
#include "tests/ui/trafficfeed.h"
#include "ui/models/filterrunner.h"
#include "ui/models/highlightrules.h"
#include "ui/models/trafficsort.h"
#include "ui/models/trafficvocabulary.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace gatehouse;
using namespace gatehouse::ui;

namespace {

using filter::Expression;
using filter::Flag;
using filter::HotRecord;
using Fatal = QAbstractItemModelTester;
constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

/// A feed, a store, a model that is checked all the time, and a runner.
struct List
{
    explicit List(quint64 seed = 1) : feed(seed) {}

    test::TrafficFeed feed;
    TrafficStore store;
    TrafficModel model{store};
    QAbstractItemModelTester tester{&model, fatal};
    FilterRunner runner{store, model};

    [[nodiscard]] QList<quint64> shown() const
    {
        QList<quint64> seqs;
        for (int row = 0; row < model.rowCount(); ++row)
            seqs << model.seqAt(row);
        return seqs;
    }
    /// What must be shown in the order of arrival, worked out from scratch.
    [[nodiscard]] QList<quint64> wanted() const
    {
        QList<quint64> seqs;
        TrafficMatcher matcher(runner.expression());
        const TrafficSnapshot snapshot = store.snapshot();
        for (const TrafficSnapshot::Part &part : snapshot.parts) {
            for (quint32 i = 0; i < part.count; ++i) {
                const HotRecord &record = part.segment->records[i];
                if (!part.segment->gone[i]
                    && matcher.test(record, part.segment->strings) == filter::Verdict::Yes)
                    seqs << record.seq;
            }
        }
        return seqs;
    }
};

Expression parsed(const QString &text)
{
    return *Expression::parse(text);
}

/// Hot, and the same at every moment.
Expression steadyFilter(test::Random &random)
{
    for (;;) {
        const Expression expression = parsed(test::randomFilter(random, 2));
        const std::vector<filter::Field> fields = expression.fields();
        const bool isSteady = std::ranges::none_of(fields, [](filter::Field field) {
            return field == filter::Field::Age || field == filter::Field::Dur
                || field == filter::Field::Ran;
        });
        if (isSteady)
            return expression;
    }
}

} // namespace

class TrafficModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySequenceShowsWhatANaiveListShows_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    void everySequenceShowsWhatANaiveListShows()
    {
        QFETCH(const int, seed);
        test::Random random{quint64(seed)};
        List list{quint64(seed)};
        list.store.setBudget({1200, 1 << 30}); // epochs end segments early
        for (int step = 0; step < 60; ++step) {
            switch (test::below(random, 8)) {
            case 0:
                list.runner.setExpression(steadyFilter(random));
                break;
            case 1:
                list.feed.startEpoch();
                break;
            case 2:
                list.store.forget({list.store.begin() + RowId(test::below(random, 900)), 7});
                break;
            case 3:
            case 4:
                list.store.add(list.feed.update(20));
                break;
            default:
                list.store.add(list.feed.next(int(test::below(random, 300))));
                break;
            }
            QTRY_VERIFY(!list.runner.isRunning());
            QCOMPARE(list.shown(), list.wanted());
        }
        QVERIFY(list.store.evicted() > 0);
    }

    void aWorkerFindsTheSameAsTheGuiThread()
    {
        test::Random random(5);
        List list;
        for (int i = 0; i < 2; ++i)
            list.store.add(list.feed.next(1000));
        list.runner.setInlineLimit(100);
        for (int i = 0; i < 12; ++i) {
            list.runner.setExpression(steadyFilter(random));
            list.store.add(list.feed.next(50)); // while the worker runs
            list.store.add(list.feed.update(30));
            QTRY_VERIFY(!list.runner.isRunning());
            QCOMPARE(list.shown(), list.wanted());
        }
        list.runner.setExpression(parsed(QStringLiteral("status:5xx")));
        QTRY_VERIFY(!list.runner.isRunning());
        QCOMPARE(list.shown(), list.wanted());
    }

    void aNewerFilterEndsTheOlderOne()
    {
        List list;
        list.store.add(list.feed.next(2000));
        list.runner.setInlineLimit(1);
        const QSignalSpy done(&list.runner, &FilterRunner::finished);
        list.runner.setExpression(parsed(QStringLiteral("status:404")));
        list.runner.setExpression(parsed(QStringLiteral("status:5xx")));
        QTRY_COMPARE(done.size(), 1);
        QCOMPARE(done.front()[0].toULongLong(), list.runner.generation());
        QCOMPARE(list.shown(), list.wanted());
    }

    void pinnedRowsStayWhenOthersGo()
    {
        List list;
        list.store.setBudget({1500, 1 << 30});
        list.store.add(list.feed.next(1000));
        const QList<quint64> before = list.shown();
        QSet<quint64> pinned;
        for (int row = 0; row < list.model.rowCount(); ++row) {
            if (list.model.row(row).record->is(Flag::Pinned))
                pinned << list.model.seqAt(row);
        }
        QVERIFY(!pinned.isEmpty());
        for (int i = 0; i < 6; ++i) {
            list.feed.startEpoch();
            list.store.add(list.feed.next(300));
        }
        for (const quint64 seq : pinned) {
            QVERIFY(list.store.find(seq));
            QVERIFY(list.model.rowOfSeq(seq) >= 0);
        }
        QVERIFY(list.store.evicted() > 0);
        QCOMPARE(list.store.size(), quint32(list.model.rowCount()));
    }

    void sortingHoldsBackWhatComes()
    {
        List list;
        list.store.add(list.feed.next(800));
        list.runner.sortBy(Column::Duration, Qt::DescendingOrder);
        const auto isSorted = [&] {
            for (int row = 1; row < list.model.rowCount(); ++row) {
                if (list.model.row(row - 1).record->duration < list.model.row(row).record->duration)
                    return false;
            }
            return true;
        };
        QVERIFY(isSorted());
        list.store.add(list.feed.next(12));
        QCOMPARE(list.model.rowCount(), 800);
        QCOMPARE(list.runner.heldBack(), 12U);
        list.runner.refresh();
        QCOMPARE(list.model.rowCount(), 812);
        QVERIFY(isSorted());
        QCOMPARE(list.runner.heldBack(), 0U);
        list.runner.clearSort();
        QCOMPARE(list.shown(), list.wanted());
    }

    void aPausedListCountsWhatItHoldsBack()
    {
        List list;
        list.store.add(list.feed.next(10));
        list.runner.setPaused(true);
        list.store.add(list.feed.next(5));
        list.store.add(list.feed.next(5));
        QCOMPARE(list.model.rowCount(), 10);
        QCOMPARE(list.runner.heldBack(), 10U);
        list.runner.setPaused(false);
        QCOMPARE(list.model.rowCount(), 20);
        QCOMPARE(list.runner.heldBack(), 0U);
    }

    void whatIsColdIsAskedForAndGivenBack()
    {
        List list;
        QSignalSpy wanted(&list.runner, &FilterRunner::coldWanted);
        list.store.add(list.feed.next(50));
        list.runner.setExpression(parsed(QStringLiteral("status:200 body:x")));
        QCOMPARE(list.model.rowCount(), 0);
        QCOMPARE(wanted.size(), 1);
        const auto seqs = wanted.front()[1].value<std::vector<quint64>>();
        QVERIFY(!seqs.empty());
        list.runner.giveCold(list.runner.generation() - 1, seqs); // an older filter
        QCOMPARE(list.model.rowCount(), 0);
        list.runner.giveCold(list.runner.generation(), seqs);
        QCOMPARE(list.model.rowCount(), int(seqs.size()));
        list.store.add(list.feed.next(50));
        QCOMPARE(wanted.size(), 2);
    }

    void theListGivesTheRowsOfTheCorpus()
    {
        const test::FilterCorpus corpus = test::FilterCorpus::load();
        client::FeedBatch batch;
        batch.epoch = 1;
        for (filter::StringId id = 1; id < corpus.strings->count(); ++id)
            batch.strings.emplace_back(
                id, QByteArray::fromStdString(std::string(corpus.strings->text(id))));
        batch.records = corpus.records;
        List list;
        list.store.add(batch);
        for (const test::FilterCorpus::Case &entry : corpus.cases) {
            const Expression expression = parsed(entry.expression);
            const std::vector<filter::Field> fields = expression.fields();
            const bool isHere =
                std::ranges::none_of(fields, [](filter::Field field) { // needs the corpus' clock
                    return field == filter::Field::Age || field == filter::Field::Time
                        || field == filter::Field::Dur;
                });
            if (expression.hasCold() || !isHere)
                continue;
            list.runner.setExpression(expression);
            QCOMPARE(list.shown(), QList<quint64>(entry.seqs.begin(), entry.seqs.end()));
        }
    }

    void aRowIsSaidInASentence()
    {
        filter::Strings strings;
        HotRecord record;
        record.method = strings.intern("GET");
        record.host = strings.intern("api.local");
        record.path = strings.intern("/v1/orders");
        record.limit = strings.intern("per-user");
        record.status = 429;
        record.decision = filter::Decision::Limited;
        record.duration = 2'000'000;
        const QString sentence = rowSentence({&record, &strings});
        QCOMPARE(
            sentence,
            QStringLiteral("GET api.local /v1/orders, 429, denied by limit per-user, 2.00 ms"));
        QCOMPARE(cellFilter({&record, &strings}, Column::Host), QStringLiteral("host=api.local"));
    }

    void everyCellMakesAValidFilterThatAcceptsItsRow()
    {
        List list;
        list.store.add(list.feed.next(100));
        for (int row = 0; row < list.model.rowCount(); ++row) {
            for (int column = 0; column < columnCount; ++column) {
                const QString text =
                    list.model.index(row, column).data(TrafficModel::FilterRole).toString();
                if (text.isEmpty() || Column(column) == Column::Time
                    || Column(column) == Column::Duration)
                    continue;
                TrafficMatcher matcher(parsed(text));
                const RowId id = list.model.ids()[std::size_t(row)];
                QVERIFY2(matcher.test(*list.model.row(row).record, list.store.stringsOf(id))
                             == filter::Verdict::Yes,
                         qPrintable(text));
            }
        }
    }

    void theFirstHighlightRuleWins()
    {
        HighlightRules rules;
        QVERIFY(rules.add(QStringLiteral("status:5xx")));
        QVERIFY(rules.add(QStringLiteral("status:*")));
        QVERIFY(!rules.add(QStringLiteral("body:x")));
        QVERIFY(!rules.add(QStringLiteral("stauts:1")));
        const auto strings = std::make_shared<filter::Strings>();
        HotRecord record;
        QCOMPARE(rules.match(record, strings), -1);
        record.status = 503;
        QCOMPARE(rules.match(record, strings), 0);
        rules.move(0, 1);
        QCOMPARE(rules.match(record, strings), 0);
        QCOMPARE(rules.texts().front(), QStringLiteral("status:*"));
    }

    void theVocabularyCounts()
    {
        List list;
        const TrafficVocabulary vocabulary(list.store);
        list.store.add(list.feed.next(500));
        const auto methods = vocabulary.values(filter::Field::Method);
        QCOMPARE(methods.front().text, QStringLiteral("GET"));
        qint64 sum = 0;
        for (const auto &word : methods)
            sum += word.count;
        QCOMPARE(sum, 500);
        QVERIFY(!vocabulary.tails(filter::Field::Mw).empty());
    }

    void anEvilBatchDoesNoHarm()
    {
        List list;
        client::FeedBatch batch;
        batch.epoch = 1;
        batch.strings.emplace_back(0xffffffff, QByteArray("far"));
        HotRecord record;
        record.seq = 5;
        record.path = 77;
        record.spanCount = 200;
        batch.records = {record, record, record};
        list.store.add(batch);
        QCOMPARE(list.store.size(), 1U);
        QVERIFY(list.model.index(0, int(Column::Path)).data().toString().isEmpty());
    }

    void clearHasVariants_data()
    {
        QTest::addColumn<int>("what");
        for (int what = 0; what <= int(FilterRunner::Clear::Unpinned); ++what)
            QTest::addRow("%d", what) << what;
    }
    void clearHasVariants()
    {
        QFETCH(const int, what);
        List list;
        list.store.add(list.feed.next(300));
        list.runner.setExpression(parsed(QStringLiteral("status:200")));
        const QList<quint64> shown = list.shown();
        const auto clear = FilterRunner::Clear(what);
        list.store.forget(list.runner.rowsToClear(clear));
        int left = 0;
        list.store.forEach(list.store.begin(), list.store.end(), [&](RowId id) {
            const HotRecord &record = *list.store.row(id).record;
            const bool wasShown = shown.contains(record.seq);
            const bool mayStay = record.is(Flag::Pinned)
                || (clear == FilterRunner::Clear::Shown && !wasShown)
                || (clear == FilterRunner::Clear::Hidden && wasShown)
                || (clear == FilterRunner::Clear::Closed && record.is(Flag::Open));
            QVERIFY(mayStay && clear != FilterRunner::Clear::All);
            ++left;
        });
        QCOMPARE(list.store.size(), quint32(left));
        QCOMPARE(list.shown(), list.wanted());
    }

    void clearForgetsEverything()
    {
        List list;
        list.store.add(list.feed.next(100));
        list.store.clear();
        QCOMPARE(list.model.rowCount(), 0);
        list.store.add(list.feed.next(10));
        QCOMPARE(list.model.rowCount(), 10);
    }
};

QTEST_GUILESS_MAIN(TrafficModelsTest)
#include "tst_trafficmodels.moc"
