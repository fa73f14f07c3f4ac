// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace gatehouse::observe {

/// Appends \a query with the values of parameters that carry credentials (token, key, password,
/// secret, signature, code ...) as "***".
void appendRedactedQuery(std::string &to, std::string_view query);

} // namespace gatehouse::observe
