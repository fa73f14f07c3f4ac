// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/exchangering.h"
#include "engine/observe/facts.h"
#include "engine/observe/recordmaker.h"
#include "tests/observe/finishedexchange.h"

#include <QTest>

#include <cstring>
#include <thread>

using namespace gatehouse;
using namespace gatehouse::observe;
using test::FinishedExchange;

namespace {

QByteArray written(const Exchange &exchange)
{
    RawWriter writer(exchange, 7);
    QByteArray bytes(qsizetype(writer.bytes()), '\0');
    writer.writeTo(bytes.data(), nullptr);
    return bytes;
}

std::optional<RawExchange> read(const QByteArray &bytes)
{
    return RawExchange::read({bytes.constData(), std::size_t(bytes.size())});
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

} // namespace

class TestRawExchange final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        FinishedExchange finished("/orders?token=1");
        finished.stage("route.match", Verdict::Passed)
            .stage("middleware.rate_limit", Verdict::Answered, "rule=a key=b c after=0");
        finished.exchange.setRoute("orders", 1);
        const QByteArray bytes = written(finished.finish());
        QCOMPARE(bytes.size() % 8, 0);
        const std::optional<RawExchange> raw = read(bytes);
        QVERIFY(raw);
        QCOMPARE(textOf(raw->text(RawHead::Path)), "/orders");
        QCOMPARE(textOf(raw->text(RawHead::Query)), "token=1");
        QCOMPARE(textOf(raw->text(RawHead::Route)), "orders");
        QCOMPARE(raw->head.revision, 7u);
        QCOMPARE(raw->stages.size(), std::size_t(3));
        QCOMPARE(textOf(raw->stages[2].name), "middleware.rate_limit");
        QCOMPARE(textOf(raw->stages[2].detail), "rule=a key=b c after=0");
        QCOMPARE(raw->stages[2].end - raw->stages[2].begin, 100'000);
        QVERIFY(raw->text(RawHead::ReceivedHead).starts_with("GET /orders?token=1 HTTP/1.1\r\n"));
    }

    void headsStayAwayUnlessTheyAreWatched()
    {
        FinishedExchange finished("/a", Exchange::Watch::Summary);
        const QByteArray bytes = written(finished.finish());
        QVERIFY(read(bytes)->text(RawHead::ReceivedHead).empty());
        QVERIFY(!bytes.contains("Bearer abc"));
    }

    void everyChangeHasItsAuthor()
    {
        FinishedExchange finished;
        Exchange &exchange = finished.exchange;
        exchange.request().headers().add("X-New", "1");
        exchange.changes()->note("middleware.headers", exchange.request());
        Response response(exchange.arena(), 200);
        response.headers().add("A", "1");
        exchange.changes()->note({}, response);
        response.headers().set("A", "2");
        response.setStatus(201);
        exchange.changes()->note("middleware.rewrite", response);
        const QByteArray bytes = written(finished.finish());
        const std::optional<RawExchange> raw = read(bytes);
        QCOMPARE(raw->changes.size(), std::size_t(3));
        QCOMPARE(textOf(raw->changes[0].name), "X-New");
        QCOMPARE(textOf(raw->changes[0].by), "middleware.headers");
        QVERIFY(raw->changes[0].kind == ChangeLog::Kind::Added);
        QCOMPARE(textOf(raw->changes[1].name), ":status");
        QCOMPARE(textOf(raw->changes[2].before), "1");
        QCOMPARE(textOf(raw->changes[2].after), "2");
        QVERIFY(raw->changes[2].isOfAnswer);
    }

    void halfOfItIsNothing()
    {
        FinishedExchange finished;
        finished.stage("route.match", Verdict::Passed);
        const QByteArray bytes = written(finished.finish());
        for (qsizetype size = 0; size < bytes.size() - 8; ++size)
            QVERIFY2(!read(bytes.left(size)), qPrintable(QString::number(size)));
        QByteArray later = bytes;
        RawHead head;
        std::memcpy(static_cast<void *>(&head), later.constData(), sizeof(head));
        head.version = RawHead::layout + 1;
        std::memcpy(later.data(), &head, sizeof(head));
        QVERIFY(!read(later));
    }

