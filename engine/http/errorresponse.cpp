// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"

#include "engine/core/log.h"

#include <string>

namespace gatehouse {

namespace {

/// Server-side failures say nothing about our inside in production; client mistakes are explained.
bool mayShowDetail(const Exchange &exchange, const Error &error)
{
    return exchange.isDevelopment() || httpStatus(error.code()) < 500 || error.hasOwnName();
}

void appendMember(std::string &json, std::string_view name, std::string_view value)
{
    json.append(json.ends_with('{') ? "" : ",");
    appendJson(json, name);
    json.push_back(':');
    appendJson(json, value);
}

void appendDevelopmentMembers(std::string &json, const Error &error)
{
    if (!error.cause().isEmpty())
        appendMember(json, "cause", error.cause().toStdString());
    for (const auto &[name, value] : error.context())
        appendMember(json, name.toStdString(), value.toStdString());
    appendMember(json, "advice", errorAdvice(error.code()));
}

/// The members that every problem has, without the end of the object. An empty \a detail is left
/// out.
void beginProblem(std::string &json, const Exchange &exchange, int status, std::string_view detail,
                  std::string_view code)
{
    json.append(R"({"type":"about:blank","title":)");
    appendJson(json, reasonPhrase(status));
    json.append(",\"status\":").append(std::to_string(status));
    if (!detail.empty())
        appendMember(json, "detail", detail);
    appendMember(json, "code", code);
    appendMember(json, "request_id", exchange.requestId());
}

std::string problem(const Exchange &exchange, const Error &error, int status)
{
    std::string json;
    const std::string detail =
        mayShowDetail(exchange, error) ? error.text().toStdString() : std::string();
    beginProblem(json, exchange, status, detail, error.name().toStdString());
    if (exchange.isDevelopment())
        appendDevelopmentMembers(json, error);
    json.append("}\n");
    return json;
}

/// Where the request had come to, innermost first: what a stack trace is to an interpreter.
void appendStack(std::string &json, const Exchange &exchange, const Error &error)
{
    std::string stack = error.text().toStdString();
    if (!error.cause().isEmpty())
        stack.append("\n    caused by ").append(error.cause().toStdString());
    const std::span<const Stage> stages = exchange.trace().stages();
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
        stack.append("\n    at ").append(stage->name);
    appendMember(json, "stack", stack);
}

/// A refusal with a name of its own is all in its message and code; any other error also tells its
/// type, and in development how it came about.
std::string graphQlErrors(const Exchange &exchange, const Error &error, int status)
{
    const std::string code = error.name().toStdString();
    std::string json = R"({"errors":[{)";
    appendMember(json, "message",
                 mayShowDetail(exchange, error) ? error.text().toStdString()
                                                : std::string(reasonPhrase(status)));
    if (!error.hasOwnName()) {
        appendMember(json, "type", "GatewayError");
        json.append(R"(,"isGraphQLError":false)");
        if (exchange.isDevelopment())
            appendStack(json, exchange, error);
    }
    json.append(R"(,"extensions":{)");
    appendMember(json, "code", code);
    json.append(",\"status\":").append(std::to_string(status));
    appendMember(json, "request_id", exchange.requestId());
    json.append(R"(}}],"extensions":{)");
    appendMember(json, "code", code);
    json.append("},\"data\":null}\n");
    return json;
}

/// For who watches: with its cause, which clients see in development only.
void keepText(Exchange &exchange, const Error &error)
{
    if (exchange.watch() == Exchange::Watch::None)
        return;
    std::string text = error.text().toStdString();
    if (!error.cause().isEmpty())
        text.append(": ").append(error.cause().toStdString());
    exchange.setErrorText(exchange.arena().copy(text));
}

} // namespace

Response errorResponse(Exchange &exchange, ErrorCode code, std::string_view detail)
{
    if (exchange.isDevelopment() || exchange.errorFormat() != ErrorFormat::Problem)
        return errorResponse(exchange, Error(code, QString::fromUtf8(detail)));
    exchange.setErrorCode(code);
    if (exchange.watch() != Exchange::Watch::None)
        exchange.setErrorText(exchange.arena().copy(detail));
    thread_local std::string json; // keeps its memory from answer to answer
    json.clear();
    const int status = httpStatus(code);
    beginProblem(json, exchange, status, detail, errorName(code));
    json.append("}\n");
    return Response::text(exchange.arena(), status, json, "application/problem+json");
}

Response errorResponse(Exchange &exchange, const Error &error)
{
    exchange.setErrorCode(error.code());
    keepText(exchange, error);
    const int status = httpStatus(error.code());
    const bool isGraphQl = exchange.errorFormat() == ErrorFormat::GraphQl;
    const std::string body =
        isGraphQl ? graphQlErrors(exchange, error, status) : problem(exchange, error, status);
    Response response = Response::text(exchange.arena(), status, body,
                                       isGraphQl ? "application/json" : "application/problem+json");
    if (exchange.isDevelopment())
        response.headers().add("Gatehouse-Error",
                               exchange.arena().copy(error.name().toStdString()));
    return response;
}

} // namespace gatehouse
