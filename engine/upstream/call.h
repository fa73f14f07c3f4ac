// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/chunkdecoder.h"
#include "engine/http/exchange.h"
#include "engine/http/framing.h"
#include "engine/upstream/service.h"

namespace gatehouse::upstream {

/// One request to one instance over one connection: sends head and body, and is then the body of
/// the answer. The request's body goes up while the answer comes down, so an instance may answer
/// early. When it goes, a connection that is clean returns to the pool and any other is closed.
///
/// Lives in the exchange's arena (makeBody).
class Call final : public BodyStream
{
public:
    Call(Exchange &exchange, Service &service, std::unique_ptr<Connection> connection);
    ~Call() override;
    Q_DISABLE_COPY_MOVE(Call)

    /// Sends the request and waits for the head of the answer. The error says by its code whose
    /// fault it was; the response has no body yet: that is this object.
    Task<Result<Response>> start(std::string_view head, SteadyTime deadline);

    /// The same request may go over another connection: this one was a pooled one that the instance
    /// had closed meanwhile, and repeating does no harm (RFC 9110, section 9.2.2).
    [[nodiscard]] bool mayRepeat() const { return m_mayRepeat; }
    /// The answer has a body that must be read from here.
    [[nodiscard]] bool hasBody() const { return m_framing.kind != Framing::Kind::None; }

    Task<Result<Chunk>> read() override;
    [[nodiscard]] qint64 remaining() const override;
    [[nodiscard]] bool isReady() const override;
    [[nodiscard]] bool canSplice() const override;
    Task<Result<std::size_t>> spliceTo(int pipe, std::size_t size) override;
    [[nodiscard]] const Headers *trailers() const override { return m_decoder.trailers(); }

private:
    Task<void> upload(std::string_view head);
    Task<Result<std::string_view>> receiveHead(SteadyTime deadline);
    Task<Result<Response>> receiveResponse(SteadyTime deadline);
    Task<Result<void>> receive(SteadyTime deadline, ErrorCode lateCode, const char *lateKey);
    Result<Chunk> takeBuffered();
    [[nodiscard]] SteadyTime idleDeadline() const;
    [[nodiscard]] bool isUploading() const { return m_upload && !m_upload.isDone(); }
    [[nodiscard]] std::unexpected<Error> failure(Error error);
    [[nodiscard]] std::unexpected<Error> closedEarly(int systemError) const;
    void noteFailure(const Error &error);

    Exchange &m_exchange;
    Service &m_service;
    std::unique_ptr<Connection> m_connection;
    Framing m_framing;
    ChunkDecoder m_decoder{ErrorCode::UpstreamProtocol};
    std::optional<Error> m_uploadError;
    qint64 m_received = 0;
    std::size_t m_taken = 0; // bytes of the input that the last chunk refers to
    bool m_isComplete = false;
    bool m_mayRepeat = false;
    bool m_hasAnswered = false; // some byte of an answer has come
    bool m_hasFailed = false;
    Task<void> m_upload; // last: ends before what it uses
};

} // namespace gatehouse::upstream
