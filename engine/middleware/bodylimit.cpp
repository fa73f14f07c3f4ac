// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"
#include "engine/middleware/builtins.h"

namespace gatehouse::middleware {

namespace {

/// Sets the largest request body for what is inside: a route may take more, or less, than its
/// listener's limits.body_bytes. A declared length over it is refused before anything is read.
class BodyLimit final : public Hooks
{
public:
    explicit BodyLimit(qint64 bytes) : m_bytes(bytes) {}

    std::optional<Response> onRequest(Exchange &exchange) const override
    {
        exchange.setBodyLimit(m_bytes);
        const BodyStream *body = exchange.request().body();
        if (m_bytes == 0 || !body || body->remaining() <= m_bytes)
            return std::nullopt;
        const QString rule =
            QString("the request body is over its limit of %1 bytes (body_limit)").arg(m_bytes);
        Response response = errorResponse(exchange, Error(ErrorCode::PayloadTooLarge, rule));
        response.closeConnection();
        return response;
    }

private:
    qint64 m_bytes;
};

class BodyLimitFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "body_limit"; }
    [[nodiscard]] config::Schema schema() const override
    {
        using config::Schema;
        return Schema::object(
                   {
                       {"bytes",
                        Schema::size().required().describe("Largest request body; 0 is no limit.")},
                   })
            .describe("Bounds request bodies, in the place of the listener's limit.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &settings,
                                                     const BuildContext &) const override
    {
        return std::make_unique<BodyLimit>(settings.sizeOf("bytes"));
    }
};

} // namespace

FactoryPtr makeBodyLimitFactory()
{
    return std::make_unique<BodyLimitFactory>();
}

} // namespace gatehouse::middleware
