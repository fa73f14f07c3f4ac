// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace gatehouse::auth {

/// Signature algorithms of tokens (RFC 7518, section 3.1; RFC 8037, section 3.1). "none" is not
/// among them, and cannot be: what has no name here cannot be verified.
enum class Algorithm : unsigned char {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    Es512,
    EdDsa,
};
inline constexpr int algorithmCount = 13;

/// "ES256".
[[nodiscard]] std::string_view algorithmName(Algorithm algorithm);
/// Names are case-sensitive.
[[nodiscard]] std::optional<Algorithm> algorithmFrom(std::string_view name);

} // namespace gatehouse::auth
