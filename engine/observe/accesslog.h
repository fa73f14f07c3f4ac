// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"

#include <string>

namespace gatehouse::observe {

/// One line for a finished exchange, newline included. Credentials in the query are masked; header
/// fields are not logged.
///
/// JSON: ts, level (4xx warning, 5xx error), msg, component, request_id, client, method, host,
/// path, query, protocol, status, duration_ms, bytes_sent, bytes_received, route, service,
/// instance, attempts, reused, subject, auth, error, and with \a withStages the stages with
/// microseconds and verdicts.
void appendJsonLine(std::string &to, const Exchange &exchange, bool withStages);
/// The Common Log Format of the NCSA.
void appendCommonLine(std::string &to, const Exchange &exchange);

} // namespace gatehouse::observe
