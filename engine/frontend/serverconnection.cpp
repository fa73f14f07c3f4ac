// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/frontend/serverconnection.h"

#include "engine/core/log.h"
#include "engine/frontend/clientaddress.h"
#include "engine/frontend/httpserver.h"
#include "engine/frontend/responsehead.h"
#include "engine/http/errorresponse.h"
#include "engine/http/requestparser.h"
#include "engine/relay/bodyrelay.h"

#include <algorithm>

namespace gatehouse::frontend {

Q_LOGGING_CATEGORY(lcConnection, "gatehouse.frontend.connection", QtInfoMsg)

namespace {

constexpr std::chrono::milliseconds lingerTime{2000};
constexpr quint32 maxLingered = 4 << 20;

} // namespace

ServerConnection::ServerConnection(HttpServer &server, const net::Address &peer) : m_server(server)
{
    const std::string text = peer.host();
    text.copy(m_peerText.data(), m_peerText.size() - 1);
    m_peerPort = peer.port();
    m_isTrusted = server.settings()->isTrusted(peer);
}

ServerConnection::~ServerConnection() = default;

bool ServerConnection::open(int fd)
{
    const Result<void> opened = m_stream.open(fd, *this);
    if (!opened) {
        LogLine(lcConnection(), QtWarningMsg, "connection dropped").error(opened.error());
        return false;
    }
    arm(m_server.settings()->listener.timeouts.header);
    return true;
}

void ServerConnection::arm(std::chrono::milliseconds delay)
{
    net::EventDispatcher &dispatcher = net::EventDispatcher::current();
    Timer::arm(dispatcher.wheel(), dispatcher.loopTime() + delay);
}

void ServerConnection::onReadable()
{
    if (m_state == State::Reading)
        readRequests();
    else if (m_state == State::Lingering)
        discardInput();
    // While answering, bytes wait in the socket: that is back-pressure on pipelining clients.
}

void ServerConnection::onHangup()
{
    endExchange(ErrorCode::ClientClosed, "the client left");
    close();
}

void ServerConnection::endExchange(ErrorCode code, std::string_view why)
{
    if (m_state != State::Answering || !m_current)
        return;
    m_current->exchange().setErrorCode(code);
    m_current->exchange().trace().mark("adapter.cancel", Verdict::Failed, why);
    m_current->cancel();
    finishExchange();
}

void ServerConnection::onTimeout()
{
    const config::ListenerConfig::Timeouts &timeouts = m_server.settings()->listener.timeouts;
    if (m_state == State::Answering)
        return; // the exchange has deadlines of its own
    if (m_state == State::Lingering || !m_scanner.hasBegun()) {
        close();
        return;
    }
    m_server.stats().timedOut.fetch_add(1, std::memory_order_relaxed);
    LogLine(lcConnection(), QtWarningMsg, "slow client cut")
        .field("peer", m_peerText.data())
        .field("timeout", m_server.settingKey("timeouts.header"))
        .field("limit_ms", timeouts.header.count());
    refuse(Error(ErrorCode::RequestTimeout, "the head did not arrive within timeouts.header"));
}

/// Receives once. False if this connection is gone.
bool ServerConnection::receive()
{
    const net::InputBuffer::Space space = m_input.space();
    const net::Moved moved = m_stream.receive(space.data, space.size);
    if (moved.status == net::Moved::Status::Ok || moved.status == net::Moved::Status::Again) {
        m_input.added(moved.bytes);
        return true;
    }
    close();
    return false;
}

void ServerConnection::readRequests()
{
    while (true) {
        if (!m_input.isEmpty()) {
            const bool hadBegun = m_scanner.hasBegun();
            const auto status = m_scanner.scan(m_input.data(), m_server.settings()->headLimits);
            if (!status) {
                refuse(status.error());
                return;
            }
            if (*status == HeadScanner::Status::Complete) {
                startExchange();
                return;
            }
            if (!hadBegun && m_hasServed)
                arm(m_server.settings()->listener.timeouts.header);
        }
        if (!m_stream.isReadable()) {
            m_input.park();
            return;
        }
        if (!receive())
            return;
    }
}

void ServerConnection::begin(ServerExchange &current)
{
    const std::shared_ptr<const ServerSettings> &settings = m_server.settings();
    m_settings = settings;
    m_state = State::Answering;
    current.bind(*this, m_stream, m_input);
    current.keepsAlive = false;
    Exchange &exchange = current.exchange();
    exchange.setStartTime(net::EventDispatcher::current().loopTime());
    exchange.trace().start(exchange.startTime());
    exchange.trace().mark("adapter.receive", exchange.startTime(), Verdict::Passed,
                          settings->listener.name);
    exchange.setPeer({m_peerText.data(), m_peerPort, m_isTrusted, "http", settings->listener.name});
    exchange.setClientAddress(m_peerText.data());
    exchange.setBodyLimit(settings->listener.limits.bodyBytes);
    exchange.setDevelopment(settings->isDevelopment);
    exchange.setInterimSink(&ServerConnection::sendInterim, this);
    m_server.stats().active.fetch_add(1, std::memory_order_relaxed);
}

void ServerConnection::startExchange()
{
    m_current = ServerExchange::take();
    ServerExchange &current = *m_current;
    begin(current);
    m_hasServed = true;
    Exchange &exchange = current.exchange();

    const std::string_view received =
        m_input.data().substr(m_scanner.begin(), m_scanner.end() - m_scanner.begin());
    const std::string_view head = exchange.arena().copy(received);
    exchange.heads().received = head;
    m_input.consume(m_scanner.end());
    m_scanner.reset();
    const Result<Framing> framing =
        parseRequestHead(head, m_settings->headLimits, exchange.request());
    if (!framing) {
        runRefused(current, framing.error());
        return;
    }
    current.framing = *framing;
    current.body().begin(*framing, exchange, m_settings->listener.timeouts.bodyIdle);
    if (m_isTrusted)
        exchange.setClientAddress(
            forwardedClient(exchange.request().headers(), *m_settings, m_peerText.data()));
    exchange.trace().mark("adapter.convert");
    current.run(answer(current), m_settings->handler);
}

/// RFC 9110, section 15.2: a proxy passes interim answers on, to clients that can have them.
void ServerConnection::sendInterim(void *context, const Response &interim)
{
    auto *const self = static_cast<ServerConnection *>(context);
    Exchange &exchange = self->m_current->exchange();
    if (exchange.request().minorVersion() == 0 || self->m_mustClose)
        return;
    const std::string_view head = writeInterimHead(exchange, interim);
    const iovec part{const_cast<char *>(head.data()), head.size()};
    const net::Moved moved = self->m_stream.send({&part, 1});
    // Interim answers are small and optional: where there is no room, none is sent; half of one
    // would spoil the stream, so that the connection ends.
    if (moved.bytes != 0 && moved.bytes != head.size()) {
        self->m_mustClose = true;
        self->m_stream.shutdownWrite();
    }
}

/// Answers what never became a request, and closes: where the next one begins is not known.
void ServerConnection::refuse(const Error &error)
{
    m_current = ServerExchange::take();
    begin(*m_current);
    runRefused(*m_current, error);
}

/// Runs the pipeline for a request that could not be read; it ends where routing would begin.
void ServerConnection::runRefused(ServerExchange &current, const Error &error)
{
    m_server.stats().malformed.fetch_add(1, std::memory_order_relaxed);
    LogLine(lcConnection(), QtInfoMsg, "request refused")
        .field("peer", m_peerText.data())
        .error(error);
    m_mustClose = true;
    Exchange &exchange = current.exchange();
    exchange.setRefusal(error);
    exchange.request().setBody(nullptr);
    if (exchange.request().originalTarget().empty()) { // not even its first line made sense
        exchange.request().setMethod("-");
        exchange.request().setOriginalTarget("-");
    }
    exchange.trace().mark("adapter.convert", Verdict::Failed);
    current.run(answer(current), m_settings->handler);
}

Task<void> ServerConnection::answer(ServerExchange &current)
{
    Exchange &exchange = current.exchange();
    std::optional<Response> response;
    try {
        response.emplace(co_await current.handler().handle(exchange));
    } catch (const std::exception &exception) {
        // The recovery middleware reports it better; this keeps the process alive without it.
        const Error error(ErrorCode::Internal, "an exception escaped from the pipeline");
        response.emplace(
            errorResponse(exchange, error.causedBy(QString::fromUtf8(exception.what()))));
    }
    co_await send(current, std::move(*response));
    current.reportEnd();
}

bool ServerConnection::mayKeepAlive(const ServerExchange &current, const Response &response) const
{
    if (m_mustClose || m_isDraining || !current.framing.keepsAlive || response.closesConnection())
        return false;
    // An unread body would have to be thrown away first: closing is cheaper, and safe.
    // While an upstream answers, the rest may still be on its way to it.
    const Exchange &exchange = m_current->exchange();
    const bool isUploading = exchange.upstream().attempts > 0 && !exchange.errorCode();
    return m_current->body().isComplete() || m_current->body().skipBuffered() || isUploading;
}

Task<void> ServerConnection::send(ServerExchange &current, Response response)
{
    Exchange &exchange = current.exchange();
    const Framing::Kind coding = bodyCodingFor(exchange.request(), response);
    current.keepsAlive = mayKeepAlive(current, response) && coding != Framing::Kind::UntilClose;
    exchange.setStatus(response.status());
    const std::string_view head = writeResponseHead(exchange, response, coding, current.keepsAlive);
    exchange.heads().answered = head;
    if (exchange.watch() != Exchange::Watch::None)
        exchange.setContentType(response.headers().value(FieldName::ContentType));
    exchange.answering(response);
    BodyStream *const body = coding == Framing::Kind::None ? nullptr : response.body();

    relay::BodyRelay relay(m_stream, coding, m_settings->listener.timeouts.writeIdle,
                           "listeners[].timeouts.write_idle");
    const Result<void> sent = co_await relay.send(head, body);
    exchange.addBytesSent(relay.bytesSent());
    if (sent) {
        exchange.trace().mark("adapter.send");
        co_return;
    }
    exchange.trace().mark("adapter.send", Verdict::Failed);
    exchange.setErrorCode(sent.error().code());
    current.keepsAlive = false;
    m_mustClose = true;
    if (relay.hasSourceFailed() && !relay.hasBegun()) {
        const Response instead = errorResponse(exchange, sent.error());
        exchange.setStatus(instead.status());
        const std::string_view otherHead =
            writeResponseHead(exchange, instead, Framing::Kind::Length, false);
        exchange.heads().answered = otherHead;
        relay::BodyRelay other(m_stream, Framing::Kind::Length,
                               m_settings->listener.timeouts.writeIdle,
                               "listeners[].timeouts.write_idle");
        (void)co_await other.send(otherHead,
                                  instead.body()); // if this fails as well, closing says it
        co_return;
    }
    // A client that leaves is its own affair; an upstream that breaks off is ours to report.
    const bool hasLeft = sent.error().code() == ErrorCode::ClientClosed;
    LogLine(lcConnection(), hasLeft ? QtDebugMsg : QtWarningMsg, "answer cut short")
        .field("request_id", exchange.requestId())
        .field("peer", m_peerText.data())
        .error(sent.error());
    // With a length or chunks the client sees that something is missing. Where the end of the
    // connection is the end of the body, only a reset says so; and what a client that takes nothing
    // has not taken would stay in the kernel.
    if (coding == Framing::Kind::UntilClose || !relay.hasSourceFailed())
        m_stream.resetOnClose();
    m_isCut = true;
}

void ServerConnection::finishExchange()
{
    m_server.stats().active.fetch_sub(1, std::memory_order_relaxed);
    m_current->exchange().finish(m_current->exchange().trace().last());
    ServerExchange::recycle(std::move(m_current));
    m_settings.reset();
}

void ServerConnection::exchangeEnded()
{
    RequestBody &body = m_current->body();
    const bool isClean = body.skipBuffered();
    const bool keepsAlive = m_current->keepsAlive && isClean && !m_isDraining;
    m_current->cancel(); // the task is done: its frame goes before what it refers to
    finishExchange();
    if (keepsAlive) {
        waitForRequest();
        return;
    }
    if (m_isCut || (isClean && m_input.isEmpty() && !m_stream.isReadable()))
        close();
    else
        linger();
}

void ServerConnection::waitForRequest()
{
    m_state = State::Reading;
    if (!m_input.isEmpty() || m_stream.isReadable()) {
        arm(m_server.settings()->listener.timeouts.idle);
        readRequests();
        return;
    }
    m_input.park();
    arm(m_server.settings()->listener.timeouts.idle);
}

/// RFC 9112, section 9.6: an answer that crosses unread bytes would be lost in the reset that
/// closing causes. So: say that we are done, and throw away what still comes, for a while.
void ServerConnection::linger()
{
    m_state = State::Lingering;
    m_stream.shutdownWrite();
    arm(lingerTime);
    discardInput();
}

void ServerConnection::discardInput()
{
    m_input.clear();
    while (m_stream.isReadable() && m_lingered < maxLingered) {
        const net::InputBuffer::Space space = m_input.space();
        const net::Moved moved = m_stream.receive(space.data, space.size);
        if (moved.status == net::Moved::Status::End || moved.status == net::Moved::Status::Error) {
            close();
            return;
        }
        m_lingered += static_cast<quint32>(moved.bytes);
    }
    m_input.clear();
    if (m_lingered >= maxLingered)
        close();
}

void ServerConnection::drain()
{
    m_isDraining = true;
    if (m_state == State::Reading && !m_scanner.hasBegun())
        close();
}

void ServerConnection::abort()
{
    endExchange(ErrorCode::Unavailable, "the gateway stops");
    close();
}

void ServerConnection::close()
{
    m_server.remove(*this); // destroys this: touch nothing after it
}

} // namespace gatehouse::frontend
