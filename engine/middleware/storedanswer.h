// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/crypto/digest.h"
#include "engine/http/message.h"

#include <chrono>
#include <vector>

namespace gatehouse::middleware {

/// What the store holds under an idempotency key: first a claim, while the request runs, then its
/// answer. Texts are views into the bytes that were parsed.
struct StoredAnswer
{
    enum class Kind : char { Claim = 'C', Answer = 'A' };

    Kind kind = Kind::Claim;
    crypto::Sha256 bodyHash{}; ///< of the request
    std::string_view token;    ///< Claim: tells it from every other one
    // Answer:
    std::chrono::seconds ttl{}; ///< it was stored for; what is left of it tells its age
    int status = 0;
    std::vector<Field> fields;
    std::string_view body;
};

[[nodiscard]] std::string writeClaim(const crypto::Sha256 &bodyHash, std::string_view token);
/// Status, end-to-end fields but Content-Length, and \a body.
[[nodiscard]] std::string writeAnswer(const crypto::Sha256 &bodyHash, std::chrono::seconds ttl,
                                      const Response &response, std::string_view body);
/// BadRequest for bytes that neither of them writes: another version, a length that does not fit, a
/// field that no message may have. The store may be shared with others.
[[nodiscard]] Result<StoredAnswer> parseStoredAnswer(std::string_view bytes);

} // namespace gatehouse::middleware
