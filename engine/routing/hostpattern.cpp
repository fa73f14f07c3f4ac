// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/hostpattern.h"

namespace gatehouse::routing {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c;
}

std::string_view withoutPort(std::string_view authority)
{
    if (authority.starts_with('[')) // an IPv6 literal keeps its colons
        return authority.substr(0, authority.find(']') + 1);
    return authority.substr(0, authority.find(':'));
}

} // namespace

Expected<HostPattern> HostPattern::parse(std::string_view text)
{
    HostPattern pattern;
    if (text == "*")
        return pattern;
    const bool isWildcard = text.starts_with("*.");
    const HostName host(isWildcard ? text.substr(1) : text);
    const std::string name(host.text());
    if (name.empty() || name == "." || name.find_first_of("*/@? ") != name.npos) {
        return std::unexpected(RoutingError{"\"" + std::string(text) + "\" is no host",
                                            "write a name, \"*.example.com\" or \"*\""});
    }
    if (withoutPort(text) != text) {
        return std::unexpected(
            RoutingError{"\"" + std::string(text) + "\": routes match hosts without port",
                         "write \"" + name + "\""});
    }
    pattern.m_kind = isWildcard ? Kind::Wildcard : Kind::Exact;
    pattern.m_key = name;
    return pattern;
}

std::string HostPattern::text() const
{
    return m_kind == Kind::Exact ? m_key : "*" + m_key;
}

bool HostPattern::accepts(std::string_view host) const
{
    switch (m_kind) {
    case Kind::Exact:
        return host == m_key;
    case Kind::Wildcard:
        return host.size() > m_key.size() && host.ends_with(m_key);
    case Kind::Any:
        return true;
    }
    return false;
}

bool isMoreSpecific(const HostPattern &a, const HostPattern &b)
{
    if (a.m_kind != b.m_kind)
        return a.m_kind < b.m_kind;
    return a.m_kind == HostPattern::Kind::Wildcard && a.m_key.size() > b.m_key.size();
}

HostName::HostName(std::string_view authority)
{
    std::string_view host = withoutPort(authority);
    if (host.ends_with('.'))
        host.remove_suffix(1);
    if (host.size() > m_text.size())
        return;
    for (; m_size < host.size(); ++m_size)
        m_text[m_size] = lower(host[m_size]);
}

} // namespace gatehouse::routing
