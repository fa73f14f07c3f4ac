// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/sharedauth.h"
#include "engine/config/config.h"
#include "engine/middleware/factory.h"
#include "engine/state/backendhealth.h"
#include "engine/state/memorystore.h"

#include <QMutex>

#include <atomic>

namespace gatehouse::gateway {

/// What all workers of a gateway share and a reload keeps: the memory store, what is known of
/// Redis, the limits. Thread-safe.
class SharedState
{
public:
    SharedState();

    /// For the calling thread, where they are used and let go. \a old is what that thread has had
    /// so far: its connection to Redis stays if \a config still says the same.
    [[nodiscard]] middleware::Services services(const config::StateConfig &config,
                                                const middleware::Services &old);
    [[nodiscard]] const std::shared_ptr<limits::Book> &limits() const { return m_limits; }
    /// Counts a pipeline that a worker has built: one for each generation, never for a request.
    void countPipeline() { m_pipelines.fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] quint64 pipelines() const { return m_pipelines.load(std::memory_order_relaxed); }
    /// nullptr while the state is in memory.
    [[nodiscard]] std::shared_ptr<state::BackendHealth> redisHealth() const;
    /// Keys behind URLs, and books of API keys.
    [[nodiscard]] auth::SharedAuth &auth() { return m_auth; }

private:
    std::shared_ptr<state::MemoryStore> memory(const config::StateConfig &config);
    std::shared_ptr<state::BackendHealth> health(const config::StateConfig &config);

    std::atomic<quint64> m_pipelines = 0;
    mutable QMutex m_mutex;
    std::shared_ptr<limits::Book> m_limits;
    std::shared_ptr<state::MemoryStore> m_memory;
    std::shared_ptr<state::BackendHealth> m_health; ///< null with the backend memory
    config::StateConfig m_config;                   ///< what m_health is for
    auth::SharedAuth m_auth;
};

} // namespace gatehouse::gateway
