// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/sharedauth.h"
#include "engine/config/config.h"
#include "engine/state/memorystore.h"

#include <QMutex>

namespace gatehouse::gateway {

/// What all workers of a gateway share and a reload keeps. Thread-safe.
class SharedState
{
public:
    /// The store of one worker for \a config; on that worker's thread, where it will be used.
    [[nodiscard]] std::shared_ptr<state::StateStore> open(const config::StateConfig &config);
    /// Keys behind URLs, and books of API keys.
    [[nodiscard]] auth::SharedAuth &auth() { return m_auth; }

private:
    QMutex m_mutex;
    std::shared_ptr<state::MemoryStore> m_memory;
    qint64 m_memoryEntries = 0;
    auth::SharedAuth m_auth;
};

} // namespace gatehouse::gateway
