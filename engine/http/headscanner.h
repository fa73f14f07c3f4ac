// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#include <string_view>

namespace gatehouse {

/// How large a message head may be.
struct HeadLimits
{
    std::size_t bytes = 64 << 10;    ///< start line and field lines together
    int count = 100;                 ///< field lines
    std::size_t uriBytes = 16 << 10; ///< request target
};

/// Finds the end of a message head as bytes arrive. Looks at each byte once, however the head is
/// cut into reads, so a client that sends single bytes costs no more than one that does not.
class HeadScanner
{
public:
    enum class Status { Incomplete, Complete };

    /// \a buffer holds everything received since the head began, the part already seen included.
    /// BadRequest for a line that does not end in CRLF (RFC 9112, section 2.2: we do not take a
    /// bare LF) or begins with what no start line can hold; UriTooLong for a first line and
    /// HeaderTooLarge for a head over its limit.
    Result<Status> scan(std::string_view buffer, const HeadLimits &limits);

    /// Empty lines before the start line, to be skipped (RFC 9112, section 2.2).
    [[nodiscard]] std::size_t begin() const { return m_begin; }
    /// Bytes from the buffer's start to the end of the head, its empty line included.
    [[nodiscard]] std::size_t end() const { return m_lineBegin; }
    /// Whether anything but empty lines has been seen.
    [[nodiscard]] bool hasBegun() const { return m_seen > m_begin; }

    void reset() { *this = HeadScanner(); }

private:
    Result<void> checkBounds(std::size_t end, const HeadLimits &limits) const;

    std::size_t m_begin = 0;     // where the start line begins
    std::size_t m_lineBegin = 0; // where the current line begins
    std::size_t m_seen = 0;      // bytes looked at
    int m_lines = 0;             // complete lines, the start line included
};

} // namespace gatehouse
