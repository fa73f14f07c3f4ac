// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/errorcode.h"

#include <array>
#include <utility>

namespace gatehouse {

namespace {

struct Entry
{
    ErrorCode code;
    int status;
    std::string_view name;
    std::string_view advice;
};

constexpr std::array table = {
    Entry{ErrorCode::InvalidConfig, 500, "invalid_config",
          "Run `gatehouse check` and mend the setting it names."},
    Entry{ErrorCode::BadRequest, 400, "bad_request",
          "Mend the request: the detail names the rule it breaks."},
    Entry{ErrorCode::Unauthorized, 401, "unauthorized", "Send valid credentials."},
    Entry{ErrorCode::Forbidden, 403, "forbidden", "Ask for the missing right."},
    Entry{ErrorCode::NotFound, 404, "not_found",
          "Run `gatehouse explain METHOD URL` to see which route came nearest."},
    Entry{ErrorCode::MethodNotAllowed, 405, "method_not_allowed",
          "Use one of the methods in Allow."},
    Entry{ErrorCode::RequestTimeout, 408, "request_timeout",
          "Send faster, or raise listeners[].timeouts."},
    Entry{ErrorCode::Conflict, 409, "conflict", "Repeat it once the first has been answered."},
    Entry{ErrorCode::PayloadTooLarge, 413, "payload_too_large",
          "Send less, or raise limits.body_bytes."},
    Entry{ErrorCode::UriTooLong, 414, "uri_too_long", "Shorten the URL."},
    Entry{ErrorCode::ExpectationFailed, 417, "expectation_failed",
          "Only `Expect: 100-continue` is understood."},
    Entry{ErrorCode::Misdirected, 421, "misdirected", "Ask the server that serves this authority."},
    Entry{ErrorCode::Unprocessable, 422, "unprocessable",
          "Mend what the detail names; the request as it is cannot succeed."},
    Entry{ErrorCode::RateLimited, 429, "rate_limited", "Wait as long as Retry-After says."},
    Entry{ErrorCode::HeaderTooLarge, 431, "header_too_large",
          "Send fewer or shorter header fields, or raise limits.header_bytes."},
    Entry{ErrorCode::ClientClosed, 400, "client_closed",
          "The client left; look at its own timeout."},
    Entry{ErrorCode::Internal, 500, "internal", "Look for the request id in the error log."},
    Entry{ErrorCode::NotImplemented, 501, "not_implemented",
          "Use a method and transfer coding the gateway knows."},
    Entry{ErrorCode::BadGateway, 502, "bad_gateway",
          "Look at the upstream: the log names the instance."},
    Entry{ErrorCode::UpstreamConnect, 502, "upstream_connect",
          "Start the upstream, or mend its address."},
    Entry{ErrorCode::UpstreamReset, 502, "upstream_reset",
          "The upstream closed early; look at its log."},
    Entry{ErrorCode::UpstreamProtocol, 502, "upstream_protocol",
          "The upstream breaks HTTP; the log names the rule."},
    Entry{ErrorCode::UpstreamTls, 502, "upstream_tls",
          "Check the upstream's certificate and name."},
    Entry{ErrorCode::Unavailable, 503, "unavailable", "Try again shortly."},
    Entry{ErrorCode::NoHealthyInstance, 503, "no_healthy_instance",
          "Bring an instance of the service back."},
    Entry{ErrorCode::CircuitOpen, 503, "circuit_open",
          "Wait: the breaker tries the upstream again by itself."},
    Entry{ErrorCode::Timeout, 504, "timeout",
          "Speed the upstream up, or raise the timeout that the detail names."},
    Entry{ErrorCode::VersionNotSupported, 505, "version_not_supported", "Speak HTTP/1.1."},
};

consteval bool isComplete()
{
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (std::to_underlying(table[i].code) != static_cast<int>(i))
            return false;
    }
    return table.size() == errorCodeCount;
}
static_assert(isComplete(), "every ErrorCode has its row, in the order of the enum");

const Entry &entry(ErrorCode code)
{
    return table[static_cast<std::size_t>(std::to_underlying(code))];
}

} // namespace

std::string_view errorName(ErrorCode code)
{
    return entry(code).name;
}

int httpStatus(ErrorCode code)
{
    return entry(code).status;
}

std::string_view errorAdvice(ErrorCode code)
{
    return entry(code).advice;
}

} // namespace gatehouse
