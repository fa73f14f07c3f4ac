// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/node.h"

#include <optional>

namespace gatehouse::config::internal {

/// One step of "routes[0].match.path" or "routes[users].match.path".
struct Step
{
    std::string key;
    bool isIndex = false; ///< key is the number of a list item
};
using KeyPath = std::vector<Step>;

/// A sentence about what is wrong, and what to do about it.
struct Problem
{
    std::string message;
    std::string suggestion;
};

/// Nothing if \a text is no key path.
[[nodiscard]] std::optional<KeyPath> parseKeyPath(std::string_view text);

/// What an item of a list is called by its `id` or `name`, or empty.
[[nodiscard]] std::string nameOfItem(const Node &item);

/// Puts \a value at \a path and makes the lists and maps on the way that are not there yet. The
/// index after the last item appends. A problem if the way leads through something else.
[[nodiscard]] std::optional<Problem> assign(Node &root, const KeyPath &path, Node value);

} // namespace gatehouse::config::internal
