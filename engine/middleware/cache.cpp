// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/cache.h"

#include "engine/cache/preconditions.h"
#include "engine/cache/storable.h"
#include "engine/crypto/digest.h"
#include "engine/http/errorresponse.h"
#include "engine/middleware/cachewriter.h"

#include <algorithm>
#include <array>

namespace gatehouse::middleware {

namespace {

using cache::CacheControl;
using cache::CacheRecord;
using cache::Freshness;
using cache::Reuse;
using std::chrono::seconds;

class CacheFacts final : public StageFacts
{
public:
    CacheFacts(std::string_view decision, std::string_view why) : m_decision(decision), m_why(why)
    {
    }
    void describe(std::string &to) const override
    {
        to.append("decision=").append(m_decision);
        if (!m_why.empty())
            to.append(" why=").append(m_why);
    }

private:
    std::string_view m_decision;
    std::string_view m_why;
};

std::string digest(std::string_view text)
{
    return crypto::hex(crypto::sha256(text)).substr(0, 32);
}

bool isAuthenticated(const Exchange &exchange)
{
    return exchange.identity() || exchange.request().headers().find("Authorization");
}

/// The lines of a stored answer as Headers, so that what reads those can read it.
Headers headersOf(const CacheRecord &record, Arena &arena)
{
    Headers headers(arena);
    headers.reserve(record.fields.size());
    for (const Field &field : record.fields)
        headers.add(field.id, field.name, field.value);
    return headers;
}

/// What a 304 tells of the answer that the client has (RFC 9110, section 15.4.5).
bool belongsTo304(const Field &field)
{
    constexpr std::array<std::string_view, 6> names{"cache-control", "content-location", "date",
                                                    "etag",          "expires",          "vary"};
    return std::ranges::any_of(
        names, [&field](std::string_view name) { return equalsIgnoringCase(name, field.name); });
}

/// What a confirmation may change of what is stored (RFC 9111, section 3.2).
bool isUpdated(const Field &field)
{
    constexpr std::array<std::string_view, 4> kept{"content-encoding", "content-type",
                                                   "content-range", "content-length"};
    return !isHopByHop(field.id) && std::ranges::none_of(kept, [&field](std::string_view name) {
        return equalsIgnoringCase(name, field.name);
    });
}

void tell(Response &response, std::string_view xCache, std::string_view status)
{
    Headers &headers = response.headers();
    headers.set("X-Cache", xCache);
    const std::string_view before = headers.value("Cache-Status"); // RFC 9211
    headers.set("Cache-Status",
                before.empty() ? headers.arena().concat("gatehouse; ", status)
                               : headers.arena().concat(before, ", gatehouse; ", status));
}

/// Parts, and conditions on what the origin has now, which no cache can judge (RFC 9111, section
/// 4.3.2).
bool isForTheOrigin(const Request &request)
{
    const auto has = [&request](const char *name) { return request.headers().find(name); };
    return request.body() || has("Range") || has("If-Range") || has("If-Match")
        || has("If-Unmodified-Since");
}

seconds since(SteadyTime begin)
{
    return std::chrono::duration_cast<seconds>(Clock::system().now() - begin);
}

} // namespace

std::string Cache::keyOf(const Exchange &exchange) const
{
    const Request &request = exchange.request();
    std::string text(exchange.peer().scheme);
    text.append("\n").append(request.authority()).append("\n").append(request.path());
    if (request.hasQuery())
        text.append("?").append(request.query());
    return "cache:" + digest(text);
}

std::string Cache::varyDigest(const Headers &request, std::string_view varyNames) const
{
    std::string values = cache::varyValues(request, varyNames);
    for (const std::string &name : m_settings.keyHeaders)
        values.append("\n").append(cache::varyValues(request, name));
    return digest(values);
}

seconds Cache::presetFor(const Headers &response) const
{
    const std::string_view type = response.value(FieldName::ContentType);
    const std::string_view media = trimmed(type.substr(0, type.find(';')));
    for (const auto &[known, ttl] : m_settings.ttlByType) {
        if (equalsIgnoringCase(known, media))
            return ttl;
    }
    return m_settings.defaultTtl;
}

Task<Response> Cache::handle(Exchange &exchange, Next next) const
{
    const Method method = exchange.request().method();
    if (method == Method::Get || method == Method::Head) {
        if (isForTheOrigin(exchange.request()))
            return next(exchange);
        return lookUp(exchange, next);
    }
    if (method == Method::Options || method == Method::Trace)
        return next(exchange);
    return passUnsafe(exchange, next);
}

Task<Response> Cache::lookUp(Exchange &exchange, Next next) const
{
    std::string key = keyOf(exchange);
    const Found found = co_await find(exchange, key);
    const Headers &request = exchange.request().headers();
    const bool onlyIfCached = CacheControl(request).onlyIfCached;
    if (found.record) {
        const CacheControl control(headersOf(*found.record, exchange.arena()));
        const Reuse reuse =
            cache::reuseOf(found.record->freshness, control, request, Clock::system().wall());
        if (reuse != Reuse::Validate) {
            const bool isFresh = reuse == Reuse::Fresh;
            mark(exchange, isFresh ? "hit" : "stale", {}, Verdict::Answered);
            const bool hasIt =
                cache::isNotModified(request, headersOf(*found.record, exchange.arena()));
            co_return answerFrom(exchange, *found.record, isFresh ? "HIT" : "STALE", hasIt);
        }
        if (!onlyIfCached && exchange.request().method() == Method::Get)
            co_return co_await validate(exchange, next, std::move(key), *found.record);
    }
    if (onlyIfCached) { // RFC 9111, section 5.2.1.7
        mark(exchange, "miss", "only-if-cached", Verdict::Answered);
        co_return errorResponse(exchange,
                                Error(ErrorCode::Timeout,
                                      "nothing fresh is cached, and "
                                      "the request wants no other"));
    }
    co_return co_await fetch(exchange, next, std::move(key), found.record ? "stale" : found.miss);
}

Task<Cache::Found> Cache::find(Exchange &exchange, const std::string &key) const
{
    Found found;
    const Result<std::optional<state::Entry>> entry = co_await m_settings.store->get(key);
    if (!entry)
        found.miss = "bypass";
    if (!entry || !*entry)
        co_return found;
    found.miss = "vary-miss";
    const std::string &text = (*entry)->value;
    const std::size_t bar = std::min(text.find('|'), text.size());
    const std::string_view names = std::string_view(text).substr(std::min(bar + 1, text.size()));
    std::string variantKey = key + ':' + text.substr(0, bar) + ':';
    variantKey += varyDigest(exchange.request().headers(), names);
    const Result<std::optional<state::Entry>> variant =
        co_await m_settings.store->get(std::move(variantKey));
    if (!variant || !*variant)
        co_return found;
    const Result<CacheRecord> record = cache::parseRecord(exchange.arena().copy((*variant)->value));
    if (record)
        found.record = *record;
    co_return found;
}

Task<Response> Cache::fetch(Exchange &exchange, Next next, std::string key,
                            std::string_view why) const
{
    const SteadyTime begin = Clock::system().now();
    Response response = co_await next(exchange);
    keep(exchange, key, response, since(begin), why);
    co_return response;
}

/// What would store \a response; nothing and the reason if it may not be.
std::optional<CacheWriter> Cache::writerFor(const Exchange &exchange, const std::string &key,
                                            const Response &response, seconds delay,
                                            std::string_view &whyNot) const
{
    const Headers &headers = response.headers();
    const WallTime now = Clock::system().wall();
    const Freshness freshness = Freshness::of(headers, now, delay, presetFor(headers));
    const CacheControl control(headers);
    seconds ttl = std::max(freshness.left(now), seconds(0));
    if (headers.find("ETag") || headers.find("Last-Modified") || control.staleIfError)
        ttl += std::max(m_settings.keepStale, control.staleIfError.value_or(seconds(0)));
    whyNot = cache::whyNotStored(exchange.request(), response, isAuthenticated(exchange));
    if (whyNot.empty() && ttl == seconds(0))
        whyNot = "no-freshness";
    if (whyNot.empty() && response.body() && response.body()->remaining() > m_settings.maxBody)
        whyNot = "too-large";
    if (!whyNot.empty())
        return std::nullopt;
    CachePlace place;
    place.indexKey = key;
    place.varyNames = cache::varyNames(headers);
    place.varyDigest = varyDigest(exchange.request().headers(), place.varyNames);
    place.head = cache::writeRecordHead(freshness, response.status(), headers.fields());
    place.ttl = ttl;
    return CacheWriter(std::move(place), m_settings.store, m_settings.background);
}

/// Begins to store \a response if it may be, and tells the client how it came.
void Cache::keep(Exchange &exchange, const std::string &key, Response &response, seconds delay,
                 std::string_view why) const
{
    std::string_view whyNot;
    std::optional<CacheWriter> writer = writerFor(exchange, key, response, delay, whyNot);
    if (writer && response.body())
        response.setBody(makeBody<KeptBody>(exchange.arena(), response.takeBody(),
                                            std::move(*writer), m_settings.maxBody));
    else if (writer)
        writer->write({});
    mark(exchange, "miss", writer ? why : whyNot, Verdict::Passed);
    tell(response, "MISS", exchange.arena().concat("fwd=", why, writer ? "; stored" : ""));
}

Task<Response> Cache::validate(Exchange &exchange, Next next, std::string key,
                               const CacheRecord &record) const
{
    Request &request = exchange.request();
    const Headers stored = headersOf(record, exchange.arena());
    const bool hasItAlready = cache::isNotModified(request.headers(), stored);
    if (!cache::askToValidate(request.headers(), stored))
        co_return co_await fetch(exchange, next, std::move(key), "stale");
    const SteadyTime begin = Clock::system().now();
    Response response = co_await next(exchange);
    if (response.status() == 304)
        co_return refreshed(exchange, key, response, record, hasItAlready, since(begin));
    const CacheControl control(stored);
    const seconds staleFor = -record.freshness.left(Clock::system().wall());
    if (response.status() >= 500 && control.staleIfError && staleFor <= *control.staleIfError) {
        mark(exchange, "stale", "stale-if-error", Verdict::Changed); // RFC 5861, section 4
        co_return answerFrom(exchange, record, "STALE", hasItAlready);
    }
    keep(exchange, key, response, since(begin), "stale");
    co_return response;
}

/// The upstream has confirmed \a record: its fields are those of the confirmation where that has
/// them (RFC 9111, sections 3.2 and 4.3.4).
Response Cache::refreshed(Exchange &exchange, const std::string &key, const Response &confirmation,
                          CacheRecord record, bool hasItAlready, seconds delay) const
{
    const std::span<const Field> said = confirmation.headers().fields();
    std::erase_if(record.fields, [said](const Field &known) {
        return std::ranges::any_of(said, [&known](const Field &field) {
            return isUpdated(field) && equalsIgnoringCase(known.name, field.name);
        });
    });
    std::ranges::copy_if(said, std::back_inserter(record.fields), isUpdated);
    Response answer(exchange.arena(), record.status);
    for (const Field &field : record.fields)
        answer.headers().add(field.id, field.name, field.value);
    std::string_view whyNot;
    if (std::optional<CacheWriter> writer = writerFor(exchange, key, answer, delay, whyNot))
        writer->write(std::string(record.body));
    record.freshness =
        Freshness::of(answer.headers(), Clock::system().wall(), delay, presetFor(answer.headers()));
    mark(exchange, "revalidated", whyNot, Verdict::Passed);
    return answerFrom(exchange, record, "REVALIDATED", hasItAlready);
}

/// \a hasIt: the client has asked for a change only, and there is none.
Response Cache::answerFrom(Exchange &exchange, const CacheRecord &record, std::string_view how,
                           bool hasIt) const
{
    Arena &arena = exchange.arena();
    Response response(arena, hasIt ? 304 : record.status);
    for (const Field &field : record.fields) {
        if (!hasIt || belongsTo304(field))
            response.headers().add(field.id, field.name, field.value);
    }
    const seconds age = record.freshness.age(Clock::system().wall());
    response.headers().set("Age", arena.copy(std::to_string(age.count())));
    const std::string ttl = std::to_string((record.freshness.lifetime - age).count());
    tell(response, how, arena.concat("hit; ttl=", ttl));
    if (!hasIt && !neverHasContent(record.status))
        response.setBody(makeBody<BufferBody>(arena, record.body));
    return response;
}

/// RFC 9111, section 4.4: what an unsafe request has changed is not what is stored.
Task<Response> Cache::passUnsafe(Exchange &exchange, Next next) const
{
    const std::string key = keyOf(exchange);
    Response response = co_await next(exchange);
    if (response.status() >= 200 && response.status() < 400) {
        const Result<bool> removed = co_await m_settings.store->remove(key);
        const bool isGone = removed && *removed;
        mark(exchange, isGone ? "invalidated" : "nothing-stored", {}, Verdict::Passed);
    }
    co_return response;
}

void Cache::mark(Exchange &exchange, std::string_view decision, std::string_view why,
                 Verdict verdict) const
{
    exchange.trace().explain(*exchange.arena().make<CacheFacts>(decision, why));
    exchange.trace().mark(m_settings.name, verdict);
}

} // namespace gatehouse::middleware
