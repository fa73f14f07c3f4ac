// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/strings.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace gatehouse::filter {

namespace {

constexpr std::size_t blockBytes = 256 << 10;
constexpr std::size_t firstIndex = 1 << 10;
constexpr StringId movedAtOnce = 8; ///< done long before the index is full again

quint64 hashOf(std::string_view text)
{
    return std::hash<std::string_view>()(text);
}

} // namespace

Strings::Strings()
    : m_pages(std::make_unique<std::atomic<const char **>[]>(maxPages))
    , m_index(firstIndex)
{
    intern({}); // 0
}

Strings::~Strings()
{
    for (std::size_t i = 0; i < maxPages; ++i)
        delete[] m_pages[i].load(std::memory_order_relaxed);
}

/// Where \a text is in \a index, or where it belongs.
std::size_t Strings::slotOf(const Index &index, std::string_view text, quint64 hash) const
{
    const std::size_t mask = index.size() - 1;
    std::size_t slot = hash & mask;
    while (index[slot] != 0 && this->text(index[slot]) != text)
        slot = (slot + 1) & mask;
    return slot;
}

StringId Strings::find(std::string_view text) const
{
    text = text.substr(0, maxBytes);
    return text.empty() ? 0 : find(text, hashOf(text));
}

StringId Strings::find(std::string_view text, quint64 hash) const
{
    const StringId found = m_index[slotOf(m_index, text, hash)];
    if (found != 0 || m_oldIndex.empty())
        return found;
    return m_oldIndex[slotOf(m_oldIndex, text, hash)];
}

StringId Strings::intern(std::string_view text)
{
    text = text.substr(0, maxBytes);
    const quint32 id = m_count.load(std::memory_order_relaxed);
    if (text.empty() && id > 0)
        return 0;
    if (!m_oldIndex.empty())
        moveSome();
    const quint64 hash = hashOf(text);
    if (const StringId found = find(text, hash); found != 0)
        return found;
    if (id == maxPages * pageSize) // bounded: what comes now has no text
        return 0;
    std::atomic<const char **> &page = m_pages[id / pageSize];
    if (id % pageSize == 0) {
        page.store(new const char *[pageSize], std::memory_order_release);
        m_bytes.fetch_add(pageSize * sizeof(char *), std::memory_order_relaxed);
    }
    page.load(std::memory_order_relaxed)[id % pageSize] = store(text);
    m_index[slotOf(m_index, text, hash)] = id;
    m_count.store(id + 1, std::memory_order_release);
    if (std::size_t(id) * 4 > m_index.size() * 3)
        growIndex();
    return id;
}

const char *Strings::store(std::string_view text)
{
    const std::size_t needed = sizeof(quint16) + text.size();
    if (m_blockUsed + needed > m_blockSize) {
        m_blockSize = std::max(blockBytes, needed);
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(m_blockSize));
        m_blockUsed = 0;
        m_bytes.fetch_add(m_blockSize, std::memory_order_relaxed);
    }
    char *const entry = m_blocks.back().get() + m_blockUsed;
    const auto length = quint16(text.size());
    __builtin_memcpy(entry, &length, sizeof(length));
    text.copy(entry + sizeof(length), text.size());
    m_blockUsed += needed;
    return entry;
}

/// The ids move into the larger index a few at a time: a million at once would be a pause of 80 ms
/// in whatever thread adds.
void Strings::growIndex()
{
    m_oldIndex = std::exchange(m_index, Index(m_index.size() * 2));
    m_bytes.fetch_add(m_index.size() * sizeof(StringId), std::memory_order_relaxed);
    m_moved = 1;
    m_moveEnd = m_count.load(std::memory_order_relaxed);
}

void Strings::moveSome()
{
    for (StringId i = 0; i < movedAtOnce && m_moved < m_moveEnd; ++i, ++m_moved) {
        const std::size_t mask = m_index.size() - 1;
        std::size_t slot = hashOf(text(m_moved)) & mask;
        while (m_index[slot] != 0)
            slot = (slot + 1) & mask;
        m_index[slot] = m_moved;
    }
    if (m_moved < m_moveEnd)
        return;
    m_bytes.fetch_sub(m_oldIndex.size() * sizeof(StringId), std::memory_order_relaxed);
    m_oldIndex = {};
}

} // namespace gatehouse::filter
