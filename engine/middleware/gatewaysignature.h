// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/schema.h"
#include "engine/core/clock.h"
#include "engine/core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::middleware {

/// The scheme in a WWW-Authenticate of those who want a signature; not a registered one.
inline constexpr std::string_view signatureChallenge = "GatewaySignature";

/// How a gateway proves to a service that a request came through it, and for whom: HMAC-SHA256 in
/// lower-case hexadecimal over "{id}:{role}:{timestamp}:{nonce}", or "public:{timestamp}:{nonce}"
/// for a caller that nobody knows. The timestamp is in milliseconds since 1970. Nothing else of the
/// request is covered: not the method, not the path, not the body.
struct SignedCaller
{
    std::string_view id;
    std::string_view role; ///< holds no ":", or two callers would share a text
};

/// What is signed; no caller means public.
[[nodiscard]] std::string signedText(const std::optional<SignedCaller> &caller,
                                     std::string_view timestamp, std::string_view nonce);
[[nodiscard]] std::string gatewaySignature(std::string_view secret, std::string_view text);
/// Whether one of \a secrets has made \a signature, in a time that does not tell which or where.
[[nodiscard]] bool isSignedBy(const std::vector<std::string> &secrets, std::string_view text,
                              std::string_view signature);

/// Milliseconds since 1970 as digits; nullopt for anything else.
[[nodiscard]] std::optional<qint64> parseTimestamp(std::string_view text);
[[nodiscard]] qint64 millisecondsOf(WallTime time);

/// The fields that carry it. Both sides must use the same.
struct SignatureFields
{
    std::string signature;
    std::string timestamp;
    std::string nonce;
    std::string id;
    std::string role;
    std::string email;
    std::string name;

    [[nodiscard]] static config::Schema schema();
    /// \a settings is the map that schema() describes.
    static Result<SignatureFields> fromSettings(const config::Node &settings);
    /// Whether \a field is one that only a gateway may set: one of these, X-Gateway-* or X-User-*.
    [[nodiscard]] bool holds(std::string_view field) const;
};

} // namespace gatehouse::middleware
