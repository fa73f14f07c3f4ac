// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/framing.h"
#include "engine/http/headscanner.h"
#include "engine/http/message.h"

namespace gatehouse {

/// Parses a whole request head (start line, field lines, empty line), strictly by RFC 9110 and
/// 9112.
/// \a head must live as long as \a request, whose texts are views into it. What is refused has a
/// code with the status to answer; after any error the connection must close, because where the
/// next request begins is not known.
Result<Framing> parseRequestHead(std::string_view head, const HeadLimits &limits, Request &request);

} // namespace gatehouse
