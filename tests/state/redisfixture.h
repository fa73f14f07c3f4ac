// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/eventdispatcher.h"
#include "engine/state/redisstore.h"
#include "tests/support/redisserver.h"
#include "tests/support/run.h"

namespace gatehouse::test {

/// A store for \a url whose breaker opens after five failures for \a pause.
struct RedisFixture
{
    explicit RedisFixture(const QByteArray &url, const std::string &prefix = "t:",
                          std::chrono::milliseconds pause = std::chrono::seconds(30),
                          std::chrono::milliseconds timeout = std::chrono::milliseconds(250))
    {
        config::StateConfig config;
        config.url = url.toStdString();
        config.prefix = prefix;
        config.timeout = timeout;
        Result<state::RedisSettings> settings = state::RedisSettings::parse(config);
        health = std::make_shared<state::BackendHealth>(settings->place(), 5, pause, true);
        store = std::make_unique<state::RedisStore>(*settings, health);
    }

    std::shared_ptr<state::BackendHealth> health;
    std::unique_ptr<state::RedisStore> store;
};

template<typename Test>
int runOnOurLoop(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new net::EventDispatcher);
    QCoreApplication app(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace gatehouse::test
