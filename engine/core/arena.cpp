// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/arena.h"

#include <algorithm>

namespace gatehouse {

void *Arena::allocateSlowly(std::size_t bytes, std::size_t alignment)
{
    const std::size_t size = std::max(blockBytes, sizeof(Block) + bytes + alignment);
    m_last = ::new (::operator new(size)) Block{m_last, size};
    m_next = reinterpret_cast<char *>(m_last + 1);
    m_end = reinterpret_cast<char *>(m_last) + size;
    return allocate(bytes, alignment);
}

void Arena::release(Block *kept)
{
    while (m_last != kept)
        ::operator delete(std::exchange(m_last, m_last->previous));
}

void Arena::reset()
{
    Block *first = m_last;
    while (first && first->previous)
        first = first->previous;
    if (first && first->bytes > blockBytes)
        first = nullptr; // an outsize first block is not worth keeping
    release(first);
    m_next = first ? reinterpret_cast<char *>(first + 1) : nullptr;
    m_end = first ? reinterpret_cast<char *>(first) + first->bytes : nullptr;
}

} // namespace gatehouse
