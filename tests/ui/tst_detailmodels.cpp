// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/samples.h"
#include "ui/models/exchangediff.h"
#include "ui/models/headerrows.h"
#include "ui/models/selectionsummary.h"
#include "ui/models/timingrows.h"

#include <QTest>

using namespace gatehouse;
using namespace gatehouse::ui;

class TstDetailModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headersNameWhoChangedThem();
    void aRequestThatStayedShowsWhatCameIn();
    void cookiesAreTakenApart();
    void timesAddUpToTheDuration();
    void anInnerStageTakesItsTimeFromTheOuterOne();
    void timeThatNobodyAccountsForIsARow();
    void outcomesHeadersAndTimesAreCompared();
    void jsonIsComparedByStructure();
    void otherBodiesAreComparedByLine();
    void manyExchangesBecomeNumbers();
    void nothingSelectedIsNoNumber();
};

namespace {

QStringList printed(const std::vector<HeaderRow> &rows)
{
    QStringList out;
    for (const HeaderRow &row : rows)
        out << QString("%1%2=%3 %4").arg(markOf(row.kind), row.name, row.value, row.by).trimmed();
    return out;
}

QStringList printed(const std::vector<DiffRow> &rows)
{
    QStringList out;
    for (const DiffRow &row : rows)
        out << QString("%1: %2 -> %3").arg(row.name, row.before, row.after);
    return out;
}

client::Step step(const QString &name, qint64 begin, qint64 end, bool waits = false)
{
    client::Step made;
    made.stage = name;
    made.begin = begin;
    made.end = end;
    made.isWaiting = waits;
    return made;
}

} // namespace

void TstDetailModels::headersNameWhoChangedThem()
{
    QCOMPARE(printed(headerRows(test::passedExchange(), Side::Request)),
             (QStringList{"~Host=orders.internal gateway", "Accept=application/json",
                          "Cookie=session=***; theme=dark", "+X-User=42 middleware.jwt",
                          "+X-Forwarded-For=192.0.2.7 gateway",
                          "−Authorization=Bearer *** middleware.headers",
                          "−X-Debug=1 middleware.headers"}));
    QCOMPARE(headerRows(test::passedExchange(), Side::Request)[0].before, "api.local");
}

void TstDetailModels::aRequestThatStayedShowsWhatCameIn()
{
    const auto rows = headerRows(test::limitedExchange(), Side::Request);
    QCOMPARE(rows.size(), std::size_t(4));
    QVERIFY(rows[1].isMasked);
    QVERIFY(headerRows(client::ExchangeDetail(), Side::Response).empty());
    const auto answer = headerRows(test::limitedExchange(), Side::Response);
    QCOMPARE(answer[1].kind, HeaderRow::Kind::Added);
    QCOMPARE(answer[1].place.text(), "gatehouse.yaml:52:9");
}

void TstDetailModels::cookiesAreTakenApart()
{
    const auto detail = test::passedExchange();
    QCOMPARE(cookiesOf(detail, Side::Request),
             (std::vector<std::pair<QString, QString>>{{"session", "***"}, {"theme", "dark"}}));
    QCOMPARE(cookiesOf(detail, Side::Response),
             (std::vector<std::pair<QString, QString>>{{"seen", "1204; Path=/; HttpOnly"}}));
}

void TstDetailModels::timesAddUpToTheDuration()
{
    const auto detail = test::passedExchange();
    qint64 sum = 0;
    for (const TimingRow &row : timingRows(detail))
        sum += row.self;
    QCOMPARE(sum, detail.durationUs);
}

void TstDetailModels::anInnerStageTakesItsTimeFromTheOuterOne()
{
    client::ExchangeDetail detail;
    detail.durationUs = 100;
    detail.steps = {step("inner", 20, 60, true), step("outer", 0, 100), step("innermost", 30, 40)};
    const auto rows = timingRows(detail);
    QCOMPARE(rows.size(), std::size_t(3));
    QCOMPARE(rows[0].stage, "outer");
    QCOMPARE(rows[0].self, 60);
    QCOMPARE(rows[1].self, 30);
    QCOMPARE(rows[1].wait, 30);
    QCOMPARE(rows[2].level, 2);
}

