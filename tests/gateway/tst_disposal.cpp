// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/gateway.h"
#include "tests/support/rawclient.h"
#include "tests/support/run.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <stdexcept>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

std::atomic<int> begun = 0;
std::atomic<int> done = 0;

/// What a request leaves behind: slow, or failing.
Task<void> dispose(std::chrono::milliseconds time, bool fails)
{
    ++begun;
    const SteadyTime end = Clock::system().now() + time;
    while (Clock::system().now() < end) {
        co_await NextTick();
    }
    if (fails)
        throw std::runtime_error("the resource is gone");
    ++done;
}

class Disposing final : public Hooks
{
public:
    Disposing(std::shared_ptr<BackgroundJobs> jobs, std::chrono::milliseconds time, bool fails)
        : m_jobs(std::move(jobs))
        , m_time(time)
        , m_fails(fails)
    {
    }
    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        const auto end = [](const void *context, Exchange &) {
            const auto *const self = static_cast<const Disposing *>(context);
            self->m_jobs->spawn(dispose(self->m_time, self->m_fails));
        };
        exchange.onFinished(end, this);
        return std::nullopt;
    }

private:
    std::shared_ptr<BackgroundJobs> m_jobs;
    std::chrono::milliseconds m_time;
    bool m_fails;
};

class DisposingFactory final : public middleware::MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "disposing"; }
    [[nodiscard]] config::Schema schema() const override
    {
        return config::Schema::object({{"time", config::Schema::duration().required()},
                                       {"fails", config::Schema::boolean()}});
    }
    Result<std::unique_ptr<const Middleware>>
    create(const config::Node &settings, const middleware::BuildContext &context) const override
    {
        return std::make_unique<Disposing>(context.services->background,
                                           settings.durationOf("time"), settings.flagOf("fails"));
    }
};

/// A gateway, given all that it needs: S000-18.
gateway::GatewayOptions optionsFor(const std::string &settings)
{
    auto factories = std::make_shared<middleware::Factories>(middleware::builtinFactories());
    (void)factories->add(std::make_unique<DisposingFactory>());
    gateway::GatewayOptions options;
    options.load.file = "test.yaml";
    options.text = "listeners: [{name: web, address: \"127.0.0.1:0\"}]\nadmin: {address: \"\"}\n"
                   "shutdown_timeout: ${PATIENCE}\nroutes: [{id: r, match: {path: /}, middleware: "
                   "[{use: disposing, "
        + settings + "}, {use: respond, body: ok}]}]\n";
    options.load.variables = {{"PATIENCE", "10s"}};
    options.workers = 1;
    options.factories = std::move(factories);
    return options;
}

QByteArray get(const gateway::Gateway &gateway)
{
    RawClient client(gateway.addresses().at("web").port());
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    return client.readResponse();
}

} // namespace

/// Work after a request is nobody's wait.
class TestDisposal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begun = done = 0; }

    // S001-20, S001-49, S001-51, S001-59, S000-18, S000-28
    void theAnswerComesBeforeTheDisposal()
    {
        gateway::Gateway gateway(optionsFor("time: 500ms"));
        QCOMPARE(gateway.start(), gateway::Gateway::Failure::None);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(statusOf(get(gateway)), 200);
            QCOMPARE(done.load(), 0);
        }
        QTRY_COMPARE(done.load(), 3);
        QCOMPARE(gateway.status().listeners.front().active, 0);
    }

    // S001-50
    void aDrainWaitsForIt()
    {
        gateway::Gateway gateway(optionsFor("time: 300ms"));
        QCOMPARE(gateway.start(), gateway::Gateway::Failure::None);
        QCOMPARE(statusOf(get(gateway)), 200);
        QTRY_COMPARE(begun.load(), 1);
        QSignalSpy stopped(&gateway, &gateway::Gateway::stopped);
        gateway.drain();
        QVERIFY(stopped.wait());
        QCOMPARE(done.load(), 1);
        QVERIFY(stopped.front().front().toBool()); // nothing was cut
    }

    // S001-50
    void butNotForEver()
    {
        gateway::GatewayOptions options = optionsFor("time: 60s");
        options.load.variables = {{"PATIENCE", "100ms"}};
        gateway::Gateway gateway(options);
        QCOMPARE(gateway.start(), gateway::Gateway::Failure::None);
        QCOMPARE(statusOf(get(gateway)), 200);
        QTRY_COMPARE(begun.load(), 1);
        QSignalSpy stopped(&gateway, &gateway::Gateway::stopped);
        gateway.drain();
        QVERIFY(stopped.wait());
        QVERIFY(!stopped.front().front().toBool());
        QCOMPARE(done.load(), 0);
    }

    // S001-I13, S000-28
    void aFailureIsLoggedAndNothingElse()
    {
        gateway::Gateway gateway(optionsFor("time: 1ms, fails: true"));
        QCOMPARE(gateway.start(), gateway::Gateway::Failure::None);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(statusOf(get(gateway)), 200);
        QTRY_COMPARE(begun.load(), 3);
        QCOMPARE(done.load(), 0);
        QCOMPARE(statusOf(get(gateway)), 200); // and it lives
    }
};

int main(int argc, char **argv)
{
    gateway::Gateway::useEpoll();
    QCoreApplication app(argc, argv);
    TestDisposal test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_disposal.moc"
