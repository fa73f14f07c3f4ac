// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/crypto/random.h"
#include "engine/http/errorresponse.h"
#include "engine/limits/redislimit.h"
#include "engine/middleware/builtins.h"
#include "engine/middleware/ratelimitanswer.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

using limits::Counts;
using limits::Decision;

/// What both kinds of rate_limit do around their decision.
class RateLimitCore
{
public:
    RateLimitCore(RateLimitSettings settings, std::shared_ptr<limits::OpenLimit> limit)
        : m_settings(std::move(settings))
        , m_limit(std::move(limit))
        , m_counts(m_limit->counts())
    {
    }

    [[nodiscard]] const RateLimitSettings &settings() const { return m_settings; }
    [[nodiscard]] limits::LocalLimit &local() const { return *m_limit->local(); }

    [[nodiscard]] bool isExempt(const Exchange &exchange, std::string_view key) const
    {
        if (std::ranges::find(m_settings.exemptKeys, key) != m_settings.exemptKeys.end())
            return true;
        if (m_settings.exemptNetworks.empty())
            return false;
        const auto address = net::Address::fromIp(exchange.clientAddress(), 0);
        return address && std::ranges::any_of(m_settings.exemptNetworks, [&](const auto &network) {
                   return network.contains(*address);
               });
    }

    /// Notes what has been decided, and says what follows from it.
    std::optional<Response> conclude(Exchange &exchange, std::string_view key,
                                     const Decision &decision) const
    {
        const bool isDenied = !decision.isAllowed && !m_settings.isDryRun;
        const RateLimitVerdict verdict = decision.isAllowed ? RateLimitVerdict::Allowed
            : m_settings.isDryRun                           ? RateLimitVerdict::WouldDeny
            : decision.isByHand                             ? RateLimitVerdict::ByHand
            : decision.isBlocked                            ? RateLimitVerdict::Blocked
                                                            : RateLimitVerdict::Denied;
        Counts::add(decision.isAllowed ? m_counts->allowed
                        : isDenied     ? m_counts->denied
                                       : m_counts->wouldDeny);
        const RateLimitFacts &facts = note(exchange, key, decision, verdict);
        if (isDenied)
            return rateLimited(exchange, m_settings, facts);
        if (m_settings.sendsFields && !m_settings.isDryRun)
            exchange.attach(this, &facts);
        return std::nullopt;
    }
    void passExempt(Exchange &exchange, std::string_view key) const
    {
        Counts::add(m_counts->exempt);
        (void)note(exchange, key, {}, RateLimitVerdict::Exempt);
    }
    /// The store cannot answer: better to lose the limit for a moment than the service, unless the
    /// configuration says otherwise.
    std::optional<Response> missStore(Exchange &exchange, std::string_view key,
                                      const Error &cause) const
    {
        Counts::add(m_counts->errors);
        (void)note(exchange, key, {}, RateLimitVerdict::Unavailable);
        if (m_settings.isAllowedOnError)
            return std::nullopt;
        const Error error = Error(ErrorCode::Unavailable, "the rate limit cannot be checked now")
                                .causedBy(cause.text());
        return errorResponse(exchange, error);
    }

    void complete(const Exchange &exchange, Response &response) const
    {
        const void *const facts = exchange.attached(this);
        if (facts)
            addRateLimitFields(response, m_settings,
                               static_cast<const RateLimitFacts *>(facts)->decision());
    }

private:
    const RateLimitFacts &note(Exchange &exchange, std::string_view key, const Decision &decision,
                               RateLimitVerdict verdict) const
    {
        const auto *const facts =
            exchange.arena().make<RateLimitFacts>(m_settings, key, decision, verdict);
        exchange.trace().explain(*facts);
        return *facts;
    }

    RateLimitSettings m_settings;
    std::shared_ptr<limits::OpenLimit> m_limit;
    std::shared_ptr<Counts> m_counts; // of this chain's worker
};

/// Counts in this process: never waits.
class LocalRateLimit final : public Hooks
{
public:
    explicit LocalRateLimit(RateLimitCore core) : m_core(std::move(core)) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        const RateLimitSettings &settings = m_core.settings();
        const std::string_view key = settings.key.of(exchange);
        if (m_core.isExempt(exchange, key)) {
            m_core.passExempt(exchange, key);
            return std::nullopt;
        }
        // The stage before has just looked at the clock.
        const SteadyTime now = std::max(exchange.trace().last(), exchange.startTime());
        const Decision decision = m_core.local().decide(key, settings.cost, now);
        if (decision.isAllowed && settings.rule.algorithm == limits::Algorithm::Concurrency)
            releaseAtEnd(exchange, key);
        return m_core.conclude(exchange, key, decision);
    }
    void onResponse(Exchange &exchange, Response &response) const override
    {
        m_core.complete(exchange, response);
    }

