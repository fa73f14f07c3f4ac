// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace gatehouse::net {

namespace {

static_assert(sizeof(sockaddr_in6) == 28);

constexpr std::size_t longestUnixPath = sizeof(sockaddr_un::sun_path) - 1;

template<typename Native>
Native read(const char (&bytes)[28])
{
    Native native;
    std::memcpy(&native, bytes, sizeof native);
    return native;
}

template<typename Native>
void write(char (&bytes)[28], const Native &native)
{
    std::memcpy(bytes, &native, sizeof native);
}

QString quoted(std::string_view text)
{
    return QString("\"%1\"").arg(QString::fromUtf8(text.data(), qsizetype(text.size())));
}

/// inet_pton() wants a terminated string.
bool parseIp(int family, std::string_view text, void *to)
{
    std::array<char, INET6_ADDRSTRLEN> copy{};
    if (text.size() >= copy.size())
        return false;
    std::ranges::copy(text, copy.begin());
    return inet_pton(family, copy.data(), to) == 1;
}

} // namespace

Address::Address()
{
    write(m_ip, sockaddr_in{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {}, .sin_zero = {}});
}

Result<Address> Address::parse(std::string_view text)
{
    if (text.starts_with("unix:"))
        return fromUnixPath(text.substr(5));
    const Result<HostPort> parts = splitHostPort(text);
    if (!parts)
        return std::unexpected(parts.error());
    if (const std::optional<Address> address = fromIp(parts->host, parts->port))
        return *address;
    if (parts->host == "localhost") { // needs no resolver (RFC 6761, section 6.3)
        sockaddr_in loopback{};
        loopback.sin_family = AF_INET;
        loopback.sin_port = htons(parts->port);
        loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return fromNative(reinterpret_cast<const sockaddr *>(&loopback), sizeof loopback);
    }
    return fail(ErrorCode::InvalidConfig,
                QString("%1 is no address literal; the host is a name").arg(quoted(text)));
}

std::optional<Address> Address::fromIp(std::string_view ip, quint16 port)
{
    if (ip.starts_with('[') && ip.ends_with(']'))
        ip = ip.substr(1, ip.size() - 2);
    Address address;
    sockaddr_in v4{};
    if (parseIp(AF_INET, ip, &v4.sin_addr)) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(port);
        write(address.m_ip, v4);
        return address;
    }
    sockaddr_in6 v6{};
    const std::size_t percent = ip.find('%'); // RFC 4007, section 11: fe80::1%eth0
    if (percent != ip.npos) {
        v6.sin6_scope_id = if_nametoindex(std::string(ip.substr(percent + 1)).c_str());
        if (v6.sin6_scope_id == 0)
            return std::nullopt;
    }
    if (!parseIp(AF_INET6, ip.substr(0, percent), &v6.sin6_addr))
        return std::nullopt;
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    write(address.m_ip, v6);
    return address;
}

Result<Address> Address::fromUnixPath(std::string_view path)
{
    if (path.empty() || path == "@")
        return fail(ErrorCode::InvalidConfig, "the path of the Unix socket is missing");
    if (path.size() > longestUnixPath || path.contains('\0')) {
        return fail(ErrorCode::InvalidConfig,
                    QString("%1 cannot be the path of a Unix socket: at most %2 bytes")
                        .arg(quoted(path))
                        .arg(longestUnixPath));
    }
    Address address;
    write(address.m_ip, sa_family_t(AF_UNIX));
    address.m_path = path;
    return address;
}

Address Address::fromNative(const sockaddr *native, socklen_t length)
{
    Address address;
    if (native->sa_family == AF_INET && length >= sizeof(sockaddr_in)) {
        std::memcpy(address.m_ip, native, sizeof(sockaddr_in));
        std::memset(address.m_ip + offsetof(sockaddr_in, sin_zero), 0,
                    sizeof(sockaddr_in::sin_zero));
    } else if (native->sa_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        std::memcpy(address.m_ip, native, sizeof(sockaddr_in6));
    } else if (native->sa_family == AF_UNIX) {
        // The peer of a Unix socket is usually unnamed: length is that of the family alone then.
        constexpr std::size_t pathOffset = offsetof(sockaddr_un, sun_path);
        const std::size_t size = length > pathOffset ? length - pathOffset : 0;
        const char *const path = reinterpret_cast<const char *>(native) + pathOffset;
        std::memset(address.m_ip, 0, sizeof address.m_ip);
        write(address.m_ip, sa_family_t(AF_UNIX));
        if (size > 0 && path[0] == '\0')
            address.m_path = "@" + std::string(path + 1, size - 1);
        else if (size > 0)
            address.m_path.assign(path, strnlen(path, size));
    }
    return address;
}

