// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/template.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

bool isUnreserved(char c)
{
    constexpr std::string_view others = "-._~!$&'()*+,;=:@";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || others.find(c) != std::string_view::npos;
}

std::string_view builtinValue(const Exchange &exchange, std::string_view name)
{
    const Request &request = exchange.request();
    if (name == "method")
        return request.methodText();
    if (name == "path")
        return request.path();
    if (name == "query")
        return request.query();
    if (name == "host")
        return request.authority();
    if (name == "scheme")
        return exchange.peer().scheme;
    if (name == "client_ip")
        return exchange.clientAddress();
    if (name == "request_id")
        return exchange.requestId();
    if (name == "route")
        return exchange.routeId();
    return {};
}

std::string_view valueOf(Exchange &exchange, std::string_view name)
{
    for (const PathParam &param : exchange.pathParams()) {
        if (param.name == name)
            return percentEncoded(param.value, exchange.arena());
    }
    return builtinValue(exchange, name);
}

} // namespace

std::string_view percentEncoded(std::string_view text, Arena &arena)
{
    // "/" stays: a tail parameter holds whole paths.
    const auto isPlain = [](char c) { return isUnreserved(c) || c == '/'; };
    if (std::ranges::all_of(text, isPlain))
        return text;
    constexpr std::string_view digits = "0123456789ABCDEF";
    char *const begin = arena.chars(text.size() * 3);
    char *to = begin;
    for (const char c : text) {
        if (isPlain(c)) {
            *to++ = c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        *to++ = '%';
        *to++ = digits[byte >> 4];
        *to++ = digits[byte & 15];
    }
    return {begin, static_cast<std::size_t>(to - begin)};
}

Result<Template> Template::parse(std::string_view text)
{
    Template result;
    std::string literal;
    while (!text.empty()) {
        if (text.starts_with("{{") || text.starts_with("}}")) {
            literal.push_back(text.front());
            text.remove_prefix(2);
            continue;
        }
        if (text.front() == '}')
            return fail(ErrorCode::InvalidConfig, "has a } without its {; write }} for a brace");
        if (text.front() != '{') {
            literal.push_back(text.front());
            text.remove_prefix(1);
            continue;
        }
        const std::size_t end = text.find('}');
        if (end == std::string_view::npos || end == 1)
            return fail(ErrorCode::InvalidConfig,
                        "has a { without a name and its }; write {{ for a brace");
        result.m_parts.push_back(
            {std::exchange(literal, {}), std::string(text.substr(1, end - 1))});
        text.remove_prefix(end + 1);
    }
    result.m_parts.push_back({std::move(literal), {}});
    return result;
}

std::string_view Template::expand(Exchange &exchange) const
{
    if (isConstant())
        return m_parts.empty() ? std::string_view() : std::string_view(m_parts.front().literal);
    std::string text;
    for (const Part &part : m_parts)
        text.append(part.literal)
            .append(part.name.empty() ? std::string_view() : valueOf(exchange, part.name));
    return exchange.arena().copy(text);
}

} // namespace gatehouse::middleware
