// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/schema.h"
#include "engine/http/exchange.h"
#include "engine/middleware/originpattern.h"

#include <vector>

namespace gatehouse::middleware {

/// Which origins may call, and with what (the CORS protocol of the Fetch standard). The middleware
/// `cors` writes it into answers, the gateway answers preflights from it. A value, never changes.
class CorsPolicy
{
public:
    [[nodiscard]] static config::Schema schema();
    /// InvalidConfig with the key as path: no origin, or "*" together with credentials.
    static Result<CorsPolicy> fromSettings(const config::Node &settings);

    /// Whether \a request asks what a later request may do: OPTIONS with Origin and
    /// Access-Control-Request-Method (Fetch standard, section 3.2.2).
    [[nodiscard]] static bool isPreflight(const Request &request);

    /// The origin that the client sent, or nothing if there is none, or more than one.
    [[nodiscard]] static std::string_view originOf(const Request &request);
    /// Empty if \a origin is none or may not call; else the value of Access-Control-Allow-Origin.
    [[nodiscard]] std::string_view allowedOrigin(std::string_view origin) const;

    /// The answer to a preflight: 204 without content, with fields only for an allowed origin.
    [[nodiscard]] Response preflight(Exchange &exchange) const;
    /// Puts the policy's fields in the place of those that the upstream has set.
    void apply(std::string_view origin, Response &response) const;
    /// Tells the trace what is decided for \a origin, and why.
    void explain(Exchange &exchange, std::string_view origin) const;

private:
    void addCommon(std::string_view allowed, Headers &headers) const;
    void addRequested(Exchange &exchange, Headers &headers) const;
    void addVary(Headers &headers, std::string_view name) const;

    std::vector<OriginPattern> m_origins;
    bool m_isForAll = false; ///< "*": the answer does not depend on the origin
    bool m_withCredentials = false;
    bool m_isPrivateNetwork = false;
    bool m_takesAnyMethod = false; ///< "*": what the preflight asks for is what it gets
    bool m_takesAnyHeader = false;
    std::string m_methods;
    std::string m_headers;
    std::string m_exposed;
    std::string m_maxAge; ///< seconds; empty: not told
};

} // namespace gatehouse::middleware
