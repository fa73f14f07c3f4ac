// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/bodystream.h"
#include "engine/http/framing.h"
#include "engine/net/stream.h"

#include <array>

namespace gatehouse::relay {

/// Sends a message head and its body into a connection: pulls a chunk, frames it, sends it, and
/// pulls the next when it is gone, so what is held is bounded by one chunk. Head and first chunk go
/// out in one call where the chunk is there already. Bodies whose length is known move inside the
/// kernel (splice) where both ends are sockets.
class BodyRelay
{
public:
    /// \a coding is Length, Chunked, or UntilClose (bytes as they are). \a writeIdle is how long
    /// the peer may take no byte; \a timeoutKey is the setting to name when it is over.
    BodyRelay(net::Stream &to, Framing::Kind coding, std::chrono::milliseconds writeIdle,
              const char *timeoutKey)
        : m_to(to)
        , m_coding(coding)
        , m_writeIdle(writeIdle)
        , m_timeoutKey(timeoutKey)
    {
    }

    /// \a body may be nullptr. Both must outlive the task.
    Task<Result<void>> send(std::string_view head, BodyStream *body);

    /// Bytes of the body that went out.
    [[nodiscard]] qint64 bytesSent() const { return m_bytesSent; }
    /// Some of the head went out: another answer can no longer take its place.
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }
    /// The error was the body's, not that of the connection we send to.
    [[nodiscard]] bool hasSourceFailed() const { return m_hasSourceFailed; }

private:
    static constexpr std::size_t maxParts = 6;

    void add(std::string_view text);
    void addChunk(const Chunk &chunk, const BodyStream &body);
    Task<Result<void>> flush();
    net::Moved sendParts();
    bool trySend(Result<void> &outcome);
    Task<Result<void>> spliceRest(BodyStream &body);
    Task<Result<void>> drain(int pipe, std::size_t &held);
    [[nodiscard]] SteadyTime writeDeadline() const;
    [[nodiscard]] std::unexpected<Error> tooSlow() const;

    net::Stream &m_to;
    Framing::Kind m_coding;
    std::chrono::milliseconds m_writeIdle;
    const char *m_timeoutKey;
    qint64 m_bytesSent = 0;
    bool m_hasBegun = false;
    bool m_hasSourceFailed = false;
    std::array<iovec, maxParts> m_parts{};
    std::size_t m_partCount = 0;
    std::size_t m_firstPart = 0;
    std::array<char, 24> m_sizeLine{};
};

} // namespace gatehouse::relay
