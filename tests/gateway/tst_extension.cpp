// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/gateway.h"
#include "tests/support/rawclient.h"

#include <QTest>

#include <thread>

using namespace gatehouse;
using namespace gatehouse::test;

namespace {

// S002-02, S002-76, S002-77: what an author of a middleware writes, all of it.
class Stamp final : public Hooks
{
public:
    explicit Stamp(std::string text) : m_text(std::move(text)) {}
    void onResponse(Exchange &, Response &response) const override
    {
        response.headers().add("X-Stamp", m_text);
    }

private:
    std::string m_text;
};

class StampFactory final : public middleware::MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "stamp"; }
    [[nodiscard]] config::Schema schema() const override
    {
        return config::Schema::object({{"text", config::Schema::text().required()}});
    }
    Result<std::unique_ptr<const Middleware>>
    create(const config::Node &settings, const middleware::BuildContext &) const override
    {
        return std::make_unique<Stamp>(settings.textOf("text"));
    }
};

std::shared_ptr<const middleware::Factories> withStamp()
{
    auto factories = std::make_shared<middleware::Factories>(middleware::builtinFactories());
    [[maybe_unused]] const Result<void> added = factories->add(std::make_unique<StampFactory>());
    Q_ASSERT(added);
    return factories;
}

gateway::GatewayOptions optionsFor(const std::string &path, const std::string &stamp)
{
    gateway::GatewayOptions options;
    options.load.file = "test.yaml";
    options.text =
        "listeners: [{name: web, address: \"127.0.0.1:0\"}]\npipeline: [{use: stamp, text: " + stamp
        + "}]\nroutes: [{id: r, match: {path: " + path
        + "}, middleware: [{use: respond, body: ok}]}]\n";
    options.workers = 1;
    options.factories = withStamp();
    return options;
}

QByteArray get(const gateway::Gateway &gateway, const QByteArray &path)
{
    RawClient client(gateway.addresses().at("web").port());
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
    return client.readResponse();
}

} // namespace

class TestExtension : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S002-02, S003-07
    void aMiddlewareOfOnesOwnRuns()
    {
        gateway::Gateway gateway(optionsFor("/a", "mine"));
        QCOMPARE(gateway.start(), gateway::Gateway::Failure::None);
        QCOMPARE(fieldOf(get(gateway, "/a"), "x-stamp"), "mine");
    }

    // S003-13, S003-12
    void twoGatewaysInOneProcessShareNothing()
    {
        gateway::Gateway one(optionsFor("/one", "first"));
        gateway::Gateway two(optionsFor("/two", "second"));
        QCOMPARE(one.start(), gateway::Gateway::Failure::None);
        QCOMPARE(two.start(), gateway::Gateway::Failure::None);
        QCOMPARE(statusOf(get(one, "/one")), 200);
        QCOMPARE(statusOf(get(one, "/two")), 404);
        QCOMPARE(statusOf(get(two, "/two")), 200);
        QCOMPARE(fieldOf(get(two, "/two"), "x-stamp"), "second");
    }

    // S002-82: the error lists what there is.
    void anUnknownKindNamesTheKnownOnes()
    {
        gateway::GatewayOptions options = optionsFor("/a", "x");
        options.factories = nullptr; // nobody knows "stamp" now
        const gateway::Gateway::Checked checked = gateway::Gateway::check(options);
        QVERIFY(!checked.snapshot);
        QCOMPARE(checked.loaded.findings.size(), 1);
        const QString text = QString::fromStdString(checked.loaded.findings.front().text());
        QVERIFY2(text.contains("stamp"), qPrintable(text));
        for (const QString &kind : middleware::builtinFactories().kinds())
            QVERIFY2(text.contains(kind), qPrintable(kind + " in " + text));
    }

    // S003-15: a snapshot is replaced whole, under load, without a failed request.
    void aReloadNeverShowsHalfAConfiguration()
    {
        gateway::GatewayOptions options = optionsFor("/a", "same");
        gateway::Gateway gateway(options);
        QCOMPARE(gateway.start(), gateway::Gateway::Failure::None);
        const quint16 port = gateway.addresses().at("web").port();
        std::atomic<bool> stops = false;
        std::atomic<int> failed = 0;
        std::thread load([&] {
            RawClient client(port);
            while (!stops) {
                client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
                failed += statusOf(client.readResponse()) != 200;
            }
        });
        for (int i = 0; i < 20; ++i)
            QVERIFY(gateway.reload());
        stops = true;
        load.join();
        QCOMPARE(failed.load(), 0);
        QCOMPARE(gateway.addresses().at("web").port(), port);
    }
};

int main(int argc, char **argv)
{
    gateway::Gateway::useEpoll();
    const QCoreApplication application(argc, argv);
    TestExtension test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_extension.moc"