Result<HostPort> Address::splitHostPort(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    const bool isBracketed = text.starts_with('[');
    const std::size_t bracket = text.find(']');
    if (colon == text.npos || (isBracketed && colon != bracket + 1)) {
        return fail(ErrorCode::InvalidConfig, QString("%1 has no port").arg(quoted(text)));
    }
    std::string_view host = text.substr(0, colon);
    if (isBracketed)
        host = host.substr(1, host.size() - 2);
    else if (host.contains(':'))
        return fail(ErrorCode::InvalidConfig,
                    QString("%1: an IPv6 address stands in brackets").arg(quoted(text)));
    if (host.empty())
        return fail(ErrorCode::InvalidConfig, QString("%1 has no host").arg(quoted(text)));

    const std::string_view digits = text.substr(colon + 1);
    quint16 port = 0;
    const auto [end, error] = std::from_chars(digits.begin(), digits.end(), port);
    if (digits.empty() || error != std::errc() || end != digits.end())
        return fail(ErrorCode::InvalidConfig,
                    QString("%1: the port is a number from 0 to 65535").arg(quoted(text)));
    return HostPort{std::string(host), port};
}

socklen_t Address::toNative(sockaddr_storage &to) const
{
    if (!isUnix()) {
        std::memcpy(&to, m_ip, sizeof m_ip);
        return family() == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    }
    sockaddr_un native{};
    native.sun_family = AF_UNIX;
    std::memcpy(native.sun_path, m_path.data(), m_path.size());
    const bool isAbstract = m_path.starts_with('@');
    if (isAbstract)
        native.sun_path[0] = '\0';
    std::memcpy(&to, &native, sizeof native);
    // An abstract name has no terminator: every byte counts.
    return socklen_t(offsetof(sockaddr_un, sun_path) + m_path.size() + (isAbstract ? 0 : 1));
}

int Address::family() const
{
    return read<sa_family_t>(m_ip);
}

quint16 Address::port() const
{
    if (isUnix())
        return 0;
    // At the same place in both structures.
    static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
    return ntohs(read<sockaddr_in>(m_ip).sin_port);
}

void Address::setPort(quint16 port)
{
    if (isUnix())
        return;
    const quint16 native = htons(port);
    std::memcpy(m_ip + offsetof(sockaddr_in, sin_port), &native, sizeof native);
}

bool Address::isLoopback() const
{
    if (isUnix())
        return true;
    std::array<quint8, 16> address;
    bytes(address);
    const auto native = std::bit_cast<in6_addr>(address);
    return IN6_IS_ADDR_LOOPBACK(&native) || (IN6_IS_ADDR_V4MAPPED(&native) && address[12] == 127);
}

std::string Address::text() const
{
    if (isUnix())
        return "unix:" + m_path;
    const bool hasBrackets = host().contains(':');
    return (hasBrackets ? "[" + host() + "]" : host()) + ":" + std::to_string(port());
}

std::string Address::host() const
{
    if (isUnix())
        return "unix";
    std::array<quint8, 16> address;
    bytes(address);
    const auto v6 = std::bit_cast<in6_addr>(address);
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (IN6_IS_ADDR_V4MAPPED(&v6))
        inet_ntop(AF_INET, &address[12], text.data(), text.size());
    else
        inet_ntop(AF_INET6, &v6, text.data(), text.size());
    std::string host(text.data());
    std::array<char, IF_NAMESIZE> name{};
    const quint32 scope = family() == AF_INET6 ? read<sockaddr_in6>(m_ip).sin6_scope_id : 0;
    if (scope != 0 && if_indextoname(scope, name.data()))
        host.append("%").append(name.data());
    return host;
}

void Address::bytes(std::span<quint8, 16> to) const
{
    std::ranges::fill(to, 0);
    if (family() == AF_INET6) {
        std::memcpy(to.data(), m_ip + offsetof(sockaddr_in6, sin6_addr), 16);
    } else if (family() == AF_INET) {
        to[10] = to[11] = 0xff;
        std::memcpy(to.data() + 12, m_ip + offsetof(sockaddr_in, sin_addr), 4);
    }
}

bool operator==(const Address &a, const Address &b)
{
    return std::memcmp(a.m_ip, b.m_ip, sizeof a.m_ip) == 0 && a.m_path == b.m_path;
}

std::strong_ordering operator<=>(const Address &a, const Address &b)
{
    const int order = std::memcmp(a.m_ip, b.m_ip, sizeof a.m_ip);
    return order != 0 ? order <=> 0 : a.m_path <=> b.m_path;
}

} // namespace gatehouse::net
