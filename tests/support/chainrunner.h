// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/middleware.h"
#include "engine/http/requestparser.h"
#include "tests/support/answer.h"

namespace gatehouse::test {

/// A gateway without sockets: a chain in front of a handler that answers 200 after one turn of the
/// event loop. Each request has an exchange of its own, made by prepare() and kept until the next.
class ChainRunner
{
public:
    ChainRunner() : ChainRunner(std::vector<Chain::Link>()) {}
    explicit ChainRunner(std::unique_ptr<const Middleware> middleware)
        : ChainRunner(listOf(std::move(middleware)))
    {
    }
    explicit ChainRunner(std::vector<Chain::Link> links)
        : m_chain(std::move(links), std::make_unique<OkHandler>(*this))
    {
        (void)prepare();
    }

    /// A new exchange with the request of \a head, "GET / HTTP/1.1" and Host if it is empty.
    Exchange &prepare(const QByteArray &head = {})
    {
        m_exchange = std::make_unique<Exchange>();
        m_exchange->setStartTime(Clock::system().now());
        m_exchange->setClientAddress("192.0.2.7");
        const QByteArray text = head.isEmpty() ? "GET / HTTP/1.1\r\nHost: a.example" : head;
        const std::string_view copy = m_exchange->arena().copy((text + "\r\n\r\n").toStdString());
        const auto parsed = parseRequestHead(copy, HeadLimits(), m_exchange->request());
        if (!parsed)
            qFatal("the test's request is malformed: %s", qPrintable(parsed.error().text()));
        return *m_exchange;
    }
    Exchange &exchange() { return *m_exchange; }

    /// Sends what prepare() made.
    Answer send()
    {
        const Response response = run(m_chain.run(*m_exchange));
        m_exchange->setStatus(response.status());
        Answer answer(response);
        m_exchange->addBytesSent(answer.body.size());
        m_exchange->finish(Clock::system().now());
        return answer;
    }
    Answer send(const QByteArray &head)
    {
        (void)prepare(head);
        return send();
    }
    /// The root of a run that the test drives, and cancels, itself.
    Task<Response> start() { return m_chain.run(*m_exchange); }

    /// How many requests came through to the handler.
    [[nodiscard]] int handled() const { return m_handled; }
    /// Changes the handler's answer.
    void onHandled(void (*change)(Exchange &exchange, Response &response)) { m_change = change; }

private:
    class OkHandler final : public Handler
    {
    public:
        explicit OkHandler(ChainRunner &runner) : m_runner(runner) {}
        Task<Response> handle(Exchange &exchange) const override
        {
            co_await NextTick();
            ++m_runner.m_handled;
            Response response = Response::text(exchange.arena(), 200, "ok");
            if (m_runner.m_change)
                m_runner.m_change(exchange, response);
            co_return response;
        }

    private:
        ChainRunner &m_runner;
    };

    static std::vector<Chain::Link> listOf(std::unique_ptr<const Middleware> middleware)
    {
        std::vector<Chain::Link> links;
        links.push_back({"under_test", std::move(middleware)});
        return links;
    }

    int m_handled = 0;
    void (*m_change)(Exchange &, Response &) = nullptr;
    Chain m_chain;
    std::unique_ptr<Exchange> m_exchange;
};

} // namespace gatehouse::test
