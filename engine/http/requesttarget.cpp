// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/http/requesttarget.h"

#include "engine/http/characters.h"

#include <arpa/inet.h>

#include <array>

namespace gatehouse {

namespace {

std::unexpected<Error> bad(const char *rule)
{
    return fail(ErrorCode::BadRequest, QString::fromLatin1(rule));
}

/// "." or ".." in any of their encodings: how many dots, 0 for every other segment.
int dotsOf(std::string_view segment)
{
    int dots = 0;
    while (!segment.empty()) {
        if (segment.front() == '.')
            segment.remove_prefix(1);
        else if (segment.size() >= 3 && segment[0] == '%' && segment[1] == '2'
                 && (segment[2] | 0x20) == 'e')
            segment.remove_prefix(3);
        else
            return 0;
        ++dots;
    }
    return dots <= 2 ? dots : 0;
}

/// pct-encoded = "%" HEXDIG HEXDIG (RFC 3986, section 2.1), at \a i.
bool isEscape(std::string_view text, std::size_t i)
{
    return text.size() - i >= 3 && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0;
}

/// Checks the characters of a path, and whether it can have dot segments at all.
Result<bool> checkPath(std::string_view path)
{
    bool mayHaveDots = false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const char c = path[i];
        if (!isIn(c, PathChar))
            return bad("the request target holds a character that must be percent-encoded");
        if (c == '.' || c == '%')
            mayHaveDots |= i > 0
                && (path[i - 1] == '/' || path[i - 1] == '.' || path[i - 1] == 'e'
                    || path[i - 1] == 'E');
        if (c != '%')
            continue;
        if (!isEscape(path, i))
            return bad("the path has a percent sign without two hexadecimal digits");
        if (path[i + 1] == '0' && path[i + 2] == '0')
            return bad("the path holds a NUL");
    }
    return mayHaveDots;
}

Result<void> checkQuery(std::string_view query)
{
    if (!areAllIn(query, QueryChar))
        return bad("the query holds a character that must be percent-encoded");
    for (std::size_t i = query.find('%'); i < query.size(); i = query.find('%', i + 1)) {
        if (!isEscape(query, i))
            return bad("the query has a percent sign without two hexadecimal digits");
    }
    return {};
}

Result<void> parsePathAndQuery(std::string_view text, Request &request)
{
    const std::size_t mark = text.find('?');
    const std::string_view raw = text.substr(0, mark);
    const Result<bool> mayHaveDots = checkPath(raw);
    if (!mayHaveDots)
        return std::unexpected(mayHaveDots.error());
    if (*mayHaveDots) {
        const Result<std::string_view> path = withoutDotSegments(raw, request.headers().arena());
        if (!path)
            return std::unexpected(path.error());
        request.setPath(*path);
    } else {
        request.setPath(raw);
    }
    if (mark == std::string_view::npos)
        return {};
    const std::string_view query = text.substr(mark + 1);
    if (const Result<void> checked = checkQuery(query); !checked)
        return checked;
    request.setQuery(query);
    return {};
}

/// RFC 9112, section 3.2.2. \a rest is what follows "http://".
Result<void> parseAbsoluteForm(std::string_view rest, Request &request)
{
    const std::size_t end = rest.find_first_of("/?#");
    const std::string_view authority = rest.substr(0, end);
    if (authority.empty() || !isValidAuthority(authority))
        return bad("the request target's authority is not host[:port]");
    request.setOriginalAuthority(authority);
    if (end == std::string_view::npos) {
        // An empty path is "*" for OPTIONS and "/" for the others (RFC 9112,
        // sections 3.2.1, 3.2.4).
        request.setPath(request.method() == Method::Options ? "*" : "/");
        return {};
    }
    if (rest[end] == '/')
        return parsePathAndQuery(rest.substr(end), request);
    const std::string_view withRoot = request.headers().arena().concat("/", rest.substr(end));
    return parsePathAndQuery(withRoot, request);
}

bool isValidPort(std::string_view port)
{
    if (port.empty() || port.size() > 5 || !areAllIn(port, DigitChar))
        return port.empty(); // "host:" is host (RFC 3986, section 3.2.3)
    int number = 0;
    for (const char digit : port)
        number = number * 10 + (digit - '0');
    return number <= 65535;
}

/// IPv6 without a zone; IPvFuture has no user.
bool isValidIpLiteral(std::string_view text)
{
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size())
        return false;
    text.copy(terminated.data(), text.size());
    in6_addr address;
    // An embedded NUL would cut the text short for inet_pton().
    return text.find('\0') == std::string_view::npos
        && ::inet_pton(AF_INET6, terminated.data(), &address) == 1;
}

bool isValidRegName(std::string_view name)
{
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!isIn(name[i], HostChar) && (name[i] != '%' || !isEscape(name, i)))
            return false;
    }
    return !name.empty() && name.size() <= 255;
}

} // namespace

bool isValidAuthority(std::string_view authority)
{
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos || !isValidIpLiteral(authority.substr(1, close - 1)))
            return false;
        const std::string_view after = authority.substr(close + 1);
        return after.empty() || (after.front() == ':' && isValidPort(after.substr(1)));
    }
    const std::size_t colon = authority.find(':');
    if (colon != std::string_view::npos && !isValidPort(authority.substr(colon + 1)))
        return false;
    return isValidRegName(authority.substr(0, colon));
}

Result<std::string_view> withoutDotSegments(std::string_view path, Arena &arena)
{
    char *const begin = arena.chars(path.size());
    char *to = begin;
    std::string_view rest = path; // "/" segment ["/" segment ...]
    while (!rest.empty()) {
        const std::size_t next = rest.find('/', 1);
        const std::string_view segment =
            rest.substr(1, next == std::string_view::npos ? next : next - 1);
        rest = next == std::string_view::npos ? std::string_view() : rest.substr(next);
        const int dots = dotsOf(segment);
        if (dots == 0) {
            *to++ = '/';
            to += segment.copy(to, segment.size());
            continue;
        }
        if (dots == 2) {
            if (to == begin)
                return bad("the path climbs above the root");
            while (*--to != '/') {}
        }
        if (rest.empty())
            *to++ = '/'; // "/a/." is "/a/"
    }
    return std::string_view(begin, static_cast<std::size_t>(to - begin));
}

Result<void> parseRequestTarget(std::string_view target, Request &request)
{
    request.setOriginalTarget(target);
    if (request.method() == Method::Connect)
        return fail(ErrorCode::MethodNotAllowed, "CONNECT: this gateway opens no tunnels");
    if (target.empty())
        return bad("the request target is empty");
    if (target.front() == '/')
        return parsePathAndQuery(target, request);
    if (target == "*") {
        if (request.method() != Method::Options)
            return bad("only OPTIONS takes * as its target");
        request.setPath("*");
        return {};
    }
    const std::size_t colon = target.find("://");
    if (colon == std::string_view::npos)
        return bad("the request target is neither a path nor an absolute URL");
    const std::string_view scheme = target.substr(0, colon);
    if (equalsIgnoringCase(scheme, "http"))
        return parseAbsoluteForm(target.substr(colon + 3), request);
    if (equalsIgnoringCase(scheme, "https"))
        return fail(ErrorCode::Misdirected, "an https URL came over a connection without TLS");
    return bad("the request target has a scheme other than http");
}

} // namespace gatehouse
