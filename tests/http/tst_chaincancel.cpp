// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/chainrunner.h"

using namespace gatehouse;
using test::ChainRunner;

namespace {

/// Counts the frames that are alive, and what runs after the wait.
class Counting final : public Middleware
{
public:
    Counting(int &alive, int &after) : m_alive(alive), m_after(after) {}

    struct Presence
    {
        explicit Presence(int &count) : m_count(count) { ++m_count; }
        ~Presence() { --m_count; }
        Q_DISABLE_COPY_MOVE(Presence)

    private:
        int &m_count;
    };

    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        const Presence presence(m_alive);
        Response response = co_await next(exchange);
        ++m_after;
        co_return response;
    }

private:
    int &m_alive;
    int &m_after;
};

void countFinish(const void *context, Exchange &)
{
    ++*static_cast<int *>(const_cast<void *>(context));
}

} // namespace

/// To cancel is to destroy the root: nothing of the request may be left.
class TestChainCancel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void destroyingTheRootLeavesNothing()
    {
        int alive = 0;
        int after = 0;
        std::vector<Chain::Link> links;
        for (int i = 0; i < 20; ++i)
            links.push_back({"counting", std::make_unique<Counting>(alive, after)});
        ChainRunner runner(std::move(links));
        {
            Task<Response> root = runner.start();
            QCOMPARE(alive, 0); // lazy
            root.start();
            QCOMPARE(alive, 20);
            QVERIFY(!root.isDone());
        }
        QCOMPARE(alive, 0);
        QCoreApplication::processEvents(); // the handler's queued turn must not fire
        QCOMPARE(after, 0);
        QCOMPARE(runner.handled(), 0);
        QCOMPARE(runner.send().status, 200); // the chain itself is as it was
        QCOMPARE(after, 20);
    }

    void anExchangeIsFinishedOnceAlsoWhenCancelled()
    {
        int finished = 0;
        ChainRunner runner;
        Exchange &exchange = runner.exchange();
        exchange.onFinished(&countFinish, &finished);
        {
            Task<Response> root = runner.start();
            root.start();
        }
        exchange.finish(Clock::system().now());
        exchange.finish(Clock::system().now());
        QCOMPARE(finished, 1);
    }

    void finishHooksRunLastRegisteredFirst()
    {
        Exchange exchange;
        QStringList order;
        struct Note
        {
            QStringList *order;
            const char *name;
        };
        const Note first{&order, "first"};
        const Note second{&order, "second"};
        const auto write = [](const void *context, Exchange &) {
            const auto *note = static_cast<const Note *>(context);
            *note->order << note->name;
        };
        exchange.onFinished(write, &first);
        exchange.onFinished(write, &second);
        exchange.finish(Clock::system().now());
        QCOMPARE(order.join(' '), "second first");
    }

    void resetLeavesNothingOfTheRequest()
    {
        ChainRunner runner;
        Exchange &exchange = runner.prepare("POST /x?y HTTP/1.0\r\nA: b");
        exchange.setErrorCode(ErrorCode::Timeout);
        exchange.setErrorCode(ErrorCode::Internal);
        QVERIFY(exchange.errorCode() == ErrorCode::Timeout); // the first stays
        exchange.addBytesSent(7);
        exchange.reset();
        QVERIFY(exchange.request().method() == Method::Get);
        QVERIFY(exchange.request().path() == "/");
        QCOMPARE(exchange.request().headers().count(), std::size_t(0));
        QCOMPARE(exchange.request().minorVersion(), 1);
        QVERIFY(!exchange.errorCode());
        QCOMPARE(exchange.bytesSent(), 0);
    }
};

QTEST_GUILESS_MAIN(TestChainCancel)
#include "tst_chaincancel.moc"
