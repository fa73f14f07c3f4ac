// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/sharedstate.h"

namespace gatehouse::gateway {

namespace {

bool isSameBackend(const config::StateConfig &a, const config::StateConfig &b)
{
    return a.backend == b.backend && a.url == b.url && a.prefix == b.prefix
        && a.isAllowedOnError == b.isAllowedOnError && a.timeout == b.timeout
        && a.breakerFailures == b.breakerFailures && a.breakerPause == b.breakerPause;
}

} // namespace

SharedState::SharedState() : m_limits(std::make_shared<limits::Book>()) {}

/// The same one for good: a reload that forgot nonces would let requests be replayed.
std::shared_ptr<state::MemoryStore> SharedState::memory(const config::StateConfig &config)
{
    if (!m_memory)
        m_memory = std::make_shared<state::MemoryStore>(config.maxEntries);
    m_memory->setMaxEntries(config.maxEntries);
    return m_memory;
}

/// One for all threads: the second thread that comes with a new configuration finds it made.
std::shared_ptr<state::BackendHealth> SharedState::health(const config::StateConfig &config)
{
    if (!m_health || !isSameBackend(m_config, config)) {
        const Result<state::RedisSettings> settings = state::RedisSettings::parse(config);
        m_health = std::make_shared<state::BackendHealth>(
            settings ? settings->place() : std::string(), config.breakerFailures,
            config.breakerPause, config.isAllowedOnError);
        m_config = config;
    }
    return m_health;
}

middleware::Services SharedState::services(const config::StateConfig &config,
                                           const middleware::Services &old)
{
    const QMutexLocker lock(&m_mutex);
    middleware::Services services;
    services.limits = m_limits;
    services.auth = &m_auth;
    services.background = old.background ? old.background : std::make_shared<BackgroundJobs>();
    services.isAllowedOnError = config.isAllowedOnError;
    services.maxKeys = config.maxEntries;
    const Result<state::RedisSettings> settings = state::RedisSettings::parse(config);
    if (config.backend != "redis" || !settings) { // compile() has refused a broken url
        m_health.reset();
        services.store = memory(config);
        return services;
    }
    const std::shared_ptr<state::BackendHealth> known = health(config);
    services.redis = old.redis && &old.redis->client().health() == known.get()
        ? old.redis
        : std::make_shared<state::RedisStore>(*settings, known);
    services.store = services.redis;
    return services;
}

std::shared_ptr<state::BackendHealth> SharedState::redisHealth() const
{
    const QMutexLocker lock(&m_mutex);
    return m_health;
}

} // namespace gatehouse::gateway
