// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/chains.h"
#include "engine/gateway/gateway.h"
#include "tests/middleware/fakestore.h"
#include "tests/support/chainrunner.h"

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

/// A broken middleware, for which recovery answers.
class Throwing final : public Hooks
{
public:
    std::optional<Response> onRequest(Exchange &) const override
    {
        throw std::runtime_error("broken");
    }
};

class ThrowingFactory final : public middleware::MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "throwing"; }
    [[nodiscard]] config::Schema schema() const override { return config::Schema::object({}); }
    Result<std::unique_ptr<const Middleware>>
    create(const config::Node &, const middleware::BuildContext &) const override
    {
        return std::make_unique<Throwing>();
    }
};

// No raw string: moc 6.4 loses its way in one that holds quotes.
const std::string yaml =
    "pipeline: [recovery, request_id, {use: replay_guard, methods: [\"*\"]}, "
    "{use: cors, origins: [https://a.test]}]\n"
    "routes:\n"
    "  - {id: pay, match: {path: /pay, methods: [POST]}, middleware: [idempotency, echo]}\n"
    "  - {id: own, match: {path: /own}, middleware: [throwing, {use: cors, origins: "
    "[https://own.test]}, echo]}\n"
    "  - {id: head, match: {path: /head, headers: {x-v: \"2\"}}, middleware: [echo]}\n";

} // namespace

/// A pipeline with a store that is down, without sockets.
class TestPreflights : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        auto factories = std::make_shared<middleware::Factories>(middleware::builtinFactories());
        QVERIFY(factories->add(std::make_unique<ThrowingFactory>()));
        gateway::GatewayOptions options;
        options.load.file = "test.yaml";
        options.text = yaml;
        options.factories = factories;
        const auto checked = gateway::Gateway::check(options).snapshot;
        QVERIFY(checked);
        m_metrics = std::make_unique<observe::Metrics>(1);
        const auto snapshot = std::make_shared<gateway::Snapshot>(*checked);
        for (const config::RouteConfig &route : snapshot->config->routes)
            snapshot->metricsRows.push_back(m_metrics->routeRow(route.id));
        m_metrics->prepare(0);
        m_more.clear();
        m_fake = std::make_unique<FakeServices>();
        m_fake->store->isBroken = true;
        const gateway::Observers observers{m_metrics->worker(0), m_tap, m_open};
        auto pipeline = gateway::Pipeline::build(snapshot, {}, m_fake->services, observers);
        QVERIFY(pipeline);
        m_pipeline = *pipeline;
    }

    // S001-12, S001-14
    void theStoreIsNotTouched()
    {
        const Answer answer = send("OPTIONS /pay", "https://a.test", "POST");
        QCOMPARE(answer.status, 204);
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "https://a.test");
        QVERIFY(answer.value("X-Request-ID") != "(none)");
        QCOMPARE(m_fake->store->calls, 0);
        QCOMPARE(toBytes(m_runner.exchange().routeId()), "pay");
        // The same store is asked for everything else.
        QCOMPARE(send("OPTIONS /pay", "https://a.test", "").status, 400);
        m_more = "\r\nX-Gateway-Nonce: 0123456789";
        QCOMPARE(send("POST /pay", "https://a.test", "").status, 500);
        QCOMPARE(m_fake->store->calls, 1);
    }

    // S003-31
    void aRecoveredExceptionCarriesTheFields()
    {
        m_fake->store->isBroken = false;
        m_more = "\r\nX-Gateway-Nonce: 0123456789";
        const Answer answer = send("GET /own", "https://a.test", "");
        QCOMPARE(answer.status, 500);
        // Made outside of the route, so that the pipeline's policy holds.
        QCOMPARE(answer.value("Access-Control-Allow-Origin"), "https://a.test");
        QCOMPARE(answer.value("Vary"), "Origin");
    }

    void whereARouteDependsOnAValueThereIsNone()
    {
        m_more = "\r\nAccess-Control-Request-Headers: x-v";
        QCOMPARE(send("OPTIONS /head", "https://a.test", "GET").status, 400); // no nonce
    }

    void theTraceNamesTheRouteAndTheDecision()
    {
        (void)send("OPTIONS /own", "https://own.test", "GET");
        QByteArrayList stages;
        std::string why;
        for (const Stage &stage : m_runner.exchange().trace().stages()) {
            stages << toBytes(stage.name);
            stage.describe(why);
        }
        QCOMPARE(stages,
                 QByteArrayList({"route.match", "middleware.request_id", "cors.preflight"}));
        QVERIFY(why.find("origin=https://own.test decision=allowed") != why.npos);
    }

private:
    Answer send(const QByteArray &line, const QByteArray &origin, const QByteArray &announced)
    {
        QByteArray head = line + " HTTP/1.1\r\nHost: a\r\nOrigin: " + origin + m_more;
        if (!announced.isEmpty())
            head += "\r\nAccess-Control-Request-Method: " + announced;
        Exchange &exchange = m_runner.prepare(head);
        Answer answer(run(m_pipeline->handle(exchange)));
        exchange.setStatus(answer.status);
        exchange.finish(Clock::system().now());
        return answer;
    }

    QByteArray m_more;
    std::unique_ptr<FakeServices> m_fake;
    std::unique_ptr<observe::Metrics> m_metrics;
    observe::Tap m_tap;
    net::TimerWheel m_wheel{Clock::system()};
    observe::OpenExchanges m_open{m_tap, m_wheel};
    std::shared_ptr<const gateway::Pipeline> m_pipeline;
    ChainRunner m_runner;
};

QTEST_GUILESS_MAIN(TestPreflights)
#include "tst_preflights.moc"
