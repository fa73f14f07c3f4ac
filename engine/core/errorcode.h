// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace gatehouse {

/// Why an operation failed. One list for the data path, the access log, metrics labels and the
/// workbench; errorName() is the spelling that all of them show.
enum class ErrorCode {
    InvalidConfig,       ///< a setting breaks its rule; Error::path() says which
    BadRequest,          ///< the client sent something malformed
    Unauthorized,        ///< no credentials, or ones that are not valid
    Forbidden,           ///< valid credentials without the right
    NotFound,            ///< no route matches
    MethodNotAllowed,    ///< the path matches, the method does not
    RequestTimeout,      ///< the client was too slow to send its request
    Conflict,            ///< the same request is under way already
    PayloadTooLarge,     ///< the request body is over its limit
    UriTooLong,          ///< the request target is over its limit
    ExpectationFailed,   ///< an Expect other than 100-continue
    Misdirected,         ///< the authority or scheme is not served here
    Unprocessable,       ///< well-formed, but it contradicts what it refers to
    RateLimited,         ///< a limit denied the request
    HeaderTooLarge,      ///< the request head is over its limit
    ClientClosed,        ///< the client went away before its answer
    Internal,            ///< our own mistake, or an exception in a middleware
    NotImplemented,      ///< a transfer coding or method we do not know
    BadGateway,          ///< the upstream failed in a way not named below
    UpstreamConnect,     ///< the upstream refused the connection or cannot be reached
    UpstreamReset,       ///< the upstream closed before its answer was complete
    UpstreamProtocol,    ///< the upstream broke its protocol
    UpstreamTls,         ///< the upstream's TLS handshake failed
    Unavailable,         ///< the gateway cannot take the request now
    NoHealthyInstance,   ///< every instance of the service is out
    CircuitOpen,         ///< the circuit breaker spares the upstream
    Timeout,             ///< a deadline passed before the upstream answered
    VersionNotSupported, ///< an HTTP major version other than 1
};
inline constexpr int errorCodeCount = static_cast<int>(ErrorCode::VersionNotSupported) + 1;

/// The snake_case name: "upstream_reset".
[[nodiscard]] std::string_view errorName(ErrorCode code);
/// The status code a client sees (RFC 9110, section 15). 500 for InvalidConfig.
[[nodiscard]] int httpStatus(ErrorCode code);
/// One sentence for people: what to do about it.
[[nodiscard]] std::string_view errorAdvice(ErrorCode code);

} // namespace gatehouse
