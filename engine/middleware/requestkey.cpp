// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/requestkey.h"

#include "engine/crypto/digest.h"
#include "engine/http/requestvalues.h"

#include <algorithm>
#include <array>

namespace gatehouse::middleware {

namespace {

constexpr std::size_t longest = 128;
constexpr std::string_view nobody = "anonymous";

/// Half of a digest: enough to tell keys apart, not enough to be taken for the whole.
std::string_view digestOf(std::string_view value, Arena &arena)
{
    return arena.concat("sha256:", crypto::hex(crypto::sha256(value)).substr(0, 32));
}

/// Of a header or a query parameter. Rather one too many: a digest counts as well as the value.
bool soundsSecret(std::string_view name)
{
    constexpr std::array<std::string_view, 11> words{"auth",   "cookie",  "key",  "token",
                                                     "secret", "session", "pass", "sign",
                                                     "code",   "cred",    "sid"};
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return std::ranges::any_of(
        words, [&lower](std::string_view word) { return lower.find(word) != lower.npos; });
}

} // namespace

Result<RequestKey::Part> RequestKey::partFrom(std::string_view text)
{
    struct Known
    {
        std::string_view text;
        Source source;
        bool hasName;
    };
    constexpr std::array<Known, 11> all{{{"client_ip", Source::ClientIp, false},
                                         {"subject", Source::Subject, false},
                                         {"api_key", Source::ApiKey, false},
                                         {"route", Source::Route, false},
                                         {"host", Source::Host, false},
                                         {"method", Source::Method, false},
                                         {"header", Source::Header, true},
                                         {"cookie", Source::Cookie, true},
                                         {"query", Source::Query, true},
                                         {"claim", Source::Claim, true},
                                         {"param", Source::Parameter, true}}};
    const std::size_t colon = text.find(':');
    const bool hasName = colon != std::string_view::npos;
    const std::string_view name = hasName ? text.substr(colon + 1) : std::string_view();
    const auto known = std::ranges::find(all, text.substr(0, colon), &Known::text);
    if (known == all.end() || known->hasName != hasName || (hasName && name.empty())) {
        return fail(ErrorCode::InvalidConfig,
                    QString("\"%1\" is nothing to count by; use client_ip, subject, api_key, "
                            "route, host, method, header:NAME, cookie:NAME, query:NAME, "
                            "claim:NAME or param:NAME")
                        .arg(QString::fromUtf8(text)));
    }
    Part part{{}, known->source, std::string(name)};
    const bool isFree = part.source == Source::Header || part.source == Source::Query;
    part.isSecret = part.source == Source::Cookie || (isFree && soundsSecret(name));
    return part;
}

Result<RequestKey> RequestKey::parse(std::string_view text)
{
    RequestKey key;
    key.m_text = text;
    if (!text.contains('{')) {
        Result<Part> part = partFrom(text);
        if (!part)
            return std::unexpected(part.error());
        key.m_parts.push_back(std::move(*part));
        return key;
    }
    while (true) {
        const std::size_t open = text.find('{');
        if (open == std::string_view::npos)
            break;
        const std::size_t end = text.find('}', open);
        if (end == std::string_view::npos)
            return fail(ErrorCode::InvalidConfig, "a \"{\" has no \"}\"");
        Result<Part> part = partFrom(text.substr(open + 1, end - open - 1));
        if (!part)
            return std::unexpected(part.error());
        part->literal = text.substr(0, open);
        key.m_parts.push_back(std::move(*part));
        text.remove_prefix(end + 1);
    }
    key.m_end = text;
    return key;
}

std::string_view RequestKey::valueOf(const Part &part, Exchange &exchange)
{
    const Request &request = exchange.request();
    const Identity *const identity = exchange.identity();
    switch (part.source) {
    case Source::ClientIp:
        return exchange.clientAddress();
    case Source::Subject:
        return identity ? identity->subject : std::string_view();
    case Source::ApiKey:
        return identity && identity->provider == "api_key" ? identity->subject : std::string_view();
    case Source::Route:
        return exchange.routeId();
    case Source::Host:
        return request.authority();
    case Source::Method:
        return request.methodText();
    case Source::Header:
        return request.headers().value(part.name);
    case Source::Cookie:
        return cookieValue(request.headers(), part.name);
    case Source::Query:
        return queryValue(request.query(), part.name);
    case Source::Claim:
        return identity ? identity->claim(part.name) : std::string_view();
    case Source::Parameter:
        return exchange.pathParam(part.name);
    }
    return {};
}

std::string_view RequestKey::shown(const Part &part, Exchange &exchange)
{
    const std::string_view value = valueOf(part, exchange);
    if (value.empty())
        return nobody;
    if (part.isSecret || value.size() > longest)
        return digestOf(value, exchange.arena());
    return value;
}

std::string_view RequestKey::of(Exchange &exchange) const
{
    if (m_parts.size() == 1 && m_parts[0].literal.empty() && m_end.empty())
        return shown(m_parts[0], exchange);
    std::string_view key;
    Arena &arena = exchange.arena();
    for (const Part &part : m_parts)
        key = arena.concat(key, part.literal, shown(part, exchange));
    return arena.concat(key, m_end);
}

} // namespace gatehouse::middleware
