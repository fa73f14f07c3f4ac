// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/idempotency.h"

#include "engine/core/log.h"
#include "engine/crypto/random.h"
#include "engine/http/errorresponse.h"
#include "engine/middleware/idempotencykey.h"

#include <algorithm>

namespace gatehouse::middleware {

Q_LOGGING_CATEGORY(lcIdempotency, "gatehouse.middleware.idempotency", QtInfoMsg)

namespace {

constexpr std::size_t tokenBytes = 8;
constexpr int claimAttempts = 3;

class IdempotencyFacts final : public StageFacts
{
public:
    explicit IdempotencyFacts(std::string_view decision) : m_decision(decision) {}
    void describe(std::string &to) const override { to.append("decision=").append(m_decision); }

private:
    std::string_view m_decision;
};

/// Answers whose end is not near: to wait for it would hold back what the client waits for.
bool isStreaming(const Response &response)
{
    constexpr std::string_view types[] = {"text/event-stream", "application/x-ndjson",
                                          "application/jsonl", "application/grpc",
                                          "multipart/x-mixed-replace"};
    const std::string_view type = response.headers().value(FieldName::ContentType);
    return std::ranges::any_of(types, [type](std::string_view streaming) {
        return equalsIgnoringCase(type.substr(0, streaming.size()), streaming);
    });
}

bool hasTrailers(const BodyStream *body)
{
    return body && body->trailers() && body->trailers()->count() > 0;
}

} // namespace

Idempotency::Idempotency(IdempotencySettings settings) : m_settings(std::move(settings)) {}

Task<Response> Idempotency::handle(Exchange &exchange, Next next) const
{
    const auto isMethod = [&exchange](const std::string &method) {
        return method == exchange.request().methodText();
    };
    if (std::ranges::none_of(m_settings.methods, isMethod))
        return next(exchange);
    return guard(exchange, next);
}

Result<std::optional<std::string_view>> Idempotency::keyOf(const Exchange &exchange) const
{
    const Result<std::optional<std::string_view>> key =
        idempotencyKeyOf(exchange.request(), m_settings.headers);
    if (key && !*key && m_settings.isRequired)
        return fail(ErrorCode::BadRequest,
                    QString("the field %1 is missing: send a key of your own")
                        .arg(QString::fromStdString(m_settings.headers.front())));
    return key;
}

Task<Response> Idempotency::guard(Exchange &exchange, Next next) const
{
    const Result<std::optional<std::string_view>> key = keyOf(exchange);
    if (!key)
        co_return refuse(exchange, "key-refused", key.error());
    if (!*key && !m_settings.takesFingerprint)
        co_return co_await next(exchange);

    Call call;
    const Result<bool> isBuffered = co_await bufferBody(exchange, call.bodyHash, key->has_value());
    if (!isBuffered) {
        Response response = refuse(exchange, "body-refused", isBuffered.error());
        response.closeConnection();
        co_return response;
    }
    if (!*isBuffered) {
        mark(exchange, "body-too-large-for-a-fingerprint", Verdict::Passed);
        co_return co_await next(exchange);
    }
    call.storeKey =
        *key ? idempotencyStoreKey(exchange, **key) : fingerprintStoreKey(exchange, call.bodyHash);
    call.claim = writeClaim(call.bodyHash, crypto::randomHex(tokenBytes));
    Decision decision = co_await claim(exchange, call);
    if (decision.answer)
        co_return std::move(*decision.answer);
    if (!decision.isOwner)
        co_return co_await next(exchange);
    co_return co_await runOwned(exchange, next, call);
}

/// Reads the request's body, hashes it, and puts it back for the upstream. False if it is too large
/// to be compared; with a key that is an error.
Task<Result<bool>> Idempotency::bufferBody(Exchange &exchange, crypto::Sha256 &hash,
                                           bool hasKey) const
{
    BodyStream *const body = exchange.request().body();
    if (!body) {
        hash = crypto::sha256({});
        co_return true;
    }
    const ReadAhead ahead = co_await readAhead(*body, exchange.arena(), m_settings.maxRequestBody);
    if (ahead.error)
        co_return std::unexpected(*ahead.error);
    const bool isWhole =
        ahead.isComplete && qint64(ahead.bytes.size()) <= m_settings.maxRequestBody;
    if (!isWhole && hasKey) {
        co_return fail(ErrorCode::PayloadTooLarge,
                       QString("a request with an idempotency key may have %1 bytes "
                               "(max_request_body of idempotency)")
                           .arg(m_settings.maxRequestBody));
    }
    hash = crypto::sha256(ahead.bytes);
    // Nothing in it needs an end, and it is read as long as the exchange is there: the arena's.
    exchange.request().setBody(makeBody<ReplayBody>(exchange.arena(), ahead, *body).release());
    co_return isWhole;
}

Task<Idempotency::Decision> Idempotency::claim(Exchange &exchange, const Call &call) const
{
    for (int attempt = 0; attempt < claimAttempts; ++attempt) {
        const Result<bool> isFirst = co_await m_settings.store->setIfAbsent(
            call.storeKey, call.claim, m_settings.inFlightTimeout);
        if (!isFirst)
            co_return onStoreError(exchange, isFirst.error());
        if (*isFirst) {
            mark(exchange, "first", Verdict::Passed);
            Decision decision;
            decision.isOwner = true;
            co_return decision;
        }
        const Result<std::optional<state::Entry>> entry =
            co_await m_settings.store->get(call.storeKey);
        if (!entry)
            co_return onStoreError(exchange, entry.error());
        if (*entry)
            co_return decideOn(exchange, call, **entry);
        // It expired, or was released, between the two: whoever is first now may run.
    }
    co_return onStoreError(exchange, Error(ErrorCode::Unavailable, "the claim does not settle"));
}

Idempotency::Decision Idempotency::decideOn(Exchange &exchange, const Call &call,
                                            const state::Entry &entry) const
{
    // What is replayed lives as long as the exchange.
    const Result<StoredAnswer> stored = parseStoredAnswer(exchange.arena().copy(entry.value));
    if (!stored)
        return onStoreError(exchange, stored.error());
    Decision decision;
    if (stored->bodyHash != call.bodyHash) {
        const Error other(ErrorCode::Unprocessable,
                          "the idempotency key was used with another body: use a new key");
        decision.answer = refuse(exchange, "other-body", other);
    } else if (stored->kind == StoredAnswer::Kind::Claim) {
        const Error inFlight(ErrorCode::Conflict,
                             "a request with this idempotency key is under way");
        decision.answer = refuse(exchange, "in-flight", inFlight);
        decision.answer->headers().add("Retry-After", "1");
    } else {
        decision.answer = replay(exchange, *stored, entry.left);
    }
    return decision;
}

Idempotency::Decision Idempotency::onStoreError(Exchange &exchange, const Error &error) const
{
    Decision decision;
    if (m_settings.isAllowedOnError) {
        mark(exchange, "store-failed-allowed", Verdict::Passed);
        return decision;
    }
    const Error unknown =
        Error(ErrorCode::Unavailable, "whether this request has run cannot be found out")
            .causedBy(error.text());
    decision.answer = refuse(exchange, "store-failed", unknown);
    return decision;
}

Response Idempotency::replay(Exchange &exchange, const StoredAnswer &stored,
                             std::chrono::milliseconds left) const
{
    mark(exchange, "replayed", Verdict::Answered);
    Response response(exchange.arena(), stored.status);
    for (const Field &field : stored.fields)
        response.headers().add(field.id, field.name, field.value);
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(stored.ttl - left);
    const std::string seconds = std::to_string(std::max<qint64>(age.count(), 0));
    response.headers().set("X-Cached-Response", "true");
    response.headers().set("X-Cache-Age", exchange.arena().copy(seconds));
    if (!stored.body.empty())
        response.setBody(makeBody<BufferBody>(exchange.arena(), stored.body));
    return response;
}

Task<Response> Idempotency::runOwned(Exchange &exchange, Next next, const Call &call) const
{
    // The claim must not expire while the request runs, or a repetition would run beside it.
    const SteadyTime end = Clock::system().now() + m_settings.inFlightTimeout;
    exchange.setDeadline(std::min(exchange.deadline(), end));
    std::optional<Response> response;
    std::exception_ptr thrown; // a handler of exceptions cannot wait for the store
    try {
        Response answered = co_await next(exchange);
        response.emplace(std::move(answered));
    } catch (...) {
        thrown = std::current_exception();
    }
    if (thrown) {
        co_await release(call);
        std::rethrow_exception(thrown);
    }
    co_return co_await keep(exchange, call, std::move(*response));
}

/// Stores \a response before anything of it goes out, so that a client that loses it on the way
/// gets it with its next attempt; lets the claim go if it is none to be stored.
Task<Response> Idempotency::keep(Exchange &exchange, const Call &call, Response response) const
{
    const bool mayStore =
        response.status() >= 200 && response.status() < 400 && !isStreaming(response);
    ReadAhead ahead;
    ahead.isComplete = !response.body();
    if (mayStore && response.body())
        ahead = co_await readAhead(*response.body(), exchange.arena(), m_settings.maxBody);
    const bool isWhole = ahead.isComplete && qint64(ahead.bytes.size()) <= m_settings.maxBody
        && !hasTrailers(response.body());
    if (mayStore && isWhole) {
        if (response.body()) // frees the upstream's connection, which has given all it had
            response.setBody(makeBody<BufferBody>(exchange.arena(), ahead.bytes));
        co_await store(exchange, call, response, ahead.bytes);
        co_return response;
    }
    if (response.body() && (ahead.isComplete || ahead.error || !ahead.bytes.empty()))
        response.setBody(makeBody<ReplayBody>(exchange.arena(), ahead, response.takeBody()));
    co_await release(call);
    exchange.trace().mark(m_settings.name, Verdict::Passed, "stored=false");
    co_return response;
}

Task<void> Idempotency::store(Exchange &exchange, const Call &call, const Response &response,
                              std::string_view body) const
{
    const bool isOurs = co_await isStillOurs(call);
    if (!isOurs) { // it took longer than in_flight_timeout: the place may be somebody else's
        exchange.trace().mark(m_settings.name, Verdict::Passed, "stored=false claim=lost");
        co_return;
    }
    const Result<void> isSet = co_await m_settings.store->set(
        call.storeKey, writeAnswer(call.bodyHash, m_settings.ttl, response, body), m_settings.ttl);
    if (!isSet) // the claim expires; what has run is not undone by refusing its answer
        LogLine(lcIdempotency(), QtWarningMsg, "answer not stored")
            .field("request_id", exchange.requestId())
            .field("route", exchange.routeId())
            .error(isSet.error());
    exchange.trace().mark(m_settings.name, Verdict::Passed, isSet ? "stored=true" : "stored=false");
}

Task<bool> Idempotency::isStillOurs(const Call &call) const
{
    const Result<std::optional<state::Entry>> entry = co_await m_settings.store->get(call.storeKey);
    co_return entry && (!*entry || (*entry)->value == call.claim);
}

Task<void> Idempotency::release(const Call &call) const
{
    const Result<std::optional<state::Entry>> entry = co_await m_settings.store->get(call.storeKey);
    if (!entry || !*entry || (*entry)->value != call.claim)
        co_return;
    // If the store fails now, the claim expires by itself.
    const Result<bool> isRemoved = co_await m_settings.store->remove(call.storeKey);
    Q_UNUSED(isRemoved)
}

void Idempotency::mark(Exchange &exchange, std::string_view decision, Verdict verdict) const
{
    exchange.trace().explain(*exchange.arena().make<IdempotencyFacts>(decision));
    exchange.trace().mark(m_settings.name, verdict);
}

Response Idempotency::refuse(Exchange &exchange, std::string_view decision,
                             const Error &error) const
{
    mark(exchange, decision, Verdict::Answered);
    return errorResponse(exchange, error);
}

} // namespace gatehouse::middleware
