// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/headscanner.h"

#include "engine/http/characters.h"

#include <cstring>

namespace gatehouse {

namespace {

/// CRLFs that we skip before a start line: one is common (old browsers), a flood is an attack.
constexpr std::size_t maxLeadingBytes = 8;
/// What a start line holds beside a target at its limit: method, version, and room to spare.
constexpr std::size_t besideTarget = 64;

std::unexpected<Error> bad(const char *rule)
{
    return fail(ErrorCode::BadRequest, QString::fromLatin1(rule));
}

} // namespace

/// \a end is where what is known of the head ends: the body that may follow does not count.
Result<void> HeadScanner::checkBounds(std::size_t end, const HeadLimits &limits) const
{
    const std::size_t bytes = end - m_begin;
    if (m_lines == 0 && bytes > limits.uriBytes + besideTarget)
        return fail(ErrorCode::UriTooLong, "the request line is over limits.uri_bytes");
    if (bytes > limits.bytes)
        return fail(ErrorCode::HeaderTooLarge, "the head is over limits.header_bytes");
    return {};
}

Result<HeadScanner::Status> HeadScanner::scan(std::string_view buffer, const HeadLimits &limits)
{
    while (m_seen < buffer.size()) {
        if (m_lines == 0 && m_lineBegin == m_begin && m_seen == m_begin) {
            const char first = buffer[m_begin];
            if (first != '\r' && !isIn(first, TokenChar))
                return bad("the start line begins with a character that no method holds");
        }
        const void *found = std::memchr(buffer.data() + m_seen, '\n', buffer.size() - m_seen);
        if (!found) {
            m_seen = buffer.size();
            break;
        }
        const auto newline =
            static_cast<std::size_t>(static_cast<const char *>(found) - buffer.data());
        if (newline == m_lineBegin || buffer[newline - 1] != '\r')
            return bad("a line ends in LF without CR");
        const bool isEmpty = newline == m_lineBegin + 1;
        const std::string_view line = buffer.substr(m_lineBegin, newline - m_lineBegin);
        m_lineBegin = m_seen = newline + 1;
        if (isEmpty && m_lines == 0) {
            m_begin = m_lineBegin;
            if (m_begin > maxLeadingBytes)
                return bad("too many empty lines before the start line");
            continue;
        }
        const Result<void> bounds = checkBounds(m_lineBegin, limits);
        if (!bounds)
            return std::unexpected(bounds.error());
        if (isEmpty)
            return Status::Complete;
        // HTTP/0.9 sends nothing after this line: waiting for more would only time out.
        if (m_lines == 0 && line.find("HTTP/") == std::string_view::npos)
            return bad("the start line has no HTTP version");
        if (m_lines++ > limits.count)
            return fail(ErrorCode::HeaderTooLarge,
                        "the head has more fields than limits.header_count");
    }
    const Result<void> bounds = checkBounds(buffer.size(), limits);
    if (!bounds)
        return std::unexpected(bounds.error());
    return Status::Incomplete;
}

} // namespace gatehouse
