// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::auth {

/// The bytes of unpadded base64url (RFC 4648, section 5; RFC 7515, section 2). Nothing for any
/// other character, padding, or bits that an encoder would not have set: one token has one
/// spelling.
[[nodiscard]] std::optional<std::string> fromBase64Url(std::string_view text);
/// The same for the common alphabet; padding may be there.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);
[[nodiscard]] std::string toBase64Url(std::string_view bytes);

} // namespace gatehouse::auth
