// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>

namespace gatehouse::net {

/// A kernel pipe for splice(2), from the calling thread's pool. Must be empty when it goes; one
/// that is not is closed instead of pooled. isOpen() is false where no pipe could be had: copy
/// then.
class Pipe
{
public:
    static constexpr std::size_t bytes = 256 << 10;

    Pipe();
    ~Pipe();
    Q_DISABLE_COPY_MOVE(Pipe)

    [[nodiscard]] bool isOpen() const { return m_readEnd >= 0; }
    [[nodiscard]] int readEnd() const { return m_readEnd; }
    [[nodiscard]] int writeEnd() const { return m_writeEnd; }

    /// What is in it, kept by the caller.
    std::size_t held = 0;

private:
    int m_readEnd = -1;
    int m_writeEnd = -1;
};

} // namespace gatehouse::net
