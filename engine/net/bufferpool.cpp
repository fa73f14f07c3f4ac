// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/bufferpool.h"

#include <cstdlib>
#include <cstring>
#include <new>

namespace gatehouse::net {

namespace {

constexpr int keptBlocks = 64; // 4 MiB for each worker; more goes back to the heap

struct FreeBlock
{
    FreeBlock *next;
};

/// Freed blocks, most recent first. Plain pointers, so that a block freed late in thread exit is
/// safe.
struct Pool
{
    FreeBlock *first = nullptr;
    int count = 0;

    ~Pool()
    {
        while (first)
            std::free(std::exchange(first, first->next));
        count = keptBlocks;
    }
};

thread_local Pool pool;

} // namespace

Block Block::take()
{
    if (pool.first) {
        --pool.count;
        return Block(reinterpret_cast<char *>(std::exchange(pool.first, pool.first->next)));
    }
    void *memory = std::malloc(bytes);
    if (!memory)
        throw std::bad_alloc();
    return Block(static_cast<char *>(memory));
}

void Block::release()
{
    if (!m_data)
        return;
    if (pool.count >= keptBlocks) {
        std::free(std::exchange(m_data, nullptr));
        return;
    }
    pool.first = ::new (std::exchange(m_data, nullptr)) FreeBlock{pool.first};
    ++pool.count;
}

void InputBuffer::freeParked()
{
    std::free(std::exchange(m_parked, nullptr));
}

void InputBuffer::clear()
{
    m_begin = m_end = 0;
    freeParked();
    m_block.release();
}

InputBuffer::Space InputBuffer::space()
{
    if (!m_block)
        m_block = Block::take();
    const unsigned held = m_end - m_begin;
    if (m_parked) {
        std::memcpy(m_block.data(), m_parked + m_begin, held);
        freeParked();
        m_begin = 0;
    } else if (m_begin > 0 && m_end == Block::bytes) {
        std::memmove(m_block.data(), m_block.data() + m_begin, held);
        m_begin = 0;
    }
    m_end = m_begin + held;
    return {m_block.data() + m_end, Block::bytes - m_end};
}

void InputBuffer::park()
{
    if (isEmpty()) {
        clear();
        return;
    }
    const unsigned held = m_end - m_begin;
    if (m_parked || held > Block::bytes / 2)
        return;
    auto *own = static_cast<char *>(std::malloc(held));
    if (!own)
        return; // keeping the block is fine, too
    std::memcpy(own, m_block.data() + m_begin, held);
    m_parked = own;
    m_begin = 0;
    m_end = held;
    m_block.release();
}

} // namespace gatehouse::net
