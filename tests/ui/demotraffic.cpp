// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/demotraffic.h"

#include "engine/core/errorcode.h"
#include "engine/filter/names.h"
#include "engine/filter/strings.h"

#include <cmath>
#include <random>

namespace gatehouse::test {

namespace {

using namespace filter;

struct Kind
{
    const char *method;
    const char *host;
    const char *path;
    const char *query;
    const char *route;
    quint16 status;
    Decision decision;
    const char *by;
    double upstreamMs; ///< median; 0: it never got there
    const char *op;
    int weight;
};

constexpr Kind kinds[] = {
    {"GET", "api.shop.local", "/v1/orders", "page=2&size=50", "orders", 200, Decision::Passed, "",
     14, "", 30},
    {"GET", "api.shop.local", "/v1/orders/18204/items", "", "orders", 200, Decision::Passed, "", 9,
     "", 18},
    {"POST", "api.shop.local", "/v1/orders", "", "orders", 201, Decision::Passed, "", 46, "", 9},
    {"GET", "api.shop.local", "/v1/orders", "", "orders", 401, Decision::Denied, "middleware.jwt",
     0, "", 4},
    {"GET", "api.shop.local", "/v1/search", "q=espresso+machine&sort=price", "search", 200,
     Decision::Passed, "", 88, "", 12},
    {"GET", "api.shop.local", "/v1/catalog/categories", "", "catalog", 200, Decision::Cached,
     "middleware.cache", 0, "", 16},
    {"POST", "api.shop.local", "/v1/login", "", "login", 429, Decision::Limited,
     "middleware.rate_limit", 0, "", 5},
    {"PUT", "api.shop.local", "/v1/carts/9f3c/items/4", "", "carts", 200, Decision::Passed, "", 22,
     "", 6},
    {"DELETE", "api.shop.local", "/v1/carts/9f3c", "", "carts", 204, Decision::Passed, "", 11, "",
     3},
    {"GET", "www.shop.local", "/wp-login.php", "", "", 404, Decision::Unmatched, "", 0, "", 3},
    {"GET", "api.shop.local", "/v1/reports/daily", "format=csv", "reports", 200, Decision::Passed,
     "", 640, "", 2},
    {"POST", "api.shop.local", "/v1/payments", "", "payments", 503, Decision::Failed, "", 380, "",
     3},
    {"GET", "api.shop.local", "/v1/flaky", "", "flaky", 503, Decision::Circuit, "", 0, "", 2},
    {"POST", "api.shop.local", "/graphql", "", "graphql", 200, Decision::Passed, "", 61,
     "CartQuery", 6},
    {"GET", "events.shop.local", "/v1/events", "", "events", 200, Decision::Passed, "", 30, "", 1},
    {"GET", "api.shop.local", "/health", "", "health", 200, Decision::Mocked, "middleware.respond",
     0, "", 6},
};

class Maker
{
public:
    HotRecord next(quint64 seq, qint64 start)
    {
        const Kind &kind = kinds[m_pick(m_random)];
        HotRecord record;
        m_at = 0;
        m_record = &record;
        record.seq = seq;
        record.start = start;
        addStages(kind);
        record.method = id(kind.method);
        record.host = id(kind.host);
        record.path = id(kind.path);
        record.query = id(kind.query);
        record.route = id(kind.route);
        record.op = id(kind.op);
        record.by = id(kind.by);
        record.client = id(seq % 3 == 0 ? "192.0.2.17" : "192.0.2.44");
        record.status = kind.status;
        record.decision = kind.decision;
        record.duration = qint64(m_at) * 1000 + 60'000;
        record.ttfb = m_at;
        record.size = qint64(std::exp(m_noise(m_random) * 1.4 + 7));
        record.revision = seq < 1200 ? 41 : 42;
        if (kind.upstreamMs > 0)
            record.upstream = id(std::string(kind.route) + "-svc");
        finish(kind);
        return record;
    }
    Strings strings;

private:
    [[nodiscard]] StringId id(std::string_view text) { return strings.intern(text); }

    void stage(const char *name, double ms, quint8 bits = 0)
    {
        Span &span = m_record->spans[m_record->spanCount++];
        span.name = quint16(id(name));
        span.family = familyOfStage(name);
        span.bits = bits;
        span.start = m_at;
        span.length = quint32(std::max(1.0, ms * 1000 * std::exp(m_noise(m_random) * 0.5)));
        m_at += span.length;
    }

    void addStages(const Kind &kind)
    {
        stage("route.match", 0.04);
        if (kind.decision == Decision::Unmatched)
            return;
        const bool isKeyFetch = m_random() % 40 == 0;
        stage("middleware.jwt", isKeyFetch ? 120 : 0.4, isKeyFetch ? Span::Waiting : 0);
        if (kind.decision != Decision::Denied)
            stage("middleware.rate_limit", 0.2);
        if (kind.decision == Decision::Cached)
            stage("middleware.cache", 0.5);
        if (kind.upstreamMs <= 0)
            return;
        stage("upstream.connect", kind.upstreamMs / 12);
        const quint8 failed = kind.decision == Decision::Failed ? Span::Failed : 0;
        stage("upstream.response", kind.upstreamMs, quint8(Span::Waiting | failed));
        stage("middleware.headers", 0.3, Span::ResponsePhase);
        stage("adapter.send", kind.upstreamMs / 8);
    }

    void finish(const Kind &kind)
    {
        HotRecord &record = *m_record;
        if (kind.decision == Decision::Limited) {
            record.limit = id("per-user");
            record.key = id("user=42");
            record.left = 0;
            record.error = quint8(int(ErrorCode::RateLimited) + 1);
        }
        if (kind.decision == Decision::Failed) {
            record.error = quint8(int(ErrorCode::Unavailable) + 1);
            record.retries = 2;
            record.set(Flag::Retried);
        }
        record.set(Flag::GraphQl, record.op != 0);
        record.set(Flag::Pinned, record.seq % 97 == 0);
        if (record.route == id("events")) {
            record.set(Flag::Sse);
            record.set(Flag::Open);
            record.protocol = Protocol::Sse;
            record.duration = 0;
        }
        if (record.seq % 211 == 0) {
            record.status = 0;
            record.set(Flag::Aborted);
            record.decision = Decision::Failed;
        }
    }

    static std::discrete_distribution<std::size_t> weights()
    {
        std::vector<double> list;
        for (const Kind &kind : kinds)
            list.push_back(kind.weight);
        return {list.begin(), list.end()};
    }

    std::mt19937_64 m_random{4};
    std::normal_distribution<double> m_noise;
    std::discrete_distribution<std::size_t> m_pick = weights();
    HotRecord *m_record = nullptr;
    quint32 m_at = 0;
};

} // namespace

client::FeedBatch demoTraffic(int count, qint64 end)
{
    Maker maker;
    client::FeedBatch batch;
    batch.epoch = 1;
    constexpr qint64 minutes = 300'000'000'000;
    for (int i = 0; i < count; ++i) {
        const double wave = std::sin(double(i) / count * 20) * 0.01;
        const double share = double(i) / count + wave * double(i) / count;
        batch.records.push_back(
            maker.next(quint64(i) + 1, end - minutes + qint64(share * double(minutes))));
    }
    for (StringId id = 1; id < maker.strings.count(); ++id) {
        const std::string_view text = maker.strings.text(id);
        batch.strings.emplace_back(id, QByteArray(text.data(), qsizetype(text.size())));
    }
    return batch;
}

} // namespace gatehouse::test
