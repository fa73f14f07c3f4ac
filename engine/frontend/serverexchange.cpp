// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/frontend/serverexchange.h"

#include "engine/frontend/serverconnection.h"

#include <vector>

namespace gatehouse::frontend {

namespace {

constexpr std::size_t keptExchanges = 1024; // with their arenas, 7 MiB for each worker

std::vector<std::unique_ptr<ServerExchange>> &pool()
{
    thread_local std::vector<std::unique_ptr<ServerExchange>> exchanges;
    return exchanges;
}

} // namespace

std::unique_ptr<ServerExchange> ServerExchange::take()
{
    if (pool().empty())
        return std::make_unique<ServerExchange>();
    std::unique_ptr<ServerExchange> exchange = std::move(pool().back());
    pool().pop_back();
    return exchange;
}

void ServerExchange::recycle(std::unique_ptr<ServerExchange> exchange)
{
    exchange->m_root = {};
    exchange->m_body.reset();
    exchange->m_handler.reset();
    exchange->m_exchange.reset();
    // One whose end is still to be reported must not be: it dies here, and is off the list.
    if (!exchange->isDeferred() && pool().size() < keptExchanges)
        pool().push_back(std::move(exchange));
}

void ServerExchange::bind(ServerConnection &connection, net::Stream &stream,
                          net::InputBuffer &input)
{
    m_connection = &connection;
    m_body.emplace(stream, input);
}

void ServerExchange::run(Task<void> root, std::shared_ptr<const Handler> handler)
{
    m_handler = std::move(handler);
    m_root = std::move(root);
    m_root.start();
}

void ServerExchange::onDeferred()
{
    m_connection->exchangeEnded(); // destroys this: touch nothing after it
}

} // namespace gatehouse::frontend
