// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace gatehouse {

/// Memory that lives as long as one exchange and is freed at once. Objects put here must need no
/// destructor. After reset() the first block is kept, so a warm arena costs no malloc.
class Arena
{
public:
    static constexpr std::size_t blockBytes = 4096;

    Arena() = default;
    ~Arena() { release(nullptr); }
    Q_DISABLE_COPY_MOVE(Arena)

    [[nodiscard]] void *allocate(std::size_t bytes,
                                 std::size_t alignment = alignof(std::max_align_t))
    {
        const std::size_t padding = (0 - reinterpret_cast<std::size_t>(m_next)) & (alignment - 1);
        if (std::size_t(m_end - m_next) < bytes + padding)
            return allocateSlowly(bytes, alignment);
        char *result = m_next + padding;
        m_next = result + bytes;
        return result;
    }

    template<typename T, typename... Args>
    [[nodiscard]] T *make(Args &&...args)
    {
        static_assert(std::is_trivially_destructible_v<T>);
        return ::new (allocate(sizeof(T), alignof(T))) T(std::forward<Args>(args)...);
    }

    [[nodiscard]] char *chars(std::size_t count) { return static_cast<char *>(allocate(count, 1)); }

    /// A copy of \a text that lives as long as the arena.
    [[nodiscard]] std::string_view copy(std::string_view text)
    {
        char *to = chars(text.size());
        if (!text.empty())
            std::memcpy(to, text.data(), text.size());
        return {to, text.size()};
    }

    /// The parts, one after the other, as one text.
    template<typename... Texts>
    [[nodiscard]] std::string_view concat(const Texts &...texts)
    {
        const std::size_t size = (std::string_view(texts).size() + ... + 0);
        char *const begin = chars(size);
        char *to = begin;
        const auto append = [&to](std::string_view text) {
            if (!text.empty())
                std::memcpy(to, text.data(), text.size());
            to += text.size();
        };
        (append(std::string_view(texts)), ...);
        return {begin, size};
    }

    /// Frees everything but the first block.
    void reset();

private:
    struct Block
    {
        Block *previous;
        std::size_t bytes;
    };

    void *allocateSlowly(std::size_t bytes, std::size_t alignment);
    void release(Block *kept);

    char *m_next = nullptr;
    char *m_end = nullptr;
    Block *m_last = nullptr;
};

} // namespace gatehouse
