// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/crypto/digest.h"

namespace gatehouse::crypto {

/// HMAC-SHA256 (RFC 2104, RFC 6234). Compare results with isSameSecret().
[[nodiscard]] Sha256 hmacSha256(std::string_view key, std::string_view text);

} // namespace gatehouse::crypto
