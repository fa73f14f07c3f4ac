// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/replaybody.h"

#include <algorithm>

namespace gatehouse::middleware {

Task<ReadAhead> readAhead(BodyStream &body, Arena &arena, qint64 limit)
{
    ReadAhead ahead;
    if (body.remaining() > limit)
        co_return ahead;
    std::string bytes;
    bytes.reserve(std::size_t(std::max<qint64>(body.remaining(), 0)));
    while (!ahead.isComplete && qint64(bytes.size()) <= limit) {
        const Result<Chunk> chunk = co_await body.read();
        if (!chunk) {
            ahead.error = chunk.error();
            break;
        }
        bytes.append(chunk->bytes);
        ahead.isComplete = chunk->isLast;
    }
    ahead.bytes = arena.copy(bytes);
    co_return ahead;
}

ReplayBody::ReplayBody(const ReadAhead &ahead, BodyStream &rest)
    : m_rest(&rest)
    , m_bytes(ahead.bytes)
    , m_isComplete(ahead.isComplete)
    , m_error(ahead.error)
{
}

ReplayBody::ReplayBody(const ReadAhead &ahead, BodyPtr rest) : ReplayBody(ahead, *rest)
{
    m_owned = std::move(rest);
}

Task<Result<Chunk>> ReplayBody::read()
{
    if (m_isComplete || !m_bytes.empty())
        co_return Chunk{std::exchange(m_bytes, {}), m_isComplete};
    if (m_error)
        co_return std::unexpected(*m_error);
    co_return co_await m_rest->read();
}

qint64 ReplayBody::remaining() const
{
    if (m_isComplete)
        return qint64(m_bytes.size());
    const qint64 rest = m_rest->remaining();
    return rest < 0 ? -1 : qint64(m_bytes.size()) + rest;
}

bool ReplayBody::isReady() const
{
    return m_isComplete || !m_bytes.empty() || m_error || m_rest->isReady();
}

} // namespace gatehouse::middleware
