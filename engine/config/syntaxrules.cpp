// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/syntaxrules.h"

#include "engine/config/words.h"

#include <QRegularExpression>

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace gatehouse::config::internal {

namespace {

constexpr std::string_view httpPrefix = "http://";
constexpr std::string_view unixPrefix = "unix:";

bool isAddress(int family, std::string_view text)
{
    unsigned char buffer[sizeof(in6_addr)];
    return inet_pton(family, std::string(text).c_str(), buffer) == 1;
}

/// -1 if \a text is no number from 0 to \a highest.
int numberOf(std::string_view text, int highest)
{
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isNumber = error == std::errc() && end == text.data() + text.size();
    return isNumber && value >= 0 && value <= highest && text.front() != '-' ? value : -1;
}

bool isHostName(std::string_view text)
{
    return isMadeOf(text, ".-_");
}

/// The length of the host in "host:port" or "[v6]:port", brackets counted; npos if there is none.
std::size_t hostLength(std::string_view text)
{
    if (!text.starts_with('[')) {
        const std::size_t length = std::min(text.find(':'), text.size());
        return isHostName(text.substr(0, length)) ? length : std::string_view::npos;
    }
    const std::size_t end = text.find(']');
    const bool isV6 = end != std::string_view::npos && isAddress(AF_INET6, text.substr(1, end - 1));
    return isV6 ? end + 1 : std::string_view::npos;
}

/// "sun_path" of a unix socket takes 107 bytes (unix(7)).
Broken checkUnixPath(std::string_view path)
{
    if (!path.starts_with('/'))
        return "must have an absolute path after unix:, such as unix:/run/gatehouse.sock";
    if (path.size() > 107)
        return "must have a path of at most 107 bytes after unix:";
    return std::nullopt;
}

} // namespace

Broken checkListenAddress(std::string_view text)
{
    if (text.starts_with(unixPrefix))
        return checkUnixPath(text.substr(unixPrefix.size()));
    if (numberOf(text.empty() ? "-" : text, 65535) >= 0)
        return "must be host:port; did you mean 127.0.0.1:" + std::string(text) + "?";
    if ((text.starts_with(':') && text.rfind(':') == 0) || text.starts_with("*:"))
        return "must name a host; did you mean 0.0.0.0" + std::string(text.substr(text.find(':')))
            + "?";
    const std::size_t length = hostLength(text);
    if (length == std::string_view::npos)
        return std::count(text.begin(), text.end(), ':') > 1 && !text.starts_with('[')
            ? "must have brackets around an IPv6 address, such as [::1]:8080"
            : "must be host:port, [v6]:port or unix:/path";
    if (length == text.size())
        return "must have a port, such as " + std::string(text) + ":8080";
    const std::string_view port = text.substr(length);
    if (port.size() < 2 || port.front() != ':' || numberOf(port.substr(1), 65535) < 0)
        return "must end in a port from 0 to 65535";
    return std::nullopt;
}

Broken checkInstanceUrl(std::string_view text)
{
    if (text.starts_with("https://"))
        return "must be http: TLS to upstreams is not available in this build";
    if (!text.starts_with(httpPrefix))
        return "must begin with http://, such as http://127.0.0.1:9001";
    const std::string_view rest = text.substr(httpPrefix.size());
    if (rest.starts_with(unixPrefix))
        return checkUnixPath(rest.substr(unixPrefix.size()));
    if (rest.find('@') != std::string_view::npos)
        return "must have no user and no password";
    if (rest.find_first_of("/?#") != std::string_view::npos)
        return "must have no path and no query; a route's rewrite changes the path";
    const std::size_t length = hostLength(rest);
    if (length == std::string_view::npos)
        return "must name a host after http://";
    const std::string_view port = rest.substr(length);
    if (!port.empty() && (port.size() < 2 || numberOf(port.substr(1), 65535) < 1))
        return "must end in a port from 1 to 65535";
    return std::nullopt;
}

Broken checkStateUrl(std::string_view text)
{
    if (text.starts_with(unixPrefix))
        return checkUnixPath(text.substr(unixPrefix.size(), text.find('?') - unixPrefix.size()));
    if (text.starts_with("rediss://"))
        return "must be redis: TLS to Redis is not available in this build";
    constexpr std::string_view prefix = "redis://";
    if (!text.starts_with(prefix))
        return "must begin with redis:// or unix:, such as redis://127.0.0.1:6379/0";
    std::string_view rest = text.substr(prefix.size());
    if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos)
        rest.remove_prefix(at + 1);
    const std::size_t slash = rest.find('/');
    const std::string_view database =
        slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (!database.empty() && numberOf(database, 65535) < 0)
        return "must end in the number of a database, such as /0";
    const std::string_view place = rest.substr(0, slash);
    const std::size_t length = hostLength(place);
    if (length == 0 || length == std::string_view::npos)
        return "must name a host after redis://";
    const std::string_view port = place.substr(length);
    if (!port.empty() && (port.size() < 2 || numberOf(port.substr(1), 65535) < 1))
        return "must have a port from 1 to 65535";
    return std::nullopt;
}

