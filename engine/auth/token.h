// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/algorithm.h"
#include "engine/auth/json.h"

#include <memory>
#include <optional>

namespace gatehouse::auth {

/// A signed token in its compact form (RFC 7515, section 7.1; RFC 7519), taken apart but not yet
/// believed.
struct Token
{
    static constexpr std::size_t mostBytes = 16 << 10;

    std::string header;    ///< JSON
    std::string payload;   ///< JSON, which claims points into
    std::string signature; ///< bytes
    std::string_view signedPart;
    Algorithm algorithm = Algorithm::Es256;
    std::string kid;
    Json claims;

    /// Unauthorized with the rule that it breaks, never with a part of it. \a text must outlive the
    /// token.
    static Result<std::unique_ptr<const Token>> parse(std::string_view text);

    Token() = default;
    Q_DISABLE_COPY_MOVE(Token)

private:
    Result<void> readHeader();
};

/// The whole seconds of a NumericDate claim (RFC 7519, section 2). Nothing if it is not there;
/// BadRequest if it is no number between the years 1970 and 5138.
[[nodiscard]] Result<std::optional<qint64>> dateClaim(const Json &claims, std::string_view name);

} // namespace gatehouse::auth
