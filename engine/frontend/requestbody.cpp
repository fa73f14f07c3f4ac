// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/frontend/requestbody.h"

#include <algorithm>

namespace gatehouse::frontend {

namespace {

Result<std::size_t> received(const net::Moved &moved)
{
    switch (moved.status) {
    case net::Moved::Status::Ok:
    case net::Moved::Status::Again:
        return moved.bytes;
    case net::Moved::Status::End:
        return fail(ErrorCode::ClientClosed, "the client closed before the end of its body");
    case net::Moved::Status::Error:
        break;
    }
    return fail(ErrorCode::ClientClosed, "the client's connection broke", moved.systemError);
}

} // namespace

void RequestBody::begin(const Framing &framing, Exchange &exchange,
                        std::chrono::milliseconds idleTimeout)
{
    m_exchange = &exchange;
    m_framing = framing;
    m_decoder = ChunkDecoder(ErrorCode::BadRequest);
    m_idleTimeout = idleTimeout;
    m_received = 0;
    m_taken = 0;
    m_isComplete = framing.kind == Framing::Kind::None;
    exchange.request().setBody(m_isComplete ? nullptr : this);
}

void RequestBody::release()
{
    m_input.consume(std::exchange(m_taken, 0));
}

bool RequestBody::skipBuffered()
{
    release();
    while (!m_isComplete && !m_input.isEmpty()) {
        const Result<Chunk> chunk = takeBuffered();
        if (!chunk)
            return false;
        release();
    }
    return m_isComplete;
}

qint64 RequestBody::remaining() const
{
    return m_framing.kind == Framing::Kind::Length ? m_framing.length - m_received : -1;
}

Result<void> RequestBody::checkLimit() const
{
    const qint64 limit = m_exchange->bodyLimit();
    const qint64 size = m_framing.kind == Framing::Kind::Length ? m_framing.length : m_received;
    if (limit == 0 || size <= limit)
        return {};
    return fail(
        ErrorCode::PayloadTooLarge,
        QString("the request body is over its limit of %1 bytes (limits.body_bytes or body_limit)")
            .arg(limit));
}

void RequestBody::sendContinue()
{
    m_framing.expectsContinue = false;
    if (!m_input.isEmpty() || m_received > 0)
        return; // the client did not wait after all
    char line[] = "HTTP/1.1 100 Continue\r\n\r\n";
    const iovec part{line, sizeof line - 1};
    (void)m_stream.send({&part, 1}); // if it is lost, the client goes on by its own timeout
}

Result<Chunk> RequestBody::takeBuffered()
{
    Chunk chunk;
    if (m_framing.kind == Framing::Kind::Length) {
        const auto wanted = static_cast<std::size_t>(m_framing.length - m_received);
        chunk.bytes = m_input.data().substr(0, wanted);
        m_taken = chunk.bytes.size();
        chunk.isLast = m_taken == wanted;
    } else {
        const Result<ChunkDecoder::Step> step =
            m_decoder.decode(m_input.data(), m_exchange->arena());
        if (!step)
            return std::unexpected(step.error());
        chunk = {step->data, step->isLast};
        m_taken = step->consumed;
    }
    m_received += qint64(chunk.bytes.size());
    m_exchange->addBytesReceived(qint64(chunk.bytes.size()));
    m_isComplete = chunk.isLast;
    const Result<void> isWithin = checkLimit();
    if (!isWithin)
        return std::unexpected(isWithin.error());
    return chunk;
}

Task<Result<Chunk>> RequestBody::read()
{
    if (const Result<void> isWithin = checkLimit(); !isWithin)
        co_return std::unexpected(isWithin.error());
    if (m_framing.expectsContinue)
        sendContinue();
    release();
    while (true) {
        if (!m_input.isEmpty()) {
            const Result<Chunk> chunk = takeBuffered();
            if (!chunk || !chunk->bytes.empty() || chunk->isLast)
                co_return chunk;
            release();
            continue;
        }
        const SteadyTime deadline = net::EventDispatcher::current().loopTime() + m_idleTimeout;
        const net::Wait wait = co_await m_stream.readable(deadline);
        if (wait == net::Wait::TimedOut)
            co_return fail(ErrorCode::RequestTimeout,
                           "no byte of the body within timeouts.body_idle");
        const net::InputBuffer::Space space = m_input.space();
        const net::Moved moved = m_stream.receive(space.data, space.size);
        const Result<std::size_t> count = received(moved);
        if (!count)
            co_return std::unexpected(count.error());
        m_input.added(*count);
        if (*count == 0)
            m_input.park();
    }
}

bool RequestBody::canSplice() const
{
    return m_framing.kind == Framing::Kind::Length && m_taken == m_input.data().size()
        && !m_isComplete && !m_framing.expectsContinue;
}

Task<Result<std::size_t>> RequestBody::spliceTo(int pipe, std::size_t size)
{
    if (const Result<void> isWithin = checkLimit(); !isWithin)
        co_return std::unexpected(isWithin.error());
    release();
    const std::size_t wanted =
        std::min(size, static_cast<std::size_t>(m_framing.length - m_received));
    while (true) {
        const SteadyTime deadline = net::EventDispatcher::current().loopTime() + m_idleTimeout;
        const net::Wait wait = co_await m_stream.readable(deadline);
        if (wait == net::Wait::TimedOut)
            co_return fail(ErrorCode::RequestTimeout,
                           "no byte of the body within timeouts.body_idle");
        const Result<std::size_t> count = received(m_stream.spliceTo(pipe, wanted));
        if (!count)
            co_return count;
        m_received += qint64(*count);
        m_exchange->addBytesReceived(qint64(*count));
        m_isComplete = m_received == m_framing.length;
        if (*count > 0)
            co_return count;
    }
}

} // namespace gatehouse::frontend
