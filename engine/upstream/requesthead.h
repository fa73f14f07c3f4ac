// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"
#include "engine/http/framing.h"

namespace gatehouse::upstream {

/// How the request's body goes upstream.
[[nodiscard]] Framing::Kind bodyCodingOf(const Request &request);

/// The head that goes to the instance, in the arena: hop-by-hop fields and those that Connection
/// names left out (RFC 9110, section 7.6.1), the client's Host kept, Via appended, and
/// X-Forwarded-For/-Proto/-Host and Forwarded (RFC 7239) extended for a trusted peer, replaced for
/// any other. \a instanceAuthority stands in for a missing Host.
[[nodiscard]] std::string_view writeRequestHead(Exchange &exchange,
                                                std::string_view instanceAuthority);

/// Takes the fields out of an answer that its Connection names as ones for this hop only.
void removeNamedByConnection(Headers &headers);

} // namespace gatehouse::upstream
