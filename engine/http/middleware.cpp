// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/middleware.h"

namespace gatehouse {

Handler::~Handler() = default;
Middleware::~Middleware() = default;

Task<Response> Next::operator()(Exchange &exchange) const
{
    if (exchange.changes())
        return m_chain->runWatched(exchange, m_index);
    if (m_index == m_chain->m_links.size())
        return m_chain->m_handler->handle(exchange);
    const Middleware &middleware = *m_chain->m_links[m_index].middleware;
    if (middleware.asHooks())
        return m_chain->runHooks(exchange, m_index);
    return middleware.handle(exchange, Next(*m_chain, m_index + 1));
}

std::optional<Response> Hooks::onRequest(Exchange &) const
{
    return std::nullopt;
}

void Hooks::onResponse(Exchange &, Response &) const {}

Task<Response> Hooks::handle(Exchange &exchange, Next next) const
{
    if (std::optional<Response> answer = onRequest(exchange))
        co_return std::move(*answer);
    Response response = co_await next(exchange);
    onResponse(exchange, response);
    co_return response;
}

Chain::Chain(std::vector<Link> links, std::unique_ptr<const Handler> handler)
    : m_links(std::move(links))
    , m_handler(std::move(handler))
{
}

Task<Response> Chain::runHooks(Exchange &exchange, std::size_t first) const
{
    std::optional<Response> answer;
    std::size_t reached = first;
    for (; reached < m_links.size() && !answer; ++reached) {
        const Hooks *hooks = m_links[reached].middleware->asHooks();
        if (!hooks)
            break;
        answer = hooks->onRequest(exchange);
        exchange.trace().mark(m_links[reached].name, answer ? Verdict::Answered : Verdict::Passed);
    }

    std::size_t outer = reached;
    if (answer)
        --outer; // whoever answers does not see its own answer
    else
        answer.emplace(co_await Next(*this, reached)(exchange));
    while (outer-- > first)
        m_links[outer].middleware->asHooks()->onResponse(exchange, *answer);
    co_return std::move(*answer);
}

/// One element of the chain with a look at both heads before and after it: a frame for each, which
/// only exchanges whose heads are recorded pay.
Task<Response> Chain::runWatched(Exchange &exchange, std::size_t index) const
{
    ChangeLog &changes = *exchange.changes();
    if (index > 0) // what the one before has done before it called us
        changes.note(m_links[index - 1].name, exchange.request());
    if (index == m_links.size()) {
        Response response = co_await m_handler->handle(exchange);
        changes.note({}, response);
        co_return response;
    }
    const Link &link = m_links[index];
    if (link.middleware->asHooks()) {
        Response response = co_await runWatchedHooks(exchange, index);
        changes.note(link.name, response);
        co_return response;
    }
    Response response = co_await link.middleware->handle(exchange, Next(*this, index + 1));
    changes.note(link.name, response);
    co_return response;
}

Task<Response> Chain::runWatchedHooks(Exchange &exchange, std::size_t index) const
{
    const Link &link = m_links[index];
    const Hooks &hooks = *link.middleware->asHooks();
    std::optional<Response> answer = hooks.onRequest(exchange);
    exchange.trace().mark(link.name, answer ? Verdict::Answered : Verdict::Passed);
    if (answer)
        co_return std::move(*answer);
    Response response = co_await Next(*this, index + 1)(exchange);
    hooks.onResponse(exchange, response);
    co_return response;
}

} // namespace gatehouse
