// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/idempotencykey.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

constexpr std::size_t longestKey = 255;

bool isKey(std::string_view text)
{
    return !text.empty() && text.size() <= longestKey
        && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

/// With its length in front, so that no two lists of parts give the same text.
void appendPart(std::string &to, std::string_view part)
{
    to.append(std::to_string(part.size())).append(":").append(part);
}

/// Everything by which the service may tell callers apart whom we cannot name.
void appendUnnamed(std::string &to, const Exchange &exchange)
{
    appendPart(to, "address");
    appendPart(to, exchange.clientAddress());
    for (const Field &field : exchange.request().headers().fields()) {
        for (const char *name : {"Authorization", "X-Api-Key", "Cookie"}) {
            if (!equalsIgnoringCase(field.name, name))
                continue;
            appendPart(to, name);
            appendPart(to, field.value);
        }
    }
}

void appendCaller(std::string &to, const Exchange &exchange)
{
    const Identity *const identity = exchange.identity();
    if (!identity) {
        appendUnnamed(to, exchange);
        return;
    }
    appendPart(to, "identity");
    appendPart(to, identity->provider);
    appendPart(to, identity->claim("iss")); // another issuer's "42" is somebody else
    appendPart(to, identity->subject);
    appendPart(to, identity->claim("tenant_id"));
    if (!identity->subject.empty())
        return;
    // Admitted, but nobody has said who it is: two of them are not the same caller.
    for (const Claim &claim : identity->claims) {
        appendPart(to, claim.name);
        appendPart(to, claim.value);
    }
    appendUnnamed(to, exchange);
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    for (char &c : result) {
        if (c >= 'A' && c <= 'Z')
            c = char(c - 'A' + 'a');
    }
    return result;
}

std::string hashOf(const Exchange &exchange, std::string_view last)
{
    const Request &request = exchange.request();
    std::string text;
    appendCaller(text, exchange);
    appendPart(text, exchange.routeId());
    appendPart(text, lowered(request.originalAuthority()));
    appendPart(text, request.methodText());
    appendPart(text, request.path());
    appendPart(text, sortedQuery(request.query()));
    appendPart(text, last);
    return crypto::hex(crypto::sha256(text));
}

} // namespace

Result<std::optional<std::string_view>> idempotencyKeyOf(const Request &request,
                                                         const std::vector<std::string> &names)
{
    std::optional<std::string_view> key;
    for (const Field &field : request.headers().fields()) {
        const auto isName = [&field](const std::string &name) {
            return equalsIgnoringCase(field.name, name);
        };
        if (std::ranges::none_of(names, isName))
            continue;
        if (!isKey(field.value))
            return fail(ErrorCode::BadRequest,
                        "the idempotency key must be 1 to 255 visible ASCII characters");
        if (key && *key != field.value)
            return fail(ErrorCode::BadRequest, "there are two idempotency keys: send one");
        key = field.value;
    }
    return key;
}

std::string idempotencyStoreKey(const Exchange &exchange, std::string_view key)
{
    return "idempotency:" + hashOf(exchange, key);
}

std::string fingerprintStoreKey(const Exchange &exchange, const crypto::Sha256 &bodyHash)
{
    return "dedup:" + hashOf(exchange, crypto::hex(bodyHash));
}

std::string sortedQuery(std::string_view query)
{
    std::vector<std::string_view> parts;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        if (end > 0)
            parts.push_back(query.substr(0, end));
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    std::ranges::sort(parts);
    std::string text;
    for (const std::string_view part : parts)
        text.append(text.empty() ? "" : "&").append(part);
    return text;
}

} // namespace gatehouse::middleware
