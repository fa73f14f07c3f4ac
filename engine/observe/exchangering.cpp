// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/exchangering.h"

#include <cstring>

namespace gatehouse::observe {

ExchangeRing::ExchangeRing(std::size_t bytes)
    : m_memory(std::make_unique_for_overwrite<char[]>(bytes))
    , m_size(bytes)
{
    Q_ASSERT((bytes & (bytes - 1)) == 0);
}

char *ExchangeRing::reserve(std::size_t bytes)
{
    Q_ASSERT(bytes % alignment == 0);
    const quint64 written = m_written.load(std::memory_order_relaxed);
    const std::size_t place = written & (m_size - 1);
    const std::size_t needed = sizeof(Mark) + bytes;
    const std::size_t skipped = place + needed > m_size ? m_size - place : 0;
    if (needed > m_size / 2)
        return nullptr;
    if (written + skipped + needed - m_knownRead > m_size) {
        m_knownRead = m_read.load(std::memory_order_acquire);
        if (written + skipped + needed - m_knownRead > m_size)
            return nullptr;
    }
    if (skipped > 0) {
        const Mark skip{0, 1};
        std::memcpy(&m_memory[place], &skip, sizeof(skip));
    }
    char *const to = &m_memory[skipped > 0 ? 0 : place];
    const Mark mark{quint32(bytes), 0};
    std::memcpy(to, &mark, sizeof(mark));
    m_reserved = written + skipped + needed;
    return to + sizeof(Mark);
}

void ExchangeRing::commit()
{
    m_written.store(m_reserved, std::memory_order_release);
}

std::span<char> ExchangeRing::front()
{
    const quint64 written = m_written.load(std::memory_order_acquire);
    quint64 read = m_read.load(std::memory_order_relaxed);
    while (read != written) {
        const std::size_t place = read & (m_size - 1);
        Mark mark;
        std::memcpy(&mark, &m_memory[place], sizeof(mark));
        if (!mark.isSkip)
            return {&m_memory[place + sizeof(Mark)], mark.bytes};
        read += m_size - place;
        m_read.store(read, std::memory_order_release);
    }
    return {};
}

void ExchangeRing::pop()
{
    const quint64 read = m_read.load(std::memory_order_relaxed);
    Mark mark;
    std::memcpy(&mark, &m_memory[read & (m_size - 1)], sizeof(mark));
    m_read.store(read + sizeof(Mark) + mark.bytes, std::memory_order_release);
}

} // namespace gatehouse::observe
