// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/record.h"

#include <atomic>
#include <memory>
#include <string_view>
#include <vector>

namespace gatehouse::filter {

/// Every text once, by number. Append-only: what text() gives stays where it is as long as the pool
/// lives, so that records of a fixed size can name texts and many threads can read them.
///
/// One thread adds, any may read the ids that it has been given. A pool that has grown over a
/// budget is replaced: a new one is filled from the records that are left.
class Strings
{
public:
    static constexpr std::size_t maxBytes = 65535; ///< longer texts are cut

    Strings();
    ~Strings();
    Q_DISABLE_COPY_MOVE(Strings)

    /// The number of \a text; 0 for an empty one. Adding thread only.
    StringId intern(std::string_view text);
    /// The same without adding: 0 if it is not there. Adding thread only.
    [[nodiscard]] StringId find(std::string_view text) const;

    /// Empty for 0. \a id is less than count().
    [[nodiscard]] std::string_view text(StringId id) const
    {
        const char *const entry =
            m_pages[id / pageSize].load(std::memory_order_acquire)[id % pageSize];
        quint16 length = 0;
        __builtin_memcpy(&length, entry, sizeof(length));
        return {entry + sizeof(length), length};
    }
    /// Ids that exist, 0 included.
    [[nodiscard]] quint32 count() const { return m_count.load(std::memory_order_acquire); }
    /// Memory that texts and index take.
    [[nodiscard]] std::size_t bytes() const { return m_bytes.load(std::memory_order_relaxed); }

private:
    using Page = const char *[];
    static constexpr std::size_t pageSize = 4096;
    static constexpr std::size_t maxPages = 16384; ///< 67 million texts

    /// Open addressing, a power of two in size.
    using Index = std::vector<StringId>;

    [[nodiscard]] std::size_t slotOf(const Index &index, std::string_view text, quint64 hash) const;
    [[nodiscard]] StringId find(std::string_view text, quint64 hash) const;
    const char *store(std::string_view text);
    void growIndex();
    void moveSome();

    std::unique_ptr<std::atomic<const char **>[]> m_pages;
    std::atomic<quint32> m_count = 0;
    std::atomic<std::size_t> m_bytes = 0;
    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::size_t m_blockUsed = 0;
    std::size_t m_blockSize = 0;
    Index m_index;
    Index m_oldIndex; ///< of the ids from m_moved on, while they move; else empty
    StringId m_moved = 0;
    StringId m_moveEnd = 0;
};

} // namespace gatehouse::filter