std::string withPort(const std::string &url)
{
    const std::string_view rest = std::string_view(url).substr(httpPrefix.size());
    return rest.starts_with(unixPrefix) || hostLength(rest) < rest.size() ? url : url + ":80";
}

Broken checkNetwork(std::string_view text)
{
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view address = text.substr(0, slash);
    const bool isV4 = isAddress(AF_INET, address);
    if (!isV4 && !isAddress(AF_INET6, address))
        return "must be an address or a network, such as 10.0.0.0/8 or ::1";
    const std::string_view bits = text.substr(std::min(slash + 1, text.size()));
    const int highest = isV4 ? 32 : 128;
    if (slash < text.size() && (bits.empty() || numberOf(bits, highest) < 0))
        return "must end in a prefix length from 0 to " + std::to_string(highest);
    return std::nullopt;
}

Broken checkHost(std::string_view text)
{
    if (text.starts_with('['))
        return hostLength(text) == text.size() ? std::nullopt
                                               : Broken("must be an IPv6 address in brackets");
    const std::string_view name = text.starts_with("*.") ? text.substr(2) : text;
    if (isHostName(name))
        return std::nullopt;
    if (isHostName(name.substr(0, name.find(':'))))
        return "must be a host without a port";
    return "must be a host such as api.local or *.example.com";
}

bool isToken(std::string_view text)
{
    return isMadeOf(text, "!#$%&'*+-.^_`|~");
}

Broken checkMethod(std::string_view text)
{
    if (!isToken(text))
        return "must be a method, such as GET";
    const std::string capitals = uppered(text);
    if (capitals != text)
        return "must be in capitals, methods are case-sensitive; did you mean " + capitals + "?";
    return std::nullopt;
}

Broken checkPath(std::string_view text)
{
    return text.starts_with('/') ? std::nullopt : Broken("must begin with /");
}

Broken checkCondition(std::string_view text)
{
    if (!text.starts_with('~'))
        return std::nullopt;
    const QByteArray pattern(text.data() + 1, qsizetype(text.size()) - 1);
    const QRegularExpression expression(QString::fromUtf8(pattern));
    if (expression.isValid())
        return std::nullopt;
    return "is no regular expression: " + expression.errorString().toStdString() + " at character "
        + std::to_string(expression.patternErrorOffset() + 1);
}

Broken checkName(std::string_view text)
{
    return isMadeOf(text, "_.-") ? std::nullopt
                                 : Broken("must be made of letters, digits, _, . and -");
}

Schema checkedText(std::string rule, Broken (*check)(std::string_view))
{
    return Schema::text().rule(std::move(rule),
                               [check](const Node &node) { return check(node.text()); });
}

} // namespace gatehouse::config::internal
