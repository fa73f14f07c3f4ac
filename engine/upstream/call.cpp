// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/call.h"

#include "engine/http/connectionoptions.h"
#include "engine/http/headscanner.h"
#include "engine/http/responseparser.h"
#include "engine/relay/bodyrelay.h"
#include "engine/upstream/requesthead.h"

#include <algorithm>

namespace gatehouse::upstream {

namespace {

constexpr HeadLimits answerLimits{60 << 10, 200, 60 << 10};
constexpr int maxInterim = 32;

} // namespace

Call::Call(Exchange &exchange, Service &service, std::unique_ptr<Connection> connection)
    : m_exchange(exchange)
    , m_service(service)
    , m_connection(std::move(connection))
{
    InstanceStats &stats = m_connection->instance().stats;
    stats.requests.fetch_add(1, std::memory_order_relaxed);
    stats.active.fetch_add(1, std::memory_order_relaxed);
    if (m_connection->isReused())
        stats.reused.fetch_add(1, std::memory_order_relaxed);
}

Call::~Call()
{
    m_connection->instance().stats.active.fetch_sub(1, std::memory_order_relaxed);
    const bool isUploaded = !isUploading() && !m_uploadError;
    m_upload = {};
    m_connection->input().consume(std::exchange(m_taken, 0));
    // Bytes after the answer were not asked for: such a connection cannot be trusted.
    const bool isClean = m_isComplete && isUploaded && !m_hasFailed && m_framing.keepsAlive
        && m_connection->input().isEmpty() && !m_connection->stream().hasPeerClosed();
    if (isClean)
        m_service.pool().put(std::move(m_connection));
}

SteadyTime Call::idleDeadline() const
{
    return net::EventDispatcher::current().loopTime() + m_service.config().timeouts.idle;
}

std::unexpected<Error> Call::failure(Error error)
{
    noteFailure(error);
    return std::unexpected(
        error.with("instance", QString::fromStdString(m_connection->instance().url())));
}

void Call::noteFailure(const Error &error)
{
    m_hasFailed = true;
    const bool isOurs = error.code() == ErrorCode::PayloadTooLarge
        || error.code() == ErrorCode::BadRequest || error.code() == ErrorCode::RequestTimeout
        || error.code() == ErrorCode::ClientClosed;
    if (!isOurs)
        m_connection->instance().stats.failures.fetch_add(1, std::memory_order_relaxed);
}

std::unexpected<Error> Call::closedEarly(int systemError) const
{
    const char *what = m_hasAnswered ? "the upstream closed before the end of its answer"
                                     : "the upstream closed without an answer";
    if (systemError != 0)
        return fail(ErrorCode::UpstreamReset, QString::fromLatin1(what), systemError);
    return fail(ErrorCode::UpstreamReset, QString::fromLatin1(what));
}

Task<Result<Response>> Call::start(std::string_view head, SteadyTime deadline)
{
    const Request &request = m_exchange.request();
    const bool isRepeatable =
        m_connection->isReused() && !request.body() && isIdempotent(request.method());
    m_upload = upload(head);
    m_upload.start();
    Result<Response> response = co_await receiveResponse(deadline);
    if (response)
        co_return response;
    m_mayRepeat =
        isRepeatable && !m_hasAnswered && response.error().code() == ErrorCode::UpstreamReset;
    co_return failure(response.error());
}

/// Runs beside the answer. An error of the request's body ends the call; one of the instance's
/// connection shows itself, or an early answer, where we receive.
Task<void> Call::upload(std::string_view head)
{
    relay::BodyRelay relay(m_connection->stream(), bodyCodingOf(m_exchange.request()),
                           m_service.config().timeouts.idle, "services.timeouts.idle");
    const Result<void> sent = co_await relay.send(head, m_exchange.request().body());
    if (sent)
        co_return;
    if (relay.hasSourceFailed()) {
        m_uploadError = sent.error();
    } else if (sent.error().code() == ErrorCode::RequestTimeout) {
        m_uploadError = Error(ErrorCode::Timeout, "the upstream took no byte within timeouts.idle");
    } else {
        m_hasFailed = true; // not clean any more, but an answer may have come before
        co_return;
    }
    // Wakes whoever waits for the answer, and tells the instance that this is no whole request.
    ::shutdown(m_connection->stream().fd(), SHUT_RDWR);
}

/// One receive into the connection's input.
Task<Result<void>> Call::receive(SteadyTime deadline, ErrorCode lateCode, const char *lateKey)
{
    net::Stream &stream = m_connection->stream();
    while (true) {
        const net::Wait wait = co_await stream.readable(deadline);
        if (m_uploadError)
            co_return std::unexpected(*m_uploadError);
        if (wait == net::Wait::TimedOut) {
            if (isUploading() && deadline < m_exchange.deadline()) {
                deadline = idleDeadline(); // the upload has deadlines of its own
                continue;
            }
            co_return fail(
                lateCode,
                QString("the upstream sent nothing within %1").arg(QLatin1StringView(lateKey)));
        }
        const net::InputBuffer::Space space = m_connection->input().space();
        const net::Moved moved = stream.receive(space.data, space.size);
        m_connection->input().added(moved.bytes);
        if (moved.status == net::Moved::Status::Ok) {
            m_hasAnswered = true;
            co_return Result<void>();
        }
        if (moved.status != net::Moved::Status::Again)
            co_return closedEarly(moved.systemError);
        m_connection->input().park();
    }
}

Task<Result<std::string_view>> Call::receiveHead(SteadyTime deadline)
{
    net::InputBuffer &input = m_connection->input();
    HeadScanner scanner;
    while (true) {
        if (!input.isEmpty()) {
            const auto status = scanner.scan(input.data(), answerLimits);
            if (!status)
                co_return fail(ErrorCode::UpstreamProtocol,
                               "the answer's head: " + status.error().message());
            if (*status == HeadScanner::Status::Complete)
                break;
        }
        const bool isOverall = deadline == m_exchange.deadline();
        const Result<void> received =
            co_await receive(deadline, ErrorCode::Timeout,
                             isOverall ? "the request's timeout" : "timeouts.response_header");
        if (!received)
            co_return std::unexpected(received.error());
    }
    const std::string_view received =
        input.data().substr(scanner.begin(), scanner.end() - scanner.begin());
    const std::string_view head = m_exchange.arena().copy(received);
    input.consume(scanner.end());
    co_return head;
}

Task<Result<Response>> Call::receiveResponse(SteadyTime deadline)
{
    for (int interim = 0; interim <= maxInterim; ++interim) {
        const Result<std::string_view> head = co_await receiveHead(deadline);
        if (!head)
            co_return std::unexpected(head.error());
        Response response(m_exchange.arena(), 0);
        const Result<Framing> framing =
            parseResponseHead(*head, m_exchange.request().method(), response);
        if (!framing)
            co_return std::unexpected(framing.error());
        if (response.status() == 101)
            co_return fail(ErrorCode::UpstreamProtocol,
                           "101 without an upgrade having been asked for");
        removeNamedByConnection(response.headers());
        if (response.status() < 200) {
            if (response.status() != 100) // the gateway itself has answered Expect
                m_exchange.sendInterim(response);
            continue;
        }
        m_exchange.heads().got = *head;
        m_framing = *framing;
        m_isComplete = m_framing.kind == Framing::Kind::None;
        co_return response;
    }
    co_return fail(ErrorCode::UpstreamProtocol, "too many interim answers");
}

qint64 Call::remaining() const
{
    return m_framing.kind == Framing::Kind::Length ? m_framing.length - m_received : -1;
}

bool Call::isReady() const
{
    return m_isComplete || m_connection->input().data().size() > m_taken;
}

Result<Chunk> Call::takeBuffered()
{
    const std::string_view input = m_connection->input().data();
    Chunk chunk;
    if (m_framing.kind == Framing::Kind::Chunked) {
        const Result<ChunkDecoder::Step> step = m_decoder.decode(input, m_exchange.arena());
        if (!step)
            return failure(step.error());
        chunk = {step->data, step->isLast};
        m_taken = step->consumed;
    } else {
        chunk.bytes = input;
        if (m_framing.kind == Framing::Kind::Length) {
            chunk.bytes = input.substr(0, static_cast<std::size_t>(remaining()));
            chunk.isLast = qint64(chunk.bytes.size()) == remaining();
        }
        m_taken = chunk.bytes.size();
    }
    m_received += qint64(chunk.bytes.size());
    m_isComplete = chunk.isLast;
    return chunk;
}

Task<Result<Chunk>> Call::read()
{
    net::InputBuffer &input = m_connection->input();
    input.consume(std::exchange(m_taken, 0));
    while (true) {
        if (!input.isEmpty()) {
            const Result<Chunk> chunk = takeBuffered();
            if (!chunk || !chunk->bytes.empty() || chunk->isLast)
                co_return chunk;
            input.consume(std::exchange(m_taken, 0));
            continue;
        }
        const Result<void> received =
            co_await receive(idleDeadline(), ErrorCode::Timeout, "timeouts.idle");
        if (received)
            continue;
        const bool isEnd = m_framing.kind == Framing::Kind::UntilClose
            && received.error().code() == ErrorCode::UpstreamReset
            && received.error().cause().isEmpty();
        if (!isEnd)
            co_return failure(received.error());
        m_isComplete = true;
        co_return Chunk{{}, true};
    }
}

bool Call::canSplice() const
{
    return m_framing.kind == Framing::Kind::Length && m_connection->input().data().size() == m_taken
        && !m_isComplete;
}

Task<Result<std::size_t>> Call::spliceTo(int pipe, std::size_t size)
{
    net::Stream &stream = m_connection->stream();
    m_connection->input().consume(std::exchange(m_taken, 0));
    const std::size_t wanted = std::min(size, static_cast<std::size_t>(remaining()));
    while (true) {
        const net::Wait wait = co_await stream.readable(idleDeadline());
        if (wait == net::Wait::TimedOut)
            co_return failure(
                Error(ErrorCode::Timeout, "the upstream sent nothing within timeouts.idle"));
        const net::Moved moved = stream.spliceTo(pipe, wanted);
        if (moved.status == net::Moved::Status::Again)
            continue;
        if (moved.status != net::Moved::Status::Ok)
            co_return failure(closedEarly(moved.systemError).error());
        m_received += qint64(moved.bytes);
        m_isComplete = remaining() == 0;
        co_return moved.bytes;
    }
}

} // namespace gatehouse::upstream
