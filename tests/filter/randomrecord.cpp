// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/filter/randomrecord.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"

#include <span>
#include <string>

namespace gatehouse::test {

namespace {

using namespace filter;
using Words = std::span<const char *const>;

StringId pick(Random &random, Strings &strings, Words words)
{
    return strings.intern(words[below(random, words.size())]);
}

constexpr const char *methods[] = {"GET", "GET", "GET", "POST", "PUT", "DELETE", "PATCH"};
constexpr const char *hosts[] = {"api.local", "www.local", "shop.example.com", "10.0.0.1"};
constexpr const char *routes[] = {"orders", "health", "slow", "search", "", "legacy"};
constexpr const char *upstreams[] = {"orders-svc", "search-svc", "", "legacy-svc"};
constexpr const char *targets[] = {"10.0.0.1:9000", "10.0.0.2:9000", ""};
constexpr const char *clients[] = {"192.0.2.7", "192.0.2.8", "2001:db8::1"};
constexpr const char *limits[] = {"per-user", "global", "", ""};
constexpr const char *keys[] = {"user=42", "user=7", ""};
constexpr const char *types[] = {"application/json", "text/html", "", "image/png"};
constexpr const char *stages[] = {"route.match",      "middleware.jwt",   "middleware.rate_limit",
                                  "middleware.cache", "upstream.connect", "upstream.response"};
constexpr const char *makers[] = {"middleware.jwt", "", "", "middleware.rate_limit"};
constexpr const char *queries[] = {"", "", "q=Brötchen", "page=2&size=10"};
constexpr const char *operations[] = {"", "", "", "CartQuery"};
constexpr quint16 statuses[] = {200, 200, 200, 201, 304, 401, 404, 429, 500, 503, 0};

void addSpans(HotRecord &record, Random &random, Strings &strings)
{
    record.spanCount = quint8(below(random, record.spans.size() + 1));
    quint32 at = 0;
    for (int i = 0; i < record.spanCount; ++i) {
        Span &span = record.spans[std::size_t(i)];
        const char *const name = stages[below(random, std::size(stages))];
        span.name = quint16(strings.intern(name));
        span.family = familyOfStage(name);
        span.bits = below(random, 3) == 0 ? Span::Waiting : 0;
        span.start = at;
        span.length = quint32(below(random, 20'000));
        at += span.length;
    }
}

} // namespace

quint64 below(Random &random, quint64 end)
{
    return random() % end;
}

HotRecord randomRecord(Random &random, Strings &strings, quint64 seq)
{
    HotRecord record;
    addSpans(record, random, strings); // names of stages come first
    record.seq = seq;
    record.start = 1'795'176'000'000'000'000 + qint64(seq) * 1'000'000;
    record.duration = qint64(below(random, 2'000'000'000) >> below(random, 16));
    record.size = qint64(below(random, 100'000) >> below(random, 10));
    record.requestSize = below(random, 3) == 0 ? qint64(below(random, 5'000)) : 0;
    record.ttfb = quint32(record.duration / 1200);
    record.revision = quint32(40 + seq / 500);
    record.method = pick(random, strings, methods);
    record.host = pick(random, strings, hosts);
    record.path = strings.intern("/v1/orders/" + std::to_string(below(random, 500)));
    record.query = pick(random, strings, queries);
    record.route = pick(random, strings, routes);
    record.upstream = pick(random, strings, upstreams);
    record.target = pick(random, strings, targets);
    record.client = pick(random, strings, clients);
    record.limit = pick(random, strings, limits);
    record.key = record.limit != 0 ? pick(random, strings, keys) : 0;
    record.op = pick(random, strings, operations);
    record.type = pick(random, strings, types);
    record.by = pick(random, strings, makers);
    record.left = record.limit != 0 ? qint32(below(random, 10)) : -1;
    record.status = statuses[below(random, std::size(statuses))];
    record.flags = quint16(random() & random() & ((1 << flagCount) - 1));
    record.set(Flag::Open, below(random, 20) == 0);
    if (record.status >= 500 || record.status == 0)
        record.error = quint8(1 + below(random, errorCodeCount));
    record.decision = Decision(below(random, decisionCount));
    record.protocol = Protocol(below(random, protocolCount));
    record.cache = CacheState(below(random, cacheStateCount));
    record.retries = quint8(below(random, 8) == 0 ? below(random, 3) : 0);
    record.frames = record.is(Flag::Sse) ? quint16(below(random, 100)) : 0;
    return record;
}

} // namespace gatehouse::test
