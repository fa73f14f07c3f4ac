// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <string_view>
#include <utility>

namespace gatehouse::net {

/// A block of memory for I/O, from the calling thread's pool: the block freed last is used next, so
/// it is warm in the cache, and a connection that waits holds none. Returned when it goes.
/// Must be freed on the thread that took it.
class Block
{
public:
    static constexpr std::size_t bytes = 64 << 10;

    Block() = default;
    static Block take();
    Block(Block &&other) noexcept : m_data(std::exchange(other.m_data, nullptr)) {}
    Block &operator=(Block &&other) noexcept
    {
        std::swap(m_data, other.m_data);
        return *this;
    }
    ~Block() { release(); }

    [[nodiscard]] char *data() const { return m_data; }
    explicit operator bool() const { return m_data != nullptr; }
    void release();

private:
    explicit Block(char *data) : m_data(data) {}
    char *m_data = nullptr;
};

/// Received bytes that are not used up yet. Takes a pooled block while bytes flow and gives it back
/// when it runs empty. What must wait for more (half a head) moves to memory of its own size with
/// park(), so that slow peers hold what they sent, not a block each.
class InputBuffer
{
public:
    InputBuffer() = default;
    ~InputBuffer() { freeParked(); }
    Q_DISABLE_COPY_MOVE(InputBuffer)

    [[nodiscard]] std::string_view data() const { return {base() + m_begin, m_end - m_begin}; }
    [[nodiscard]] bool isEmpty() const { return m_begin == m_end; }
    void consume(std::size_t count)
    {
        m_begin += static_cast<unsigned>(count);
        if (m_begin == m_end)
            clear();
    }
    void clear();

    struct Space
    {
        char *data;
        std::size_t size;
    };
    /// Where to receive next; moves parked or late bytes to the front of a block. At most a block
    /// less what is in it; never empty unless a block is full.
    [[nodiscard]] Space space();
    void added(std::size_t count) { m_end += static_cast<unsigned>(count); }
    /// Gives the block back, now that nothing is going to happen until the peer sends more.
    void park();

private:
    [[nodiscard]] char *base() const { return m_parked ? m_parked : m_block.data(); }
    void freeParked();

    Block m_block;
    char *m_parked = nullptr;
    unsigned m_begin = 0;
    unsigned m_end = 0;
};

} // namespace gatehouse::net
