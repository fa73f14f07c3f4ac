// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/log.h"
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"

namespace gatehouse::middleware {

Q_LOGGING_CATEGORY(lcRecovery, "gatehouse.middleware.recovery", QtInfoMsg)

namespace {

Response recovered(Exchange &exchange, const QString &what)
{
    const Error error =
        Error(ErrorCode::Internal, "a middleware or handler has thrown").causedBy(what);
    LogLine(lcRecovery(), QtCriticalMsg, "exception recovered")
        .field("request_id", exchange.requestId())
        .field("route", exchange.routeId())
        .error(error);
    return errorResponse(exchange, error);
}

/// Turns whatever is thrown inside into a 500, so that one broken middleware ends one request and
/// neither the connection nor the process.
class Recovery final : public Middleware
{
public:
    Task<Response> handle(Exchange &exchange, Next next) const override
    {
        QString what;
        try {
            co_return co_await next(exchange);
        } catch (const std::exception &exception) {
            what = QString::fromUtf8(exception.what());
        } catch (...) {
            what = "not a std::exception";
        }
        co_return recovered(exchange, what);
    }
};

class RecoveryFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "recovery"; }
    [[nodiscard]] config::Schema schema() const override
    {
        return config::Schema::object({}).describe("Turns an exception inside into a 500 answer.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &,
                                                     const BuildContext &) const override
    {
        return std::make_unique<Recovery>();
    }
};

} // namespace

FactoryPtr makeRecoveryFactory()
{
    return std::make_unique<RecoveryFactory>();
}

} // namespace gatehouse::middleware
