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

} // namespace gatehouse