private:
    struct Place
    {
        const LocalRateLimit *limit;
        std::string_view key;
    };
    void releaseAtEnd(Exchange &exchange, std::string_view key) const
    {
        const auto *const place =
            exchange.arena().make<Place>(Place{this, exchange.arena().copy(key)});
        const auto release = [](const void *context, Exchange &ended) {
            const auto *const taken = static_cast<const Place *>(context);
            const RateLimitCore &core = taken->limit->m_core;
            core.local().release(taken->key, core.settings().cost, ended.endTime());
        };
        exchange.onFinished(release, place);
    }

    RateLimitCore m_core;
};

/// Counts in Redis, together with all other gateways.
class SharedRateLimit final : public Middleware
{
public:
    SharedRateLimit(RateLimitCore core, std::string stage, const Services &services)
        : m_core(std::move(core))
        , m_stage(std::move(stage))
        , m_redis(services.redis)
        , m_background(services.background)
        , m_limit(std::make_unique<limits::RedisLimit>(m_core.settings().rule,
                                                       m_core.settings().name, *m_redis))
    {
    }

    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        const std::string_view key = m_core.settings().key.of(exchange);
        std::optional<Response> answer = co_await check(exchange, key);
        exchange.trace().mark(m_stage, answer ? Verdict::Answered : Verdict::Passed);
        if (answer)
            co_return std::move(*answer);
        Response response = co_await next(exchange);
        m_core.complete(exchange, response);
        co_return response;
    }

private:
    struct Place
    {
        const SharedRateLimit *limit;
        std::string_view key;
        std::string_view lease;
    };
    Task<std::optional<Response>> check(Exchange &exchange, std::string_view key) const
    {
        if (m_core.isExempt(exchange, key)) {
            m_core.passExempt(exchange, key);
            co_return std::optional<Response>();
        }
        const bool isPlace = m_core.settings().rule.algorithm == limits::Algorithm::Concurrency;
        const std::string lease = isPlace ? crypto::randomHex(16) : std::string();
        const Result<Decision> decision =
            co_await m_limit->decide(std::string(key), m_core.settings().cost, lease);
        if (!decision)
            co_return m_core.missStore(exchange, key, decision.error());
        if (decision->isAllowed && isPlace)
            releaseAtEnd(exchange, key, lease);
        co_return m_core.conclude(exchange, key, *decision);
    }
    static Task<void> giveBack(std::shared_ptr<state::RedisStore> redis,
                               std::vector<std::string> words)
    {
        // If it fails, the place comes back when its lease ends.
        (void)co_await redis->client().command(std::move(words));
    }
    void releaseAtEnd(Exchange &exchange, std::string_view key, std::string_view lease) const
    {
        Arena &arena = exchange.arena();
        const auto *const place =
            arena.make<Place>(Place{this, arena.copy(key), arena.copy(lease)});
        const auto release = [](const void *context, Exchange &) {
            const auto *const taken = static_cast<const Place *>(context);
            const SharedRateLimit &self = *taken->limit;
            std::vector<std::string> words =
                self.m_limit->releaseCommand(taken->key, self.m_core.settings().cost, taken->lease);
            self.m_background->spawn(giveBack(self.m_redis, std::move(words)));
        };
        exchange.onFinished(release, place);
    }

    RateLimitCore m_core;
    std::string m_stage;
    std::shared_ptr<state::RedisStore> m_redis; // outlives m_limit
    std::shared_ptr<BackgroundJobs> m_background;
    std::unique_ptr<limits::RedisLimit> m_limit;
};

/// Stands where a limit would stand in production, and says so.
class RateLimitOff final : public Hooks
{
public:
    explicit RateLimitOff(RateLimitSettings settings)
        : m_settings(std::move(settings))
        , m_facts(m_settings, {}, {}, RateLimitVerdict::Off)
    {
    }
    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        exchange.trace().explain(m_facts);
        return std::nullopt;
    }

private:
    RateLimitSettings m_settings;
    RateLimitFacts m_facts;
};

class RateLimitFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "rate_limit"; }
    [[nodiscard]] config::Schema schema() const override { return RateLimitSettings::schema(); }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        Result<RateLimitSettings> read = RateLimitSettings::read(settings, context);
        if (!read)
            return std::unexpected(read.error());
        if (!read->isEnforced)
            return std::make_unique<RateLimitOff>(std::move(*read));
        const Services &services = *context.services;
        const bool isShared = services.redis != nullptr;
        std::shared_ptr<limits::OpenLimit> limit = services.limits->open(
            read->name, read->rule, read->key.text(), isShared, services.maxKeys);
        RateLimitCore core(std::move(*read), std::move(limit));
        if (isShared)
            return std::make_unique<SharedRateLimit>(std::move(core), context.name, services);
        return std::make_unique<LocalRateLimit>(std::move(core));
    }
};

} // namespace

FactoryPtr makeRateLimitFactory()
{
    return std::make_unique<RateLimitFactory>();
}

} // namespace gatehouse::middleware
