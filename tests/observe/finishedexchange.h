// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

namespace gatehouse::test {

/// An exchange as it is when a worker tells the recorder of it.
class FinishedExchange
{
public:
    explicit FinishedExchange(std::string_view path = "/orders",
                              Exchange::Watch watch = Exchange::Watch::Heads)
    {
        Arena &arena = exchange.arena();
        const SteadyTime begin{std::chrono::hours(1)};
        exchange.request().setMethod("GET");
        exchange.request().setOriginalTarget(arena.copy(path));
        exchange.request().setOriginalAuthority("api.local");
        exchange.setClientAddress("192.0.2.7");
        exchange.setRequestId("r-1");
        exchange.setStartTime(begin);
        exchange.trace().start(begin);
        exchange.trace().mark("adapter.convert", begin + std::chrono::microseconds(20));
        exchange.heads().received = arena.concat("GET ", path, " HTTP/1.1\r\nHost: api.local\r\n",
                                                 "Authorization: Bearer abc\r\n\r\n");
        exchange.heads().answered = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        exchange.setContentType("text/plain; charset=utf-8");
        exchange.setStatus(200);
        exchange.setWatch(watch);
    }

    FinishedExchange &stage(std::string_view name, Verdict verdict, std::string_view detail = {})
    {
        m_now += std::chrono::microseconds(100);
        exchange.trace().mark(name, m_now, verdict, detail);
        return *this;
    }
    const Exchange &finish()
    {
        exchange.finish(m_now + std::chrono::microseconds(50));
        return exchange;
    }

    Exchange exchange;

private:
    SteadyTime m_now{std::chrono::hours(1)};
};

} // namespace gatehouse::test
