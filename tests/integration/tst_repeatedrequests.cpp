// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"
#include "tests/support/gatewayprocess.h"
#include "tests/support/rawclient.h"

#include <QTest>

#include <condition_variable>
#include <mutex>
#include <thread>

using namespace gatehouse::test;

namespace {

/// Counts what the upstream runs, and holds it back until it is opened. Shared with the scripts.
class Gate
{
public:
    int enter()
    {
        std::unique_lock lock(m_mutex);
        const int number = ++m_entered;
        m_changed.wait_for(lock, std::chrono::seconds(5), [this] { return m_isOpen; });
        return number;
    }
    void open()
    {
        const std::scoped_lock lock(m_mutex);
        m_isOpen = true;
        m_changed.notify_all();
    }
    int entered()
    {
        const std::scoped_lock lock(m_mutex);
        return m_entered;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_entered = 0;
    bool m_isOpen = false;
};

FakeUpstream::Script payments(std::shared_ptr<Gate> gate)
{
    return [gate](UpstreamPeer &peer) {
        while (!peer.readRequest().isEmpty()) {
            const QByteArray body = "payment " + QByteArray::number(gate->enter());
            peer.send("HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nX-Payment: yes\r\n"
                      "Content-Length: "
                      + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        }
    };
}

QByteArray configuration(const QByteArray &url, const QByteArray &settings = {})
{
    return "services: {up: {instances: [\"" + url
        + "\"]}}\nroutes: [{id: pay, match: {path: /pay}, middleware: [{use: idempotency" + settings
        + "}], service: up}]\n";
}

QByteArray pay(const QByteArray &body = "{\"amount\":5}")
{
    return "POST /pay HTTP/1.1\r\nHost: a\r\nIdempotency-Key: order-7\r\nConnection: "
           "close\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

class TestRepeatedRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // S004-I20, S004-I21, S004-I22: on all workers together
    void ofTwentyAtOnceOneRuns()
    {
        constexpr int clients = 20;
        const auto gate = std::make_shared<Gate>();
        FakeUpstream upstream(payments(gate));
        GatewayProcess gateway(configuration(upstream.url()), {}, {"--workers", "2"});
        QVERIFY(gateway.isRunning());

        std::mutex mutex;
        QByteArrayList answers;
        std::vector<std::thread> threads;
        for (int i = 0; i < clients; ++i) {
            threads.emplace_back([&mutex, &answers, port = gateway.port()] {
                const QByteArray answer = RawClient::ask(port, pay());
                const std::scoped_lock lock(mutex);
                answers << answer;
            });
        }
        const auto answered = [&mutex, &answers] {
            const std::scoped_lock lock(mutex);
            return answers.size();
        };
        const bool othersAreBack =
            QTest::qWaitFor([&answered] { return answered() == clients - 1; }, 4000);
        gate->open();
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(othersAreBack);
        QCOMPARE(gate->entered(), 1);
        QByteArray first;
        for (const QByteArray &answer : std::as_const(answers)) {
            if (statusOf(answer) == 201) {
                QVERIFY(first.isEmpty());
                first = answer;
                continue;
            }
            QCOMPARE(statusOf(answer), 409);
            QCOMPARE(fieldOf(answer, "Retry-After"), "1");
        }
        QCOMPARE(bodyOf(first), "payment 1");
        QCOMPARE(fieldsOf(first, "X-Cached-Response"), {});

        for (int i = 0; i < clients; ++i) {
            const QByteArray again = RawClient::ask(gateway.port(), pay());
            QCOMPARE(statusOf(again), 201);
            QCOMPARE(bodyOf(again), bodyOf(first));
            QCOMPARE(fieldOf(again, "X-Payment"), "yes");
            QCOMPARE(fieldOf(again, "Content-Type"), "text/plain");
            QCOMPARE(fieldOf(again, "X-Cached-Response"), "true");
            QVERIFY(fieldOf(again, "X-Cache-Age").toInt() >= 0);
        }
        QCOMPARE(statusOf(RawClient::ask(gateway.port(), pay("{\"amount\":6}"))), 422);
        QCOMPARE(gate->entered(), 1);
    }

    // S004-I23: the upstream gets the body, in pieces and chunked too
    void theUpstreamGetsTheBody()
    {
        FakeUpstream upstream([](UpstreamPeer &peer) {
            QByteArray request = peer.readRequest();
            for (; !request.isEmpty(); request = peer.readRequest()) {
                const QByteArray body = bodyOf(request);
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size())
                          + "\r\n\r\n" + body);
            }
        });
        GatewayProcess gateway(configuration(upstream.url()));
        RawClient client(gateway.port());
        client.send("POST /pay HTTP/1.1\r\nHost: a\r\nIdempotency-Key: chunked\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n4\r\nab");
        client.send("cd\r\n3\r\nefg\r\n0\r\n\r\n");
        QCOMPARE(bodyOf(client.readResponse()), "abcdefg");
        const QByteArray large(200'000, 'x');
        client.send("POST /pay HTTP/1.1\r\nHost: a\r\nIdempotency-Key: large\r\nContent-Length: "
                    "200000\r\n\r\n"
                    + large);
        QCOMPARE(bodyOf(client.readResponse()), large);
    }

    // S004-I23
    void anEventStreamIsNotHeldBack()
    {
        const auto gate = std::make_shared<Gate>();
        FakeUpstream upstream([gate](UpstreamPeer &peer) {
            peer.readRequest();
            // It hangs up after its answer, and says so: a POST on a connection that is about to
            // be closed may get 502.
            peer.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            (void)gate->enter();
            peer.send("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
        });
        GatewayProcess gateway(configuration(upstream.url()));
        for (int i = 1; i <= 2; ++i) { // the second is run, not replayed
            RawClient client(gateway.port());
            client.send(pay());
            const QByteArray begin = client.readUntil("data: 1");
            QVERIFY(begin.contains("data: 1"));
            QCOMPARE(fieldsOf(begin, "X-Cached-Response"), {});
            gate->open();
            QVERIFY(client.readUntil("data: 2").contains("data: 2"));
        }
        QCOMPARE(gate->entered(), 2);
    }

    void aFailureCanBeTriedAgain()
    {
        const auto gate = std::make_shared<Gate>();
        gate->open();
        FakeUpstream upstream([gate](UpstreamPeer &peer) {
            peer.readRequest();
            if (gate->enter() == 1)
                peer.send("HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            else
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        GatewayProcess gateway(configuration(upstream.url()));
        QCOMPARE(statusOf(RawClient::ask(gateway.port(), pay())), 503);
        QCOMPARE(bodyOf(RawClient::ask(gateway.port(), pay())), "ok");
    }

    void tooLargeABodyIsRefused()
    {
        FakeUpstream upstream(FakeUpstream::answering("HTTP/1.1 204 No Content\r\n\r\n"));
        GatewayProcess gateway(configuration(upstream.url(), ", max_request_body: 4"));
        const QByteArray answer = RawClient::ask(gateway.port(), pay());
        QCOMPARE(statusOf(answer), 413);
        QVERIFY(answer.contains("max_request_body"));
        QCOMPARE(upstream.connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRepeatedRequests)
#include "tst_repeatedrequests.moc"
