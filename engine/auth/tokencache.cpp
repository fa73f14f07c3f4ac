// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/tokencache.h"

namespace gatehouse::auth {

const Verified *TokenCache::find(const crypto::Sha256 &digest, SteadyTime now)
{
    const auto found = m_index.find(digest);
    if (found == m_index.end())
        return nullptr;
    const Entries::iterator entry = found->second;
    if (entry->end <= now) {
        m_entries.erase(entry);
        m_index.erase(found);
        return nullptr;
    }
    if (entry != m_entries.begin())
        m_entries.splice(m_entries.begin(), m_entries, entry);
    return &entry->verified;
}

void TokenCache::insert(const crypto::Sha256 &digest, Verified verified, SteadyTime now)
{
    if (m_capacity == 0)
        return;
    if (const auto old = m_index.find(digest); old != m_index.end()) {
        m_entries.erase(old->second);
        m_index.erase(old);
    }
    if (m_index.size() == m_capacity) {
        m_index.erase(m_entries.back().digest);
        m_entries.pop_back();
    }
    m_entries.push_front({digest, std::move(verified), now + m_lifetime});
    m_index.emplace(digest, m_entries.begin());
}

void TokenCache::clear()
{
    m_index.clear();
    m_entries.clear();
}

} // namespace gatehouse::auth
