// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/statedesk.h"
#include "tests/support/run.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace gatehouse;
using gateway::SharedState;
using gateway::StateDesk;

namespace {

std::atomic<bool> isAsked = false;
std::atomic<bool> isChanged = false;

/// Whether the services of the beginning are still there when the desk has long had others.
Task<Result<bool>> keepsItsStore(const middleware::Services &services)
{
    const std::weak_ptr<state::StateStore> begun = services.store;
    isAsked = true;
    while (!isChanged)
        co_await test::NextTick();
    co_return !begun.expired() && services.store == begun.lock();
}

Task<Result<bool>> answerAtOnce(const middleware::Services &services)
{
    co_return services.store != nullptr;
}

} // namespace

class TestStateDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsInMemoryOutlivesAReload()
    {
        SharedState shared;
        config::StateConfig config;
        const auto before = shared.services(config, {}).store;
        config.maxEntries = 2000;
        QCOMPARE(shared.services(config, {}).store.get(), before.get());
    }

    void aQuestionKeepsTheBackendThatItAsks()
    {
        SharedState shared;
        StateDesk desk(shared);
        config::StateConfig config;
        desk.apply(config);
        Result<bool> kept = false;
        std::thread asking([&] { kept = desk.ask<bool>(&keepsItsStore); });
        QTRY_VERIFY(isAsked);
        config.backend = "redis";
        config.url = "unix:/nowhere/redis.sock";
        desk.apply(config);
        const Result<bool> next = desk.ask<bool>(&answerAtOnce); // behind the change
        isChanged = true;
        asking.join();
        QVERIFY(next && *next);
        QVERIFY(kept && *kept);
    }
};

QTEST_GUILESS_MAIN(TestStateDesk)
#include "tst_statedesk.moc"
