// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/marks.h"

namespace gatehouse::limits {

Mark Marks::lookUp(std::string_view key, Nanoseconds now) const
{
    const QReadLocker lock(&m_lock);
    const auto found = m_marks.find(key);
    return found == m_marks.end() || found->second.isOver(now) ? Mark() : found->second;
}

bool Marks::set(std::string_view key, const Mark &mark, Nanoseconds now)
{
    const QWriteLocker lock(&m_lock);
    std::erase_if(m_marks,
                  [&](const auto &each) { return each.first == key || each.second.isOver(now); });
    const bool hasRoom = m_marks.size() < most;
    if (hasRoom && !mark.isOver(now))
        m_marks.emplace(key, mark);
    m_count.store(m_marks.size(), std::memory_order_relaxed);
    return hasRoom;
}

std::vector<std::string> Marks::keys(Nanoseconds now) const
{
    const QReadLocker lock(&m_lock);
    std::vector<std::string> keys;
    for (const auto &[key, mark] : m_marks) {
        if (!mark.isOver(now))
            keys.push_back(key);
    }
    return keys;
}

} // namespace gatehouse::limits
