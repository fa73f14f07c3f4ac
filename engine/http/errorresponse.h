// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

namespace gatehouse {

/// The one place where an Error becomes an answer: application/problem+json (RFC 9457) with type,
/// title, status, detail, code and request_id; in development also cause, context and advice, and
/// the Gatehouse-Error header. On a route with `errors: graphql` it is
/// {"errors":[{message, extensions:{code, status}}],"extensions":{code},"data":null}.
/// Remembers the code in the exchange.
[[nodiscard]] Response errorResponse(Exchange &exchange, const Error &error);

/// The same for the refusals that a gateway under load makes most of: \a detail says it all, and
/// nothing is allocated for it.
[[nodiscard]] Response errorResponse(Exchange &exchange, ErrorCode code, std::string_view detail);

} // namespace gatehouse
