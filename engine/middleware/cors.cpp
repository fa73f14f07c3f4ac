// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/builtins.h"
#include "engine/middleware/corspolicy.h"

namespace gatehouse::middleware {

namespace {

/// Tells browsers which origins may read the answer. Preflights do not come this far: the gateway
/// answers them from the same policy before anything else looks at them (gateway/preflight.h).
class Cors final : public Hooks
{
public:
    Cors(CorsPolicy policy, bool isOfRoute) : m_policy(std::move(policy)), m_isOfRoute(isOfRoute) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        Exchange::Cors &state = exchange.cors();
        if (state.origin.empty())
            state.origin = CorsPolicy::originOf(exchange.request());
        m_policy.explain(exchange, state.origin);
        return std::nullopt;
    }
    void onResponse(Exchange &exchange, Response &response) const override
    {
        Exchange::Cors &state = exchange.cors();
        if (!m_isOfRoute && state.isOfRoute)
            return;
        m_policy.apply(state.origin, response);
        // Said only now: an exception passes this by, and then the policy further out applies.
        state.isOfRoute |= m_isOfRoute;
    }

private:
    CorsPolicy m_policy;
    bool m_isOfRoute;
};

class CorsFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "cors"; }
    [[nodiscard]] config::Schema schema() const override
    {
        return CorsPolicy::schema().describe(
            "Lets scripts of other origins call, and answers their preflights.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &context) const override
    {
        Result<CorsPolicy> policy = CorsPolicy::fromSettings(settings);
        if (!policy)
            return std::unexpected(policy.error());
        return std::make_unique<Cors>(std::move(*policy), !context.routeId.empty());
    }
};

} // namespace

FactoryPtr makeCorsFactory()
{
    return std::make_unique<CorsFactory>();
}

} // namespace gatehouse::middleware
