// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// The innermost element of a chain: makes the answer.
class Handler
{
public:
    virtual ~Handler();
    virtual Task<Response> handle(Exchange &exchange) const = 0;
};

class Chain;
class Hooks;

/// The rest of the chain. Call it once, not at all (to answer yourself), or again (to retry).
class Next
{
public:
    Next(const Chain &chain, std::size_t index) : m_chain(&chain), m_index(index) {}
    Task<Response> operator()(Exchange &exchange) const;

private:
    const Chain *m_chain;
    std::size_t m_index;
};

/// One layer around the rest of the chain. Immutable and shared by the exchanges of a worker:
/// what belongs to a request lives in its Exchange or in local variables of handle().
///
/// The code after `co_await next(exchange)` runs when the answer's head is known; the body is
/// pulled later. It does not run if the exchange is cancelled: use Exchange::onFinished() for that.
class Middleware
{
public:
    virtual ~Middleware();
    virtual Task<Response> handle(Exchange &exchange, Next next) const = 0;
    /// Itself, if it never waits. A chain runs neighbouring Hooks in one frame.
    [[nodiscard]] virtual const Hooks *asHooks() const { return nullptr; }
};

/// A middleware that never waits: no coroutine to write, no frame to pay.
class Hooks : public Middleware
{
public:
    /// An answer here ends the request: neither the rest of the chain nor the own onResponse()
    /// runs.
    virtual std::optional<Response> onRequest(Exchange &exchange) const;
    virtual void onResponse(Exchange &exchange, Response &response) const;

    Task<Response> handle(Exchange &exchange, Next next) const final;
    [[nodiscard]] const Hooks *asHooks() const final { return this; }
};

/// Named middlewares, outermost first, around a handler. Must outlive the Tasks it returns.
class Chain
{
public:
    /// The name is what the trace shows.
    struct Link
    {
        std::string name;
        std::unique_ptr<const Middleware> middleware;
    };

    Chain(std::vector<Link> links, std::unique_ptr<const Handler> handler);
    Task<Response> run(Exchange &exchange) const { return Next(*this, 0)(exchange); }

private:
    friend class Next;
    Task<Response> runHooks(Exchange &exchange, std::size_t first) const;
    Task<Response> runWatched(Exchange &exchange, std::size_t index) const;
    Task<Response> runWatchedHooks(Exchange &exchange, std::size_t index) const;

    std::vector<Link> m_links;
    std::unique_ptr<const Handler> m_handler;
};

} // namespace gatehouse
