// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/chunkdecoder.h"
#include "engine/http/exchange.h"
#include "engine/http/framing.h"
#include "engine/net/bufferpool.h"
#include "engine/net/stream.h"

namespace gatehouse::frontend {

/// The body of one request, read from its connection as it is pulled: bounded by the exchange's
/// bodyLimit(), cut off after `idleTimeout` without a byte. Sends 100 Continue when the client
/// waits for it and somebody wants the body (RFC 9110, section 10.1.1).
class RequestBody final : public BodyStream
{
public:
    RequestBody(net::Stream &stream, net::InputBuffer &input) : m_stream(stream), m_input(input) {}

    void begin(const Framing &framing, Exchange &exchange, std::chrono::milliseconds idleTimeout);
    /// Nothing of this request is in the input any more.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /// Lets go of what the last chunk used. For the connection, once the exchange is over.
    void release();
    /// Skips the rest if all of it is in the input already. False if there is more to come.
    bool skipBuffered();

    Task<Result<Chunk>> read() override;
    [[nodiscard]] qint64 remaining() const override;
    [[nodiscard]] bool isReady() const override { return m_isComplete || !m_input.isEmpty(); }
    [[nodiscard]] bool canSplice() const override;
    Task<Result<std::size_t>> spliceTo(int pipe, std::size_t size) override;
    [[nodiscard]] const Headers *trailers() const override { return m_decoder.trailers(); }

private:
    Result<Chunk> takeBuffered();
    Result<void> checkLimit() const;
    void sendContinue();

    net::Stream &m_stream;
    net::InputBuffer &m_input;
    Exchange *m_exchange = nullptr;
    Framing m_framing;
    ChunkDecoder m_decoder{ErrorCode::BadRequest};
    std::chrono::milliseconds m_idleTimeout{};
    qint64 m_received = 0;
    std::size_t m_taken = 0; // bytes of the input that the last chunk refers to
    bool m_isComplete = true;
};

} // namespace gatehouse::frontend
