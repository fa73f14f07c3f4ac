// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/exchange.h"
#include "engine/http/framing.h"

namespace gatehouse::upstream {

/// How the request's body goes upstream.
[[nodiscard]] Framing::Kind bodyCodingOf(const Request &request);

/// The head that goes to the instance, in the arena: X/// X-Forwarded-For/-Proto/-Host and
/// Forwarded (RFC 7239) extended for a trusted peer, replaced for any other. \a instanceAuthority
/// stands in for a missing Host.
[[nodiscard]] std::string_view writeRequestHead(Exchange &exchange,
                                                std::string_view instanceAuthority);

} // namespace gatehouse::upstream
