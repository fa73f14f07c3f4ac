// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::config::internal {

/// \a text in quotes for a message; cut where it is too long to help.
[[nodiscard]] std::string inQuotes(std::string_view text);
/// "a, b, c"
[[nodiscard]] std::string joined(const std::vector<std::string> &words);
/// ASCII only: keys, kinds and variable names have no other letters.
[[nodiscard]] std::string lowered(std::string_view text);
[[nodiscard]] std::string uppered(std::string_view text);

/// The candidate that \a word is most likely a misspelling of, or an empty text: at most a third of
/// its letters may differ (Levenshtein), upper and lower case do not count.
[[nodiscard]] std::string nearest(std::string_view word,
                                  const std::vector<std::string> &candidates);
/// "did you mean "x"?", else "known LIST are: a, b, c", else empty.
[[nodiscard]] std::string suggestName(std::string_view word,
                                      const std::vector<std::string> &candidates,
                                      std::string_view list);

/// "routes" and "id" make "routes.id"; keys with other characters than those of a name are put in
/// brackets, as --set reads them: "log.components[engine.http]".
[[nodiscard]] std::string keyPath(const std::string &path, std::string_view key);
/// "routes[3]"
[[nodiscard]] std::string itemPath(const std::string &path, std::size_t index);

/// Letters, digits and any of \a others; not empty.
[[nodiscard]] bool isMadeOf(std::string_view text, std::string_view others);

} // namespace gatehouse::config::internal
