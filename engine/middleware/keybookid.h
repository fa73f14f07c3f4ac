// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"

namespace gatehouse::middleware {

/// What tells a book of API keys from all others (auth::KeyBooks): the middleware and its keys.
struct KeyBookId
{
    std::string name;     ///< as an operator calls the middleware: "team_key"
    std::string settings; ///< the path of its file, or the keys themselves; may hold secrets
};

/// The book of an `api_key` with \a settings that is called \a name. \a folder is the main file's.
[[nodiscard]] KeyBookId keyBookOf(const config::Node &settings, std::string name,
                                  const std::string &folder);
/// Of \a entry, whatever its kind: its own book, or those of its parts. Empty for most kinds.
[[nodiscard]] std::vector<KeyBookId> keyBooksIn(const config::MiddlewareConfig &entry,
                                                const std::string &folder);

} // namespace gatehouse::middleware
