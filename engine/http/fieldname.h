// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace gatehouse {

/// The field names that the gateway itself reads or writes, so that the data path compares numbers
/// instead of text. Everything else is Other and compared by name.
enum class FieldName : unsigned char {
    Other,
    // Hop-by-hop: never forwarded (RFC 9110, section 7.6.1). Keep them first: isHopByHop().
    Connection,
    KeepAlive,
    ProxyConnection,
    ProxyAuthenticate,
    ProxyAuthorization,
    Te,
    TransferEncoding,
    Upgrade,
    Http2Settings,
    // End-to-end.
    Allow,
    ContentLength,
    ContentType,
    Date,
    Expect,
    Forwarded,
    GatehouseTag, ///< what a tool of ours calls its request by; never forwarded
    Host,
    Location,
    MaxForwards,
    Server,
    Trailer,
    Via,
    XForwardedFor,
    XForwardedHost,
    XForwardedProto,
    XRealIp,
    XRequestId,
};
inline constexpr std::size_t fieldNameCount = static_cast<std::size_t>(FieldName::XRequestId) + 1;

/// Names are case-insensitive (RFC 9110, section 5.1).
[[nodiscard]] FieldName fieldNameFrom(std::string_view name);

[[nodiscard]] constexpr bool isHopByHop(FieldName name)
{
    return name >= FieldName::Connection && name <= FieldName::Http2Settings;
}

/// ASCII case-insensitive equality.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);
/// Whether some server takes a field \a sent for \a own: those with environment variables (CGI, RFC
/// 3875, section 4.1.18) make "_" of "-". What only the gateway may say is removed under both.
[[nodiscard]] bool isTakenFor(std::string_view sent, std::string_view own);

} // namespace gatehouse
