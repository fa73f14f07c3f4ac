// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/builtins.h"

namespace gatehouse::middleware {

namespace {

/// Sets the deadline for the head of the answer: connecting and waiting for the upstream end there
/// with a 504. A body that flows is not cut: it has idle timeouts.
class Timeout final : public Hooks
{
public:
    explicit Timeout(std::chrono::milliseconds request) : m_request(request) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        const SteadyTime deadline = exchange.startTime() + m_request;
        exchange.setDeadline(std::min(deadline, exchange.deadline()));
        return std::nullopt;
    }

private:
    std::chrono::milliseconds m_request;
};

class TimeoutFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "timeout"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object({
                                  {"request",
                                   Schema::duration().required().describe(
                                       "From the request's arrival to the head of its answer.")},
                              })
            .describe("Answers 504 when the upstream takes too long to answer.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        const std::chrono::milliseconds request = settings.durationOf("request");
        if (request.count() == 0) // would answer 504 to everything
            return std::unexpected(
                Error(ErrorCode::InvalidConfig, "must be longer than 0").at("request"));
        return std::make_unique<Timeout>(request);
    }
};

} // namespace

FactoryPtr makeTimeoutFactory()
{
    return std::make_unique<TimeoutFactory>();
}

} // namespace gatehouse::middleware