void TstDetailModels::timeThatNobodyAccountsForIsARow()
{
    client::ExchangeDetail detail;
    detail.durationUs = 1000;
    detail.steps = {step("a", 0, 500)};
    const auto rows = timingRows(detail);
    QVERIFY(rows.back().isUnaccounted());
    QCOMPARE(rows.back().self, 500);
    detail.steps = {step("a", 0, 995)};
    QVERIFY(!timingRows(detail).back().isUnaccounted());
    detail.steps.clear();
    QVERIFY(timingRows(detail).empty());
}

void TstDetailModels::outcomesHeadersAndTimesAreCompared()
{
    const ExchangeDiff diff = compare(test::limitedExchange(), test::passedExchange());
    const QStringList outcome = printed(diff.outcome);
    QVERIFY(outcome.contains("decision: limited -> passed"));
    QVERIFY(outcome.contains("status: 429 -> 200"));
    QVERIFY(!outcome.join('\n').contains("route"));
    QVERIFY(printed(diff.response).contains("retry-after: 13 -> "));
    QCOMPARE(diff.timing.front().name, "whole");
    const ExchangeDiff same = compare(test::passedExchange(), test::passedExchange());
    QVERIFY(same.outcome.empty() && same.request.empty() && same.response.empty());
}

void TstDetailModels::jsonIsComparedByStructure()
{
    QCOMPARE(printed(compareBodies(R"({"a":1,"b":[1,2],"c/d":true})",
                                   R"({"b":[1,3,4],"a":1,"e":null})", 10)),
             (QStringList{"/b/1: 2 -> 3", "/b/2:  -> 4", "/c~1d: true -> ", "/e:  -> null"}));
    QVERIFY(compareBodies(R"({"a":1})", R"({ "a" : 1 })", 10).empty());
    QCOMPARE(compareBodies("[1,2,3]", "[4,5,6]", 2).size(), std::size_t(2));
}

void TstDetailModels::otherBodiesAreComparedByLine()
{
    QVERIFY(compareBodies("same", "same", 10).empty());
    QCOMPARE(printed(compareBodies("a\nb", "a\nc", 10)),
             (QStringList{"size: 3\u202FB -> 3\u202FB", "line 2: b -> c"}));
    QCOMPARE(printed(compareBodies("a\nb\nc\nd\ne", "new\na\nb\nC\nd", 10)),
             (QStringList{"size: 9\u202FB -> 11\u202FB", "line 1:  -> new", "line 3: c -> C",
                          "line 5: e -> "}));
    QCOMPARE(compareBodies("a\nb\nc", "d\ne\nf", 3).size(), std::size_t(3));
    QCOMPARE(compareBodies(QByteArray("\0a", 2), QByteArray("\0b", 2), 10).size(), std::size_t(1));
}

void TstDetailModels::manyExchangesBecomeNumbers()
{
    filter::Strings strings;
    const auto orders = strings.intern("orders");
    std::vector<filter::HotRecord> records(100);
    std::vector<const filter::HotRecord *> all;
    for (int i = 0; i < 100; ++i) {
        filter::HotRecord &record = records[std::size_t(i)];
        record.duration = (i + 1) * 1'000'000;
        record.size = 10;
        record.status = i < 90 ? 200 : 429;
        record.route = i < 60 ? orders : 0;
        record.decision = i < 90 ? filter::Decision::Passed : filter::Decision::Limited;
        record.set(filter::Flag::Open, i == 0);
        all.push_back(&record);
    }
    const SelectionSummary summary = summaryOf(all, strings);
    QCOMPARE(summary.count, 100);
    QCOMPARE(summary.open, 1);
    QCOMPARE(summary.bytes, 1000);
    QCOMPARE(summary.p50, 51'000'000);
    QCOMPARE(summary.p99, 100'000'000);
    QCOMPARE(summary.slowest, 100'000'000);
    QCOMPARE(summary.statuses, (SelectionSummary::Counts{{"200", 90}, {"429", 10}}));
    QCOMPARE(summary.routes, (SelectionSummary::Counts{{"orders", 60}, {"no route", 40}}));
}

void TstDetailModels::nothingSelectedIsNoNumber()
{
    const filter::Strings strings;
    const SelectionSummary summary = summaryOf({}, strings);
    QCOMPARE(summary.p50, -1);
    QVERIFY(summary.statuses.empty());
}

QTEST_GUILESS_MAIN(TstDetailModels)
#include "tst_detailmodels.moc"
