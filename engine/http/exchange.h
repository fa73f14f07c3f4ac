// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/changelog.h"
#include "engine/http/identity.h"
#include "engine/http/message.h"
#include "engine/http/trace.h"

#include <optional>
#include <span>

namespace gatehouse {

/// One parameter of a path pattern with its percent-decoded value.
struct PathParam
{
    std::string_view name;
    std::string_view value;
};

/// How an error answer is written: application/problem+json (RFC 9457), or as GraphQL clients read
/// it (GraphQL specification, section 7.1.2).
enum class ErrorFormat : unsigned char { Problem, GraphQl };

/// Everything one request and its answer know. Owned by the connection, outlives every Task of the
/// chain, and never leaves its worker thread. What its views refer to lives in arena().
class Exchange
{
public:
    /// Where the request came from. Texts outlive the exchange.
    struct Peer
    {
        std::string_view address; ///< the socket's peer, without port; "unix" for a unix socket
        quint16 port = 0;
        bool isTrusted = false; ///< in trusted_proxies: its X-Forwarded-* are believed
        std::string_view scheme = "http";
        std::string_view listener;
        std::string_view certificateSubject = {}; ///< of a verified client certificate; else empty
        std::string_view certificateNames = {};   ///< its alternative names, comma-separated
    };
    /// What the upstream part has done; for the access log and metrics.
    struct Upstream
    {
        std::string_view service;
        std::string_view instance;
        int attempts = 0;
        bool isReused = false; ///< the last attempt went over a pooled connection
    };
    /// The heads of the four messages, byte for byte; empty if there was none. Of several attempts
    /// the last one counts.
    struct Heads
    {
        std::string_view received; ///< from the client
        std::string_view sent;     ///< to the instance
        std::string_view got;      ///< from the instance
        std::string_view answered; ///< to the client
    };
    /// How closely somebody watches this exchange.
    enum class Watch : unsigned char {
        None,    ///< stages are noted all the same: they are the metrics
        Summary, ///< what a list shows of it
        Heads,   ///< the four heads, and who changed what in them
        Bodies,  ///< and the bodies, up to a bound
    };
    /// What the CORS policies around a request must agree on.
    struct Cors
    {
        std::string_view origin; ///< as the client sent it, whatever header rules make of it
        /// The route's own policy has written the fields of the answer: one further out leaves
        /// them.
        bool isOfRoute = false;
    };
    /// A callback for the end of the exchange, in the arena or static.
    struct FinishHook
    {
        void (*call)(const void *context, Exchange &exchange);
        const void *context;
        FinishHook *next;
    };

    Exchange() : m_request(m_arena) {}
    ~Exchange() = default;
    Q_DISABLE_COPY_MOVE(Exchange)

    Arena &arena() { return m_arena; }
    Request &request() { return m_request; }
    [[nodiscard]] const Request &request() const { return m_request; }
    Trace &trace() { return m_trace; }
    [[nodiscard]] const Trace &trace() const { return m_trace; }

    [[nodiscard]] const Peer &peer() const { return m_peer; }
    void setPeer(const Peer &peer) { m_peer = peer; }
    /// The client's address: the peer, or what a trusted peer says it forwards for.
    [[nodiscard]] std::string_view clientAddress() const { return m_clientAddress; }
    void setClientAddress(std::string_view address) { m_clientAddress = address; }
    [[nodiscard]] std::string_view requestId() const { return m_requestId; }
    void setRequestId(std::string_view id) { m_requestId = id; }

    [[nodiscard]] std::string_view routeId() const { return m_routeId; }
    /// The route's row in the metrics, -1 before routing.
    [[nodiscard]] int routeIndex() const { return m_routeIndex; }
    void setRoute(std::string_view id, int index)
    {
        m_routeId = id;
        m_routeIndex = index;
    }
    [[nodiscard]] std::span<const PathParam> pathParams() const { return m_pathParams; }
    void setPathParams(std::span<const PathParam> params) { m_pathParams = params; }
    [[nodiscard]] std::string_view pathParam(std::string_view name) const;

    /// Who sends the request, once an authentication has found out; nullptr before.
    [[nodiscard]] const Identity *identity() const { return m_identity; }
    /// \a identity is in the arena.
    void setIdentity(const Identity *identity) { m_identity = identity; }
    /// What an authentication that let the request pass as nobody's would have asked for: one
    /// further in that refuses it says so with its 401 (RFC 9110, section 15.5.2).
    [[nodiscard]] std::span<const std::string> challenges() const { return m_challenges; }
    /// \a challenges belong to a middleware.
    void setChallenges(std::span<const std::string> challenges) { m_challenges = challenges; }
    Cors &cors() { return m_cors; }
    [[nodiscard]] ErrorFormat errorFormat() const { return m_errorFormat; }
    void setErrorFormat(ErrorFormat format) { m_errorFormat = format; }

    [[nodiscard]] SteadyTime startTime() const { return m_startTime; }
    void setStartTime(SteadyTime time) { m_startTime = time; }
    /// When the answer's head must be there; SteadyTime::max() for no deadline.
    [[nodiscard]] SteadyTime deadline() const { return m_deadline; }
    void setDeadline(SteadyTime deadline) { m_deadline = deadline; }
    /// Largest request body in bytes; 0 for no limit.
    [[nodiscard]] qint64 bodyLimit() const { return m_bodyLimit; }
    void setBodyLimit(qint64 bytes) { m_bodyLimit = bytes; }
    /// Details of errors may be shown to the client.
    [[nodiscard]] bool isDevelopment() const { return m_isDevelopment; }
    void setDevelopment(bool isDevelopment) { m_isDevelopment = isDevelopment; }

