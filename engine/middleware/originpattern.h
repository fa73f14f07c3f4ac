// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/result.h"
#include "engine/http/exchange.h"

#include <string>
#include <string_view>

namespace gatehouse::middleware {

/// An origin (RFC 6454) that a policy names: "https://app.example.com", "https://*.example.com" for
/// every sub-domain at any depth, "null", or "*" for all. Letters compare without case.
class OriginPattern
{
public:
    /// InvalidConfig for anything else: a path, a "*" elsewhere, no scheme.
    static Result<OriginPattern> parse(std::string_view text);

    [[nodiscard]] bool matches(std::string_view origin) const;
    [[nodiscard]] bool isEverything() const { return m_kind == Kind::Everything; }
    /// The opaque origin that sandboxed frames and local files send.
    [[nodiscard]] bool isNull() const { return m_kind == Kind::Exact && m_suffix == "null"; }

private:
    enum class Kind { Everything, Exact, SubDomains };

    Kind m_kind = Kind::Exact;
    std::string m_prefix; ///< SubDomains: "https://"
    std::string m_suffix; ///< SubDomains: ".example.com:8443"; Exact: the whole
};

/// The scheme that the client used, as far as a trusted proxy tells.
[[nodiscard]] std::string_view clientScheme(const Exchange &exchange);
/// Whether \a origin is the one that this request was sent to, default ports aside.
[[nodiscard]] bool isOwnOrigin(const Exchange &exchange, std::string_view origin);

} // namespace gatehouse::middleware
