// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/middleware/originpattern.h"

#include "engine/http/characters.h"

#include <algorithm>

namespace gatehouse::middleware {

namespace {

std::unexpected<Error> refuse(std::string_view text)
{
    const QString quoted = QString::fromUtf8(text.data(), qsizetype(text.size()));
    return fail(ErrorCode::InvalidConfig,
                QString("\"%1\" is no origin: write https://app.example.com, "
                        "https://*.example.com for its sub-domains, or *")
                    .arg(quoted));
}

bool isHostCharacter(char c)
{
    return isIn(c, DigitChar) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
        || c == '.' || c == '_';
}

bool isIpv6(char c)
{
    return isIn(c, HexChar) || c == ':' || c == '.';
}

/// What browsers put into Origin behind the scheme: a host, maybe in brackets, and maybe a port.
bool isAuthority(std::string_view text)
{
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == text.npos || end == 1 || !std::ranges::all_of(text.substr(1, end - 1), isIpv6))
            return false;
        text.remove_prefix(end + 1);
        return text.empty()
            || (text.size() > 1 && text[0] == ':' && areAllIn(text.substr(1), DigitChar));
    }
    const std::size_t colon = text.find(':');
    const std::string_view host = text.substr(0, colon);
    const bool isHost = !host.empty() && std::ranges::all_of(host, isHostCharacter);
    return isHost
        && (colon == text.npos
            || (colon + 1 < text.size() && areAllIn(text.substr(colon + 1), DigitChar)));
}

std::string_view withoutDefaultPort(std::string_view scheme, std::string_view authority)
{
    const std::string_view port = equalsIgnoringCase(scheme, "https") ? "443" : "80";
    const std::size_t colon = authority.rfind(':');
    const bool isDefault = colon != authority.npos && authority.substr(colon + 1) == port;
    return isDefault ? authority.substr(0, colon) : authority;
}

} // namespace

Result<OriginPattern> OriginPattern::parse(std::string_view text)
{
    OriginPattern pattern;
    if (text == "*") {
        pattern.m_kind = Kind::Everything;
        return pattern;
    }
    pattern.m_suffix = text;
    if (text == "null")
        return pattern;
    const std::size_t mark = text.find("://");
    if (mark == text.npos || mark == 0 || !areAllIn(text.substr(0, mark), TokenChar))
        return refuse(text);
    std::string_view authority = text.substr(mark + 3);
    if (authority.starts_with("*.")) {
        pattern.m_kind = Kind::SubDomains;
        pattern.m_prefix = text.substr(0, mark + 3);
        pattern.m_suffix = authority.substr(1);
        authority.remove_prefix(2);
    }
    if (!isAuthority(authority) || authority.starts_with('.'))
        return refuse(text);
    // Browsers leave the default port out: with it the pattern would never match.
    const std::string_view scheme = text.substr(0, mark);
    const std::size_t port = authority.size() - withoutDefaultPort(scheme, authority).size();
    pattern.m_suffix.resize(pattern.m_suffix.size() - port);
    return pattern;
}

bool OriginPattern::matches(std::string_view origin) const
{
    if (m_kind == Kind::Everything)
        return true;
    if (m_kind == Kind::Exact)
        return equalsIgnoringCase(origin, m_suffix);
    if (origin.size() <= m_prefix.size() + m_suffix.size())
        return false;
    const std::string_view label =
        origin.substr(m_prefix.size(), origin.size() - m_prefix.size() - m_suffix.size());
    // Only what can be a host stands for the star: "https://evil.test/.example.com" does not.
    return equalsIgnoringCase(origin.substr(0, m_prefix.size()), m_prefix)
        && equalsIgnoringCase(origin.substr(origin.size() - m_suffix.size()), m_suffix)
        && std::ranges::all_of(label, isHostCharacter) && label.front() != '.';
}

std::string_view clientScheme(const Exchange &exchange)
{
    const Exchange::Peer &peer = exchange.peer();
    const std::string_view told = peer.isTrusted
        ? exchange.request().headers().value(FieldName::XForwardedProto)
        : std::string_view();
    if (equalsIgnoringCase(told, "https"))
        return "https";
    if (equalsIgnoringCase(told, "http"))
        return "http";
    return peer.scheme;
}

bool isOwnOrigin(const Exchange &exchange, std::string_view origin)
{
    const std::string_view scheme = clientScheme(exchange);
    const std::size_t mark = origin.find("://");
    if (mark == origin.npos || !equalsIgnoringCase(origin.substr(0, mark), scheme))
        return false;
    const Exchange::Peer &peer = exchange.peer();
    const std::string_view told = peer.isTrusted
        ? exchange.request().headers().value(FieldName::XForwardedHost)
        : std::string_view();
    const std::string_view authority = told.empty() ? exchange.request().originalAuthority() : told;
    return equalsIgnoringCase(withoutDefaultPort(scheme, origin.substr(mark + 3)),
                              withoutDefaultPort(scheme, authority));
}

} // namespace gatehouse::middleware
