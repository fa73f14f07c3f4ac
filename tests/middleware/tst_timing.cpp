// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

#include <QRegularExpression>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

namespace {

bool matches(const QByteArray &text, const char *pattern)
{
    return QRegularExpression(pattern).match(text).hasMatch();
}

class Suspending final : public Middleware
{
public:
    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        co_await test::NextTick();
        co_return co_await next(exchange);
    }
};

/// Takes its time before it passes on.
class Busy final : public Hooks
{
public:
    std::optional<Response> onRequest(Exchange &) const override
    {
        QTest::qSleep(100);
        return std::nullopt;
    }
};

} // namespace

/// S001-I14, S001-10, S001-19, S001-47, S001-48, S001-56
class TestTiming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void processingTimeIsWholeMilliseconds()
    {
        ChainRunner runner(test::make("timing"));
        QVERIFY(matches(runner.send().value("X-Processing-Time"), "^[0-9]+$"));
    }

    void decimalsAreAChoice()
    {
        ChainRunner runner(test::make("timing", "decimals: true"));
        QVERIFY(matches(runner.send().value("X-Processing-Time"), "^[0-9]+\\.[0-9]{3}$"));
    }

    void theTimeCountsFromTheRequest()
    {
        ChainRunner runner(test::make("timing"));
        Exchange &exchange = runner.exchange();
        exchange.setStartTime(exchange.startTime() - std::chrono::milliseconds(120));
        const int took = runner.send().value("X-Processing-Time").toInt();
        QVERIFY2(took >= 120 && took < 1120, std::to_string(took).c_str());
    }

    // S001-18: what stands before it, such as a limit, is not in it.
    void theTimeBeginsWhereItStands()
    {
        std::vector<Chain::Link> links;
        links.push_back(test::link("slow", std::make_unique<Busy>()));
        links.push_back(test::link("timing", test::make("timing", "decimals: true")));
        ChainRunner runner(std::move(links));
        const double took = runner.send().value("X-Processing-Time").toDouble();
        QVERIFY2(took < 50, std::to_string(took).c_str());
    }

    // S001-45: the clock that durations use cannot be set back.
    void theClockIsSteady() { static_assert(SteadyTime::clock::is_steady); }

    void whatTheUpstreamSaysIsReplaced()
    {
        ChainRunner runner(test::make("timing"));
        runner.onHandled([](Exchange &, Response &response) {
            response.headers().add("x-processing-time", "9999999");
            response.headers().add("X-Processing-Time", "8888888");
            response.headers().add("Server-Timing", "db;dur=1");
        });
        const Answer answer = runner.send();
        QVERIFY(matches(answer.value("X-Processing-Time"), "^[0-9]{1,6}$"));
        QVERIFY(!answer.value("Server-Timing").contains("db"));
    }

    void errorsHaveTheirTimeToo()
    {
        ChainRunner runner(test::make("timing"));
        runner.onHandled([](Exchange &, Response &response) { response.setStatus(500); });
        QVERIFY(matches(runner.send().value("X-Processing-Time"), "^[0-9]+$"));
    }

    void serverTimingListsTheStages()
    {
        std::vector<Chain::Link> links;
        links.push_back(test::link("time it", test::make("timing")));
        links.push_back(test::link("middle", std::make_unique<Suspending>()));
        links.push_back(test::link("a\"b\r\nX: c[0]", test::make("request_id")));
        ChainRunner runner(std::move(links));
        const QByteArray value = runner.send().value("Server-Timing");
        // Each is token;dur=milliseconds (Server-Timing, W3C).
        for (const QByteArray &metric : value.split(','))
            QVERIFY2(
                matches(metric.trimmed(), "^[!#$%&'*+.^_`|~0-9A-Za-z-]+;dur=[0-9]+\\.[0-9]{3}$"),
                metric.constData());
        QVERIFY(value.startsWith("time_it;dur="));
    }

    void serverTimingIsAChoice()
    {
        ChainRunner runner(test::make("timing", "server_timing: false"));
        QCOMPARE(runner.send().value("Server-Timing"), "(none)");
    }
};

QTEST_GUILESS_MAIN(TestTiming)
#include "tst_timing.moc"
