// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/middleware/factory.h"
#include "engine/state/memorystore.h"
#include "tests/support/run.h"

namespace gatehouse::test {

/// A store that answers after a turn of the event loop, or fails.
class FakeStore final : public state::StateStore
{
public:
    bool isBroken = false;
    int calls = 0;
    ManualClock clock;

    Task<Result<std::optional<state::Entry>>> get(std::string key) override
    {
        const bool isUp = co_await answer();
        if (!isUp)
            co_return down();
        co_return co_await m_store.get(std::move(key));
    }
    Task<Result<void>> set(std::string key, std::string value, state::Milliseconds ttl) override
    {
        const bool isUp = co_await answer();
        if (!isUp)
            co_return down();
        co_return co_await m_store.set(std::move(key), std::move(value), ttl);
    }
    Task<Result<bool>> setIfAbsent(std::string key, std::string value,
                                   state::Milliseconds ttl) override
    {
        const bool isUp = co_await answer();
        if (!isUp)
            co_return down();
        co_return co_await m_store.setIfAbsent(std::move(key), std::move(value), ttl);
    }
    Task<Result<qint64>> increment(std::string key, qint64 by, state::Milliseconds ttl) override
    {
        const bool isUp = co_await answer();
        if (!isUp)
            co_return down();
        co_return co_await m_store.increment(std::move(key), by, ttl);
    }
    Task<Result<bool>> remove(std::string key) override
    {
        const bool isUp = co_await answer();
        if (!isUp)
            co_return down();
        co_return co_await m_store.remove(std::move(key));
    }
    Task<Result<std::vector<std::string>>> keys(std::string prefix, int limit) override
    {
        const bool isUp = co_await answer();
        if (!isUp)
            co_return down();
        co_return co_await m_store.keys(std::move(prefix), limit);
    }

private:
    Task<bool> answer()
    {
        ++calls;
        co_await NextTick();
        co_return !isBroken;
    }
    static std::unexpected<Error> down()
    {
        return fail(ErrorCode::Unavailable, "the store is down");
    }

    state::MemoryStore m_store{1000, clock};
};

/// What middlewares of one worker share in a test: a store that the test can look into.
struct FakeServices
{
    std::shared_ptr<FakeStore> store = std::make_shared<FakeStore>();
    middleware::Services services;
    middleware::BuildContext context;

    FakeServices()
    {
        services.store = store;
        context.name = "middleware.under_test";
        context.services = &services;
    }
    Q_DISABLE_COPY_MOVE(FakeServices)

    /// All keys of the store that begin so.
    QByteArrayList keys(const std::string &prefix)
    {
        QByteArrayList found;
        const auto listed = run(store->keys(prefix, 1000));
        if (listed) {
            for (const std::string &key : *listed)
                found << QByteArray::fromStdString(key);
        }
        return found;
    }
};

} // namespace gatehouse::test