    void aDecisionIsOneWord_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("stage");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, int error, const char *stage, filter::Decision word) {
            QTest::newRow(name) << error << QString(stage) << int(word);
        };
        using filter::Decision;
        row("limited", int(ErrorCode::RateLimited), "middleware.rate_limit", Decision::Limited);
        row("denied", int(ErrorCode::Unauthorized), "middleware.jwt", Decision::Denied);
        row("unmatched", int(ErrorCode::NotFound), "", Decision::Unmatched);
        row("circuit", int(ErrorCode::NoHealthyInstance), "", Decision::Circuit);
        row("failed", int(ErrorCode::UpstreamReset), "", Decision::Failed);
        row("mocked", -1, "middleware.respond", Decision::Mocked);
        row("cached", -1, "middleware.cache", Decision::Cached);
    }
    void aDecisionIsOneWord()
    {
        QFETCH(const int, error);
        QFETCH(const QString, stage);
        QFETCH(const int, expected);
        FinishedExchange finished;
        const std::string name = stage.toStdString();
        if (!name.empty())
            finished.stage(name, Verdict::Answered);
        if (error >= 0)
            finished.exchange.setErrorCode(ErrorCode(error));
        QByteArray bytes = written(finished.finish());
        for (RawStage &each : stagesIn({bytes.data(), std::size_t(bytes.size())}))
            each.family = filter::Family::Plugin;
        std::optional<RawExchange> raw = read(bytes);
        for (RawExchange::Stage &each : raw->stages)
            each.family = familyOf(each.name, {});
        QCOMPARE(int(decisionOf(*raw)), expected);
    }

    void aRecordHasTheLongestStages()
    {
        FinishedExchange finished;
        const char *names[] = {"middleware.a", "middleware.b", "middleware.c", "middleware.d",
                               "middleware.e", "middleware.f", "middleware.g", "middleware.h"};
        for (const char *name : names)
            finished.stage(name, Verdict::Passed);
        const QByteArray bytes = written(finished.finish());
        filter::Strings strings;
        const filter::HotRecord record = makeRecord(*read(bytes), strings);
        QCOMPARE(int(record.spanCount), 7);
        QCOMPARE(textOf(strings.text(record.type)), "text/plain");
        for (int i = 1; i < record.spanCount; ++i)
            QVERIFY(record.spans[std::size_t(i)].start >= record.spans[std::size_t(i - 1)].start);
    }

    void factsMayHoldBlanks()
    {
        const auto facts = factsIn("rule=a/b key=x y z after=3");
        QCOMPARE(facts.size(), std::size_t(3));
        QCOMPARE(textOf(facts[1].second), "x y z");
        QCOMPARE(textOf(factIn("pool.reused=true", "pool.reused")), "true");
        QVERIFY(factsIn("no facts here").empty());
    }

    void aRingGivesBackWhatWentIn()
    {
        ExchangeRing ring(1 << 12);
        constexpr quint64 count = 20'000;
        std::thread writer([&ring] {
            for (quint64 i = 0; i < count;) {
                const std::size_t bytes = 8 + (i % 40) * 8;
                char *const to = ring.reserve(bytes);
                if (!to) {
                    std::this_thread::yield();
                    continue;
                }
                std::memcpy(to, &i, sizeof(i));
                ring.commit();
                ++i;
            }
        });
        quint64 expected = 0;
        while (expected < count) {
            const std::span<char> piece = ring.front();
            if (piece.empty()) {
                std::this_thread::yield();
                continue;
            }
            quint64 value = 0;
            std::memcpy(&value, piece.data(), sizeof(value));
            if (value != expected || piece.size() != 8 + (value % 40) * 8)
                break;
            ring.pop();
            ++expected;
        }
        writer.join();
        QCOMPARE(expected, count);
    }

    void aFullRingRefuses()
    {
        ExchangeRing ring(1 << 10);
        QVERIFY(!ring.reserve(1 << 10));
        int taken = 0;
        while (ring.reserve(64)) {
            ring.commit();
            ++taken;
        }
        QVERIFY(taken >= 10);
        ring.pop();
        QVERIFY(!ring.front().empty());
    }
};

QTEST_GUILESS_MAIN(TestRawExchange)
#include "tst_rawexchange.moc"
