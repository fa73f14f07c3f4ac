// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/errorresponse.h"

#include "engine/core/log.h"

#include <string>

namespace gatehouse {

namespace {

/// Server-side failures say nothing about our inside in production; client mistakes are explained.
bool mayShowDetail(const Exchange &exchange, int status)
{
    return exchange.isDevelopment() || status < 500;
}

void appendMember(std::string &json, std::string_view name, std::string_view value)
{
    json.append(json.size() > 1 ? "," : "");
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

std::string problem(const Exchange &exchange, const Error &error, int status)
{
    std::string json = "{";
    appendMember(json, "type", "about:blank");
    appendMember(json, "title", reasonPhrase(status));
    json.append(",\"status\":").append(std::to_string(status));
    if (mayShowDetail(exchange, status))
        appendMember(json, "detail", error.text().toStdString());
    appendMember(json, "code", errorName(error.code()));
    appendMember(json, "request_id", exchange.requestId());
    if (exchange.isDevelopment())
        appendDevelopmentMembers(json, error);
    json.append("}\n");
    return json;
}

} // namespace

Response errorResponse(Exchange &exchange, const Error &error)
{
    exchange.setErrorCode(error.code());
    const int status = httpStatus(error.code());
    const std::string body = problem(exchange, error, status);
    Response response = Response::text(exchange.arena(), status, body, "application/problem+json");
    if (exchange.isDevelopment())
        response.headers().add("Gatehouse-Error", errorName(error.code()));
    return response;
}

} // namespace gatehouse
