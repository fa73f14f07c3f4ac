// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/middleware/builtin.h"

#include <stdexcept>

using namespace gatehouse;
using test::Answer;
using test::ChainRunner;

namespace {

template<typename Thrown>
class Throwing final : public Middleware
{
public:
    enum class When { Before, Suspended, After };
    Throwing(When when, Thrown thrown) : m_when(when), m_thrown(std::move(thrown)) {}

    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        if (m_when == When::Before)
            throw m_thrown;
        co_await test::NextTick();
        if (m_when == When::Suspended)
            throw m_thrown;
        Response response = co_await next(exchange);
        if (m_when == When::After)
            throw m_thrown;
        co_return response;
    }

private:
    When m_when;
    Thrown m_thrown;
};

template<typename Thrown>
ChainRunner runnerThat(int when, Thrown thrown)
{
    using Thrower = Throwing<Thrown>;
    std::vector<Chain::Link> links;
    links.push_back(test::link("recovery", test::make("recovery")));
    links.push_back(test::link("request_id", test::make("request_id")));
    links.push_back(test::link(
        "broken", std::make_unique<Thrower>(typename Thrower::When(when), std::move(thrown))));
    return ChainRunner(std::move(links));
}

} // namespace

/// S002-38, S002-62
// S001-22, S001-25, S001-53: what is thrown becomes a 500.
class TestRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whateverIsThrownBecomesA500_data()
    {
        QTest::addColumn<int>("when");
        QTest::newRow("at once") << 0;
        QTest::newRow("after a wait") << 1;
        QTest::newRow("on the way out") << 2;
    }
    void whateverIsThrownBecomesA500()
    {
        QFETCH(int, when);
        ChainRunner standard = runnerThat(when, std::runtime_error("secret detail"));
        const Answer answer = standard.send();
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.json()["code"].toString(), "internal");
        QVERIFY(!answer.json()["request_id"].toString().isEmpty());
        QVERIFY(!answer.body.contains("secret"));
        QVERIFY(standard.exchange().errorCode() == ErrorCode::Internal);

        ChainRunner number = runnerThat(when, 7);
        QCOMPARE(number.send().status, 500);
        QCOMPARE(number.send().status, 500); // and the next request is served as well
    }

    void developmentShowsWhatWasThrown()
    {
        ChainRunner runner = runnerThat(0, std::runtime_error("the detail"));
        runner.exchange().setDevelopment(true);
        QCOMPARE(runner.send().json()["cause"].toString(), "the detail");
    }

    void anAnswerPassesUnchanged()
    {
        ChainRunner runner(test::make("recovery"));
        QCOMPARE(runner.send().body, "ok");
        QVERIFY(!runner.exchange().errorCode());
    }
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
