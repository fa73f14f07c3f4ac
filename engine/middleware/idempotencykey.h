// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/crypto/digest.h"
#include "engine/http/exchange.h"

#include <optional>
#include <string>
#include <vector>

namespace gatehouse::middleware {

/// The key that the client sends in one of the fields \a names; nothing if there is none.
/// BadRequest for one that is empty, over 255 bytes or not visible ASCII, and for two that differ.
[[nodiscard]] Result<std::optional<std::string_view>>
idempotencyKeyOf(const Request &request, const std::vector<std::string> &names);

/// Where the answer to \a exchange is stored: one place for each caller, host, method, path, query
/// and key, so that nobody is given the answer to somebody else. The caller is the identity that an
/// authentication has found (with its tenant), never what a header claims. Without an identity it
/// is the client's address, together with the credentials that the upstream may go by.
[[nodiscard]] std::string idempotencyStoreKey(const Exchange &exchange, std::string_view key);
/// The same for a request without a key: its body takes the place of the key.
[[nodiscard]] std::string fingerprintStoreKey(const Exchange &exchange,
                                              const crypto::Sha256 &bodyHash);

/// The parameters in the order of their bytes, without empty ones: "b=1&&a=2" is "a=2&b=1".
[[nodiscard]] std::string sortedQuery(std::string_view query);

} // namespace gatehouse::middleware
