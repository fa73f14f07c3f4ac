// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/framing.h"
#include "engine/http/message.h"

namespace gatehouse {

/// Parses a whole answer head from an upstream, for a request of \a method. \a head must live as
/// long as \a response, whose texts are views into it. UpstreamProtocol, with the rule it breaks.
Result<Framing> parseResponseHead(std::string_view head, Method method, Response &response);

} // namespace gatehouse