    /// Why the request could not be read. Such an exchange passes the global pipeline like every
    /// other, so that it is logged and counted, and is answered where routing would begin.
    [[nodiscard]] const std::optional<Error> &refusal() const { return m_refusal; }
    void setRefusal(const Error &error) { m_refusal = error; }

    [[nodiscard]] Watch watch() const { return m_watch; }
    /// Begins to watch; changes() is there from Heads on.
    void setWatch(Watch watch);
    /// Who changed what; nullptr if nobody wants to know.
    [[nodiscard]] ChangeLog *changes() const { return m_changes; }
    Heads &heads() { return m_heads; }
    [[nodiscard]] const Heads &heads() const { return m_heads; }
    /// Calls \a sink(context, exchange, response) when the head of the final answer goes out, for
    /// who watches. \a context outlives the exchange.
    void onAnswering(void (*sink)(const void *context, Exchange &exchange,
                                  const Response &response),
                     const void *context)
    {
        m_answerSink = sink;
        m_answerContext = context;
    }
    /// The head of \a response goes out. For the connection only.
    void answering(const Response &response)
    {
        if (m_answerSink)
            m_answerSink(m_answerContext, *this, response);
    }
    /// Of the answer, as it goes out.
    [[nodiscard]] std::string_view contentType() const { return m_contentType; }
    void setContentType(std::string_view type) { m_contentType = type; }
    /// What the answer of an error said, for who watches; in the arena.
    [[nodiscard]] std::string_view errorText() const { return m_errorText; }
    void setErrorText(std::string_view text) { m_errorText = text; }

    Upstream &upstream() { return m_upstream; }
    [[nodiscard]] const Upstream &upstream() const { return m_upstream; }

    // The outcome, for onFinished: set as the answer goes out.
    [[nodiscard]] int status() const { return m_status; }
    void setStatus(int status) { m_status = status; }
    [[nodiscard]] qint64 bytesReceived() const { return m_bytesReceived; } ///< request body
    void addBytesReceived(qint64 bytes) { m_bytesReceived += bytes; }
    [[nodiscard]] qint64 bytesSent() const { return m_bytesSent; } ///< response body
    void addBytesSent(qint64 bytes) { m_bytesSent += bytes; }
    /// What went wrong, if anything; the first error stays.
    [[nodiscard]] std::optional<ErrorCode> errorCode() const { return m_errorCode; }
    void setErrorCode(ErrorCode code)
    {
        if (!m_errorCode)
            m_errorCode = code;
    }
    [[nodiscard]] SteadyTime endTime() const { return m_endTime; }

    /// Passes an interim answer (1xx, without body) on to the client at once, where its protocol
    /// has them (RFC 9110, section 15.2). Nothing happens without a sink.
    void sendInterim(const Response &response)
    {
        if (m_interimSink)
            m_interimSink(m_interimContext, response);
    }
    void setInterimSink(void (*sink)(void *context, const Response &response), void *context)
    {
        m_interimSink = sink;
        m_interimContext = context;
    }

    /// Keeps something of \a owner, a middleware, from the request to its answer. \a value lives in
    /// the arena.
    void attach(const void *owner, const void *value)
    {
        m_attachments = m_arena.make<Attachment>(Attachment{owner, value, m_attachments});
    }
    /// What \a owner has attached last; nullptr if nothing.
    [[nodiscard]] const void *attached(const void *owner) const
    {
        for (const Attachment *each = m_attachments; each; each = each->next) {
            if (each->owner == owner)
                return each->value;
        }
        return nullptr;
    }

    /// Calls \a call(context, exchange) exactly once when the exchange is over, also when it was
    /// cancelled, last registered first. \a context must outlive the exchange: a middleware's this.
    void onFinished(void (*call)(const void *context, Exchange &exchange), const void *context);
    /// Runs the hooks. For the owner only.
    void finish(SteadyTime now);
    /// Ready for the next request; keeps the arena's first block. For the owner only.
    void reset();

private:
    struct Attachment
    {
        const void *owner;
        const void *value;
        Attachment *next;
    };

    Arena m_arena;
    Request m_request;
    Peer m_peer;
    std::string_view m_clientAddress;
    std::string_view m_requestId;
    std::string_view m_routeId;
    int m_routeIndex = -1;
    int m_status = 0;
    std::span<const PathParam> m_pathParams;
    SteadyTime m_startTime;
    SteadyTime m_endTime;
    SteadyTime m_deadline = SteadyTime::max();
    qint64 m_bodyLimit = 0;
    qint64 m_bytesReceived = 0;
    qint64 m_bytesSent = 0;
    Upstream m_upstream;
    Heads m_heads;
    std::string_view m_contentType;
    std::string_view m_errorText;
    ChangeLog *m_changes = nullptr;
    Watch m_watch = Watch::None;
    void (*m_answerSink)(const void *, Exchange &, const Response &) = nullptr;
    const void *m_answerContext = nullptr;
    Cors m_cors;
    std::optional<ErrorCode> m_errorCode;
    std::optional<Error> m_refusal;
    bool m_isDevelopment = false;
    ErrorFormat m_errorFormat = ErrorFormat::Problem;
    const Identity *m_identity = nullptr;
    std::span<const std::string> m_challenges;
    FinishHook *m_finishHooks = nullptr;
    Attachment *m_attachments = nullptr;
    void (*m_interimSink)(void *, const Response &) = nullptr;
    void *m_interimContext = nullptr;
    Trace m_trace;
};

} // namespace gatehouse
