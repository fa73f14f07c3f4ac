// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <memory>
#include <span>

namespace gatehouse::observe {

/// Finished exchanges on their way from a worker to the recorder: pieces of memory of any size, one
/// after the other. One thread writes, one reads, and neither waits: what does not fit is lost, and
/// counted by the writer.
class ExchangeRing
{
public:
    static constexpr std::size_t alignment = 8;

    /// \a bytes is a power of two.
    explicit ExchangeRing(std::size_t bytes);

    /// Room for \a bytes, a multiple of alignment; nullptr if there is none. Writing thread only.
    [[nodiscard]] char *reserve(std::size_t bytes);
    /// Hands over what was reserved last.
    void commit();

    /// The oldest piece; empty if there is none. Reading thread only.
    [[nodiscard]] std::span<char> front();
    void pop();

private:
    struct Mark
    {
        quint32 bytes;  ///< of the piece behind it
        quint32 isSkip; ///< the rest of the memory is unused: go on at its begin
    };
    static_assert(sizeof(Mark) == alignment);

    std::unique_ptr<char[]> m_memory;
    std::size_t m_size;
    alignas(64) std::atomic<quint64> m_written = 0;
    quint64 m_reserved = 0; ///< writer: where the piece under way ends
    quint64 m_knownRead = 0;
    alignas(64) std::atomic<quint64> m_read = 0;
};

} // namespace gatehouse::observe
