// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/relay/bodyrelay.h"

#include "engine/http/headwriter.h"
#include "engine/net/pipe.h"

#include <charconv>

namespace gatehouse::relay {

namespace {

/// Below this, the three calls that splicing takes cost more than copying.
constexpr qint64 leastToSplice = 32 << 10;
constexpr std::size_t gatherBytes = 2048;

std::unexpected<Error> broken(const net::Moved &moved)
{
    return fail(ErrorCode::ClientClosed, "the peer's connection broke", moved.systemError);
}

std::string_view trailerSection(const Headers &trailers)
{
    HeadWriter section(trailers.arena(), HeadWriter::sizeOf(trailers) + 8);
    section.append("0\r\n");
    for (const Field &field : trailers.fields())
        section.line(field.name, field.value);
    section.append("\r\n");
    return section.text();
}

} // namespace

void BodyRelay::add(std::string_view text)
{
    if (!text.empty())
        m_parts[m_partCount++] = iovec{const_cast<char *>(text.data()), text.size()};
}

void BodyRelay::addChunk(const Chunk &chunk, const BodyStream &body)
{
    m_bytesSent += qint64(chunk.bytes.size());
    if (m_coding != Framing::Kind::Chunked) {
        add(chunk.bytes);
        return;
    }
    if (!chunk.bytes.empty()) {
        char *const begin = m_sizeLine.data();
        char *end = std::to_chars(begin, begin + m_sizeLine.size(), chunk.bytes.size(), 16).ptr;
        *end++ = '\r';
        *end++ = '\n';
        add({begin, static_cast<std::size_t>(end - begin)});
        add(chunk.bytes);
        add(chunk.isLast ? "\r\n0\r\n\r\n" : "\r\n");
    } else if (chunk.isLast) {
        add("0\r\n\r\n");
    }
    const Headers *trailers = chunk.isLast ? body.trailers() : nullptr;
    if (!trailers || trailers->count() == 0)
        return;
    --m_partCount; // the end without trailers
    if (!chunk.bytes.empty())
        add("\r\n");
    add(trailerSection(*trailers));
}

SteadyTime BodyRelay::writeDeadline() const
{
    return net::EventDispatcher::current().loopTime() + m_writeIdle;
}

std::unexpected<Error> BodyRelay::tooSlow() const
{
    return fail(ErrorCode::RequestTimeout,
                QString("the peer took no byte within %1").arg(QLatin1StringView(m_timeoutKey)));
}

/// Small parts go as one: copying a few hundred bytes costs less than a vector of them.
net::Moved BodyRelay::sendParts()
{
    const std::span<const iovec> parts =
        std::span(m_parts).subspan(m_firstPart, m_partCount - m_firstPart);
    std::size_t size = 0;
    for (const iovec &part : parts)
        size += part.iov_len;
    if (parts.size() < 2 || size > gatherBytes)
        return m_to.send(parts);
    char buffer[gatherBytes];
    char *to = buffer;
    for (const iovec &part : parts) {
        std::memcpy(to, part.iov_base, part.iov_len);
        to += part.iov_len;
    }
    const iovec whole{buffer, size};
    return m_to.send({&whole, 1});
}

/// True if all parts are gone, or \a outcome is an error; false if the stream takes no more now.
bool BodyRelay::trySend(Result<void> &outcome)
{
    while (m_firstPart < m_partCount) {
        const net::Moved moved = sendParts();
        if (moved.status == net::Moved::Status::Again)
            return false;
        if (moved.status != net::Moved::Status::Ok) {
            outcome = broken(moved);
            return true;
        }
        m_hasBegun = true;
        std::size_t sent = moved.bytes;
        while (m_firstPart < m_partCount && sent >= m_parts[m_firstPart].iov_len)
            sent -= m_parts[m_firstPart++].iov_len;
        if (m_firstPart == m_partCount)
            break;
        iovec &part = m_parts[m_firstPart];
        part = {static_cast<char *>(part.iov_base) + sent, part.iov_len - sent};
    }
    m_firstPart = m_partCount = 0;
    return true;
}

Task<Result<void>> BodyRelay::flush()
{
    Result<void> outcome;
    while (!trySend(outcome)) {
        const net::Wait wait = co_await m_to.writable(writeDeadline());
        if (wait == net::Wait::TimedOut)
            co_return tooSlow();
    }
    co_return outcome;
}

Task<Result<void>> BodyRelay::send(std::string_view head, BodyStream *body)
{
    add(head);
    bool isLast = !body;
    if (isLast || !body->isReady()) {
        const Result<void> sent = co_await flush();
        if (!sent)
            co_return sent;
    }
    while (!isLast) {
        if (m_coding == Framing::Kind::Length && body->remaining() >= leastToSplice
            && body->canSplice())
            co_return co_await spliceRest(*body);
        const Result<Chunk> chunk = co_await body->read();
        if (!chunk) {
            m_hasSourceFailed = true;
            co_return std::unexpected(chunk.error());
        }
        isLast = chunk->isLast;
        addChunk(*chunk, *body);
        Result<void> sent;
        if (!trySend(sent)) // mostly everything goes at once, and needs no frame
            sent = co_await flush();
        if (!sent)
            co_return sent;
    }
    co_return Result<void>();
}

Task<Result<void>> BodyRelay::spliceRest(BodyStream &body)
{
    const Result<void> headSent = co_await flush();
    if (!headSent)
        co_return headSent;
    net::Pipe pipe;
    if (!pipe.isOpen())
        co_return fail(ErrorCode::Unavailable, "no pipe for splicing");
    while (body.remaining() > 0) {
        const Result<std::size_t> moved = co_await body.spliceTo(pipe.writeEnd(), net::Pipe::bytes);
        if (!moved) {
            m_hasSourceFailed = true;
            co_return std::unexpected(moved.error());
        }
        pipe.held = *moved;
        const Result<void> drained = co_await drain(pipe.readEnd(), pipe.held);
        if (!drained)
            co_return drained;
    }
    co_return Result<void>();
}

Task<Result<void>> BodyRelay::drain(int pipe, std::size_t &held)
{
    while (held > 0) {
        const net::Wait wait = co_await m_to.writable(writeDeadline());
        if (wait == net::Wait::TimedOut)
            co_return tooSlow();
        const net::Moved moved = m_to.spliceFrom(pipe, held);
        if (moved.status == net::Moved::Status::Error)
            co_return broken(moved);
        held -= moved.bytes;
        m_bytesSent += qint64(moved.bytes);
    }
    co_return Result<void>();
}

} // namespace gatehouse::relay
