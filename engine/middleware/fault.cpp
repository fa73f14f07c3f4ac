// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"
#include "engine/net/pause.h"

#include <atomic>

namespace gatehouse::middleware {

namespace {

struct FaultSettings
{
    std::chrono::milliseconds delay{0};
    int status = 0; ///< 0: no error
    int percent = 100;
    int every = 0; ///< every so many requests; 0: by percent
    std::string name;
};

class FaultFacts final : public StageFacts
{
public:
    explicit FaultFacts(const FaultSettings &settings) : m_settings(settings) {}
    void describe(std::string &to) const override
    {
        to.append("fault=injected delay_ms=").append(std::to_string(m_settings.delay.count()));
        if (m_settings.status != 0)
            to.append(" status=").append(std::to_string(m_settings.status));
    }

private:
    const FaultSettings &m_settings;
};

/// Makes trouble on purpose: waits, or answers with an error, for some requests. Which ones is
/// decided by counting, not by dice, so that the same traffic has the same faults.
class Fault final : public Middleware
{
public:
    explicit Fault(FaultSettings settings) : m_settings(std::move(settings)) {}

    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        if (!isMeant())
            co_return co_await next(exchange);
        exchange.trace().explain(*exchange.arena().make<FaultFacts>(m_settings));
        co_await net::Pause(m_settings.delay);
        const bool isError = m_settings.status != 0;
        exchange.trace().mark(m_settings.name, isError ? Verdict::Answered : Verdict::Passed);
        if (isError)
            co_return Response::text(exchange.arena(), m_settings.status, "a fault, on purpose\n");
        co_return co_await next(exchange);
    }

private:
    [[nodiscard]] bool isMeant() const
    {
        const quint64 number = m_count.fetch_add(1, std::memory_order_relaxed);
        if (m_settings.every > 0)
            return number % quint64(m_settings.every) == 0;
        // Evenly spread: 30 % are 3 of every 10, not 30 of every 100 in a row.
        return (number * quint64(m_settings.percent)) % 100 < quint64(m_settings.percent);
    }

    FaultSettings m_settings;
    mutable std::atomic<quint64> m_count = 0; ///< of this chain's worker
};

class FaultFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "fault"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"delay",
                        Schema::duration().withDefault("0ms").describe("Waits before going on.")},
                       {"status",
                        Schema::integer(400, 599).describe(
                            "Answers with this status instead of going on.")},
                       {"percent",
                        Schema::integer(0, 100).withDefault("100").describe(
                            "How many of a hundred requests are meant, evenly spread.")},
                       {"every",
                        Schema::integer(1, 1'000'000)
                            .describe("Instead of percent: the first of so many requests.")},
                   })
            .describe("Delays or fails some requests on purpose, to see what others make of it.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        FaultSettings read;
        read.delay = settings.durationOf("delay");
        read.status = int(settings.integerOf("status"));
        read.percent = int(settings.integerOf("percent", 100));
        read.every = int(settings.integerOf("every"));
        read.name = context.name;
        constexpr std::chrono::minutes longest{5};
        if (read.delay > longest)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be at most 5m").at("delay"));
        if (read.delay.count() == 0 && read.status == 0)
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "does nothing: give a delay, a status or both"));
        return std::make_unique<Fault>(std::move(read));
    }
};

} // namespace

FactoryPtr makeFaultFactory()
{
    return std::make_unique<FaultFactory>();
}

} // namespace gatehouse::middleware
