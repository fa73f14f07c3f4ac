// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/log.h"
#include "engine/http/errorresponse.h"
#include "engine/http/httpdate.h"
#include "engine/middleware/builtins.h"
#include "engine/observe/redact.h"

namespace gatehouse::middleware {

namespace {

constexpr std::size_t largestEcho = 64 << 10;

bool isCredential(const Field &field)
{
    return equalsIgnoringCase(field.name, "authorization")
        || equalsIgnoringCase(field.name, "cookie") || equalsIgnoringCase(field.name, "x-api-key")
        || equalsIgnoringCase(field.name, "x-auth-token")
        || field.id == FieldName::ProxyAuthorization;
}

void member(std::string &json, std::string_view name, std::string_view value)
{
    json.append(json.size() > 1 ? "," : "");
    appendJson(json, name);
    json.push_back(':');
    appendJson(json, value);
}

std::string describe(const Exchange &exchange, std::string_view body)
{
    const Request &request = exchange.request();
    std::string json = "{";
    member(json, "method", request.methodText());
    member(json, "path", request.path());
    std::string query;
    observe::appendRedactedQuery(query, request.query());
    member(json, "query", query);
    member(json, "host", request.authority());
    member(json, "client", exchange.clientAddress());
    member(json, "remote",
           std::string(exchange.peer().address) + ':' + std::to_string(exchange.peer().port));
    member(json, "request_id", exchange.requestId());
    member(json, "route", exchange.routeId());
    member(json, "timestamp", httpDate(Clock::system().wall()));
    std::string headers = "{";
    for (const Field &field : request.headers().fields())
        member(headers, field.name, isCredential(field) ? "***" : field.value);
    json.append(",\"headers\":").append(headers).append("}");
    member(json, "body", body);
    return json.append("}\n");
}

/// Answers with what the gateway understood of the request, as JSON. Credentials are masked.
class Echo final : public Middleware
{
public:
    Task<Response> handle(Exchange &exchange, Next) const override
    {
        std::string body;
        BodyStream *const stream = exchange.request().body();
        for (bool isLast = !stream; !isLast;) {
            const Result<Chunk> chunk = co_await stream->read();
            if (!chunk)
                co_return errorResponse(exchange, chunk.error());
            isLast = chunk->isLast;
            if (body.size() < largestEcho) // the rest is read and not shown
                body.append(chunk->bytes.substr(0, largestEcho - body.size()));
        }
        co_return Response::text(exchange.arena(), 200, describe(exchange, body),
                                 "application/json");
    }
};

class EchoFactory final : public MiddlewareFactory
{
public:
    [[nodiscard]] std::string_view kind() const override { return "echo"; }
    [[nodiscard]] bool answers() const override { return true; }
    [[nodiscard]] config::Schema schema() const override
    {
        return config::Schema::object({}).describe(
            "Answers with the request itself as JSON, for trying things out.");
    }
    Result<std::unique_ptr<const Middleware>> create(const config::Node &,
                                                     const BuildContext &) const override
    {
        return std::make_unique<Echo>();
    }
};

} // namespace

FactoryPtr makeEchoFactory()
{
    return std::make_unique<EchoFactory>();
}

} // namespace gatehouse::middleware
