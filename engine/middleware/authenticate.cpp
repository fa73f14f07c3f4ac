// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/authenticate.h"

namespace gatehouse::middleware {

namespace {

Task<Response> give(Response response)
{
    co_return response;
}

} // namespace

std::optional<Response> Authentication::onRequest(Exchange &exchange) const
{
    if (m_gate.begin(exchange))
        return std::nullopt;
    return m_gate.apply(exchange, m_gate.authenticator().check(exchange));
}

Task<Response> WaitingAuthentication::handle(Exchange &exchange, Next next) const
{
    if (m_gate.begin(exchange)) {
        exchange.trace().mark(m_name);
        return next(exchange);
    }
    auth::Decision decision = m_gate.authenticator().check(exchange);
    if (decision.kind == auth::Decision::Kind::Waits)
        return wait(exchange, next);
    if (std::optional<Response> answer = decide(exchange, std::move(decision)))
        return give(std::move(*answer));
    return next(exchange);
}

Task<Response> WaitingAuthentication::wait(Exchange &exchange, Next next) const
{
    auth::Decision decision = co_await m_gate.authenticator().finish(exchange);
    if (std::optional<Response> answer = decide(exchange, std::move(decision)))
        co_return std::move(*answer);
    co_return co_await next(exchange);
}

std::optional<Response> WaitingAuthentication::decide(Exchange &exchange,
                                                      auth::Decision decision) const
{
    std::optional<Response> answer = m_gate.apply(exchange, std::move(decision));
    exchange.trace().mark(m_name, answer ? Verdict::Answered : Verdict::Passed);
    return answer;
}

} // namespace gatehouse::middleware
