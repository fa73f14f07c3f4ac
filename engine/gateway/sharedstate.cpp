// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/sharedstate.h"

namespace gatehouse::gateway {

std::shared_ptr<state::StateStore> SharedState::open(const config::StateConfig &config)
{
    const QMutexLocker lock(&m_mutex);
    if (!m_memory || m_memoryEntries != config.maxEntries) {
        m_memory = std::make_shared<state::MemoryStore>(config.maxEntries);
        m_memoryEntries = config.maxEntries;
    }
    return m_memory;
}

} // namespace gatehouse::gateway
