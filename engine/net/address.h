// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"

#ifndef Q_MOC_RUN // moc 6.4 cannot parse it
#include <compare>
#endif
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace gatehouse::net {

/// A host and a port as written, before the host has been resolved. Without brackets.
struct HostPort
{
    std::string host;
    quint16 port = 0;
};

/// Where a socket is bound or connected: an IPv4 or IPv6 address with its port, or the path of a
/// Unix socket. A value type; IP addresses allocate nothing.
class Address
{
public:
    /// The unspecified IPv4 address, port 0.
    Address();

    /// Reads "127.0.0.1:8080", "[::1]:8080" or "unix:/path" ("unix:@name" is an abstract name).
    /// "localhost:8080" is the IPv4 loopback address.
    /// InvalidConfig if it is none of them; for "host:port" use splitHostPort() and a Resolver.
    static Result<Address> parse(std::string_view text);
    /// An address literal with or without brackets; nullopt for names.
    static std::optional<Address> fromIp(std::string_view ip, quint16 port);
    /// InvalidConfig if the path is empty or longer than the system takes (107 bytes).
    static Result<Address> fromUnixPath(std::string_view path);
    /// As accept() and getsockname() fill it. Families we do not know give the default address.
    static Address fromNative(const sockaddr *native, socklen_t length);

    /// Splits "host:port", "[::1]:port" and "127.0.0.1:port". InvalidConfig without port, with an
    /// empty host, or with a port over 65535.
    static Result<HostPort> splitHostPort(std::string_view text);

    /// For bind() and connect(). Returns the length.
    [[nodiscard]] socklen_t toNative(sockaddr_storage &to) const;

    [[nodiscard]] bool isUnix() const { return family() == AF_UNIX; }
    [[nodiscard]] bool isLoopback() const; ///< also true for Unix sockets
    [[nodiscard]] int family() const;      ///< AF_INET, AF_INET6, AF_UNIX
    [[nodiscard]] quint16 port() const;    ///< 0 for Unix sockets
    void setPort(quint16 port);
    /// "127.0.0.1:8080", "[::1]:8080", "unix:/path": what parse() reads.
    [[nodiscard]] std::string text() const;
    /// Without the port: "127.0.0.1", also for ::ffff:127.0.0.1; "::1"; "unix" for Unix sockets.
    [[nodiscard]] std::string host() const;
    /// The 16 bytes of the IPv6 address, IPv4 mapped (RFC 4291, section 2.5.5.2); zero for Unix.
    void bytes(std::span<quint8, 16> to) const;

    friend bool operator==(const Address &a, const Address &b);
    friend std::strong_ordering operator<=>(const Address &a, const Address &b);

private:
    // A sockaddr_in or sockaddr_in6, in 28 bytes; for Unix sockets the family and m_path.
    alignas(8) char m_ip[28] = {};
    std::string m_path;
};

} // namespace gatehouse::net
