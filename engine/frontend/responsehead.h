// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"
#include "engine/http/framing.h"

namespace gatehouse::frontend {

/// How the body of \a response goes to the client (RFC 9112, section 6): UntilClose only for
/// HTTP/1.0.
[[nodiscard]] Framing::Kind bodyCodingFor(const Request &request, const Response &response);

/// The head of \a response as HTTP/1.1 text, in the exchange's arena. Framing and connection fields
/// are ours; whatever the response has of them is left out.
[[nodiscard]] std::string_view writeResponseHead(Exchange &exchange, const Response &response,
                                                 Framing::Kind coding, bool keepsAlive);

/// The head of an interim answer (1xx), in the arena.
[[nodiscard]] std::string_view writeInterimHead(Exchange &exchange, const Response &interim);

} // namespace gatehouse::frontend
