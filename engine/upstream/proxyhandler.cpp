// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/upstream/proxyhandler.h"

#include "engine/core/log.h"
#include "engine/http/errorresponse.h"
#include "engine/upstream/call.h"
#include "engine/upstream/requesthead.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::upstream {

Q_LOGGING_CATEGORY(lcProxy, "gatehouse.upstream.proxy", QtInfoMsg)

namespace {

/// RFC 9110, section 7.6.2: OPTIONS and TRACE go a limited number of hops.
/// True if this hop is the last one.
bool countHop(Exchange &exchange)
{
    Request &request = exchange.request();
    const Field *field = request.headers().find(FieldName::MaxForwards);
    if (!field || (request.method() != Method::Options && request.method() != Method::Trace))
        return false;
    quint32 left = 0;
    const char *const end = field->value.data() + field->value.size();
    const auto parsed = std::from_chars(field->value.data(), end, left);
    if (parsed.ec != std::errc() || parsed.ptr != end)
        return false; // malformed: passed on as it is
    if (left == 0)
        return true;
    const std::string text = std::to_string(left - 1);
    request.headers().set(FieldName::MaxForwards, "Max-Forwards", exchange.arena().copy(text));
    return false;
}

Response lastHopAnswer(Exchange &exchange)
{
    Response response(exchange.arena(), 204);
    response.headers().add(FieldName::Allow, "Allow",
                           "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");
    return response;
}

Result<void> checkBody(const Exchange &exchange)
{
    const BodyStream *body = exchange.request().body();
    if (!body || exchange.bodyLimit() == 0 || body->remaining() <= exchange.bodyLimit())
        return {};
    return fail(ErrorCode::PayloadTooLarge,
                QString("the request body is over its limit of %1 bytes (limits.body_bytes)")
                    .arg(exchange.bodyLimit()));
}

void logFailure(const Exchange &exchange, const Error &error)
{
    LogLine(lcProxy(), QtWarningMsg, "upstream failed")
        .field("request_id", exchange.requestId())
        .field("route", exchange.routeId())
        .field("service", exchange.upstream().service)
        .field("attempts", exchange.upstream().attempts)
        .error(error);
}

} // namespace

Task<Response> ProxyHandler::handle(Exchange &exchange) const
{
    exchange.upstream().service = m_service->config().id;
    if (countHop(exchange))
        co_return lastHopAnswer(exchange);
    Result<Response> response = co_await forward(exchange);
    if (response)
        co_return std::move(*response);
    logFailure(exchange, response.error());
    co_return errorResponse(exchange, response.error());
}

Task<Result<Response>> ProxyHandler::forward(Exchange &exchange) const
{
    if (const Result<void> checked = checkBody(exchange); !checked)
        co_return std::unexpected(checked.error());
    const int retries = m_service->config().retries.attempts;
    for (int repeated = 0; repeated < retries; ++repeated) {
        Result<Response> response = co_await sendOnce(exchange);
        const std::string_view why = whyRetry(exchange, response);
        if (why.empty())
            co_return response;
        exchange.trace().mark("upstream.retry", Verdict::Failed, why);
    }
    co_return co_await sendOnce(exchange);
}

/// Empty if the outcome stands: it is fine, or the request may not be sent again. A body is gone
/// once it was sent, so only requests without one are.
std::string_view ProxyHandler::whyRetry(const Exchange &exchange,
                                        const Result<Response> &response) const
{
    const config::ServiceConfig::Retries &retries = m_service->config().retries;
    const Request &request = exchange.request();
    if (request.body() || (retries.idempotentOnly && !isIdempotent(request.method()))
        || Clock::system().now() >= exchange.deadline())
        return {};
    std::string reason;
    if (response)
        reason = std::to_string(response->status());
    else if (response.error().code() == ErrorCode::UpstreamConnect)
        reason = "connect";
    else if (response.error().code() == ErrorCode::UpstreamReset)
        reason = "reset";
    else if (response.error().code() == ErrorCode::Timeout)
        reason = "timeout";
    const auto known = std::ranges::find(retries.on, reason);
    return known == retries.on.end() ? std::string_view() : *known;
}

/// To one instance; over a second connection if a pooled one turns out to be closed.
Task<Result<Response>> ProxyHandler::sendOnce(Exchange &exchange) const
{
    const SteadyTime began = exchange.trace().last();
    Instance *const instance = m_service->balancer().pick(m_service->instances(), exchange, began);
    if (!instance) {
        co_return fail(ErrorCode::NoHealthyInstance,
                       QString("every instance of %1 is out")
                           .arg(QString::fromStdString(m_service->config().id)));
    }
    exchange.upstream().instance = instance->url();
    exchange.trace().mark("balance.pick", began, Verdict::Passed, m_service->balancer().name());

    bool mayRepeat = false;
    Result<Response> response = co_await attempt(exchange, *instance, true, mayRepeat);
    if (!response && mayRepeat)
        response = co_await attempt(exchange, *instance, false, mayRepeat);
    co_return response;
}

Task<Result<std::unique_ptr<Connection>>>
ProxyHandler::connectionTo(Exchange &exchange, Instance &instance, bool mayReuse) const
{
    const bool isSafe = !exchange.request().body() && isIdempotent(exchange.request().method());
    while (mayReuse) {
        std::unique_ptr<Connection> pooled = m_service->pool().take(instance);
        if (!pooled)
            break;
        // What cannot be repeated must not be lost on a connection that is closed already.
        if (!isSafe && !pooled->isStillQuiet())
            continue;
        exchange.upstream().isReused = true;
        exchange.trace().mark("upstream.connect", Verdict::Passed, "pool.reused=true");
        co_return pooled;
    }
    exchange.upstream().isReused = false;
    Result<std::unique_ptr<Connection>> opened =
        co_await m_service->connect(instance, exchange.deadline());
    exchange.trace().mark("upstream.connect", opened ? Verdict::Passed : Verdict::Failed,
                          "pool.reused=false");
    co_return opened;
}

Task<Result<Response>> ProxyHandler::attempt(Exchange &exchange, Instance &instance, bool mayReuse,
                                             bool &mayRepeat) const
{
    ++exchange.upstream().attempts;
    Result<std::unique_ptr<Connection>> connection =
        co_await connectionTo(exchange, instance, mayReuse);
    if (!connection)
        co_return std::unexpected(connection.error());

    const SteadyTime began = exchange.trace().last();
    BodyPtr body = makeBody<Call>(exchange.arena(), exchange, *m_service, std::move(*connection));
    Call &call = static_cast<Call &>(*body);
    const std::string_view head = writeRequestHead(exchange, instance.authority());
    exchange.heads().sent = head;
    exchange.heads().got = {};
    const SteadyTime deadline =
        std::min(exchange.deadline(), began + m_service->config().timeouts.responseHeader);
    Result<Response> response = co_await call.start(head, deadline);
    mayRepeat = call.mayRepeat();
    exchange.trace().mark("upstream.response", response ? Verdict::Passed : Verdict::Failed);
    if (response && call.hasBody())
        response->setBody(std::move(body));
    co_return response;
}

} // namespace gatehouse::upstream
