// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/http/message.h"

#include <string>

namespace gatehouse::cache {

/// Why an answer is not stored by a shared cache (RFC 9111, section 3); empty if it may be. Static.
/// \a isAuthenticated: the caller is known, by whatever credentials (section 3.5).
[[nodiscard]] std::string_view whyNotStored(const Request &request, const Response &response,
                                            bool isAuthenticated);

/// The names that the Vary fields list, in lower case, with commas between them; "*" if any
/// of them is.
[[nodiscard]] std::string varyNames(const Headers &response);
/// What a request has in the fields that \a varyNames lists, normalised (section 4.1): the same
/// text means that an answer fits both.
[[nodiscard]] std::string varyValues(const Headers &request, std::string_view varyNames);

} // namespace gatehouse::cache
