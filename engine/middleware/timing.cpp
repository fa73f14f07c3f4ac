// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/characters.h"
#include "engine/middleware/builtins.h"

#include <algorithm>
#include <charconv>

namespace gatehouse::middleware {

namespace {

/// Tells the client how long its answer took: X-Processing-Time in milliseconds, and Server-Timing
/// (W3C) with every stage. The time goes from here inwards to the head of the answer, on the steady
/// clock; sending the body is not in it.
class Timing final : public Hooks
{
public:
    Timing(bool hasDecimals, bool withServerTiming)
        : m_hasDecimals(hasDecimals)
        , m_withServerTiming(withServerTiming)
    {
    }

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        // The stage before has just looked at the clock.
        const SteadyTime begin = std::max(exchange.trace().last(), exchange.startTime());
        exchange.attach(this, exchange.arena().make<SteadyTime>(begin));
        return std::nullopt;
    }
    void onResponse(Exchange &exchange, Response &response) const override
    {
        const auto *const begin = static_cast<const SteadyTime *>(exchange.attached(this));
        const auto took = Clock::system().now() - *begin;
        Arena &arena = exchange.arena();
        response.headers().set("X-Processing-Time",
                               m_hasDecimals ? milliseconds(arena, took) : whole(arena, took));
        if (m_withServerTiming)
            response.headers().set("Server-Timing", serverTiming(exchange));
    }

private:
    static std::string_view whole(Arena &arena, std::chrono::nanoseconds duration)
    {
        char *const begin = arena.chars(20);
        const auto count = std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
        return {begin,
                static_cast<std::size_t>(std::to_chars(begin, begin + 20, count).ptr - begin)};
    }
    static std::string_view milliseconds(Arena &arena, std::chrono::nanoseconds duration)
    {
        char *const begin = arena.chars(24);
        const double value = double(duration.count()) / 1e6;
        char *const end = std::to_chars(begin, begin + 24, value, std::chars_format::fixed, 3).ptr;
        return {begin, static_cast<std::size_t>(end - begin)};
    }
    static std::string_view serverTiming(Exchange &exchange)
    {
        std::string text;
        for (const Stage &stage : exchange.trace().stages()) {
            text.append(text.empty() ? "" : ", ");
            for (const char c : stage.name) // a token: "upstream.response" is one
                text.push_back(isIn(c, TokenChar) ? c : '_');
            text.append(";dur=").append(milliseconds(exchange.arena(), stage.end - stage.begin));
        }
        return exchange.arena().copy(text);
    }

    bool m_hasDecimals;
    bool m_withServerTiming;
};

class TimingFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "timing"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object({
                                  {"decimals",
                                   Schema::boolean().withDefault("false").describe(
                                       "X-Processing-Time with three decimals.")},
                                  {"server_timing",
                                   Schema::boolean().withDefault("true").describe(
                                       "Add Server-Timing with every stage.")},
                              })
            .describe("Adds X-Processing-Time (milliseconds) and Server-Timing to answers.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        return std::make_unique<Timing>(settings.flagOf("decimals"),
                                        settings.flagOf("server_timing"));
    }
};

} // namespace

FactoryPtr makeTimingFactory()
{
    return std::make_unique<TimingFactory>();
}

} // namespace gatehouse::middleware
