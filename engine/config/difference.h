// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/node.h"

#include <QString>

#include <vector>

namespace gatehouse::config {

/// One value that two configurations do not agree on.
struct Difference
{
    enum class Kind { Added, Removed, Changed, Moved };

    Kind kind = Kind::Changed;
    std::string path;   ///< "routes[orders].match.path": items with an id or name go by it
    std::string before; ///< scalars as text, others as YAML of one line; empty if Added
    std::string after;

    /// "route orders: match.path changes from /a to /b".
    [[nodiscard]] QString sentence() const;
};

/// What changes from \a before to \a after, both Loaded::effective, in the order of the file. Items
/// of lists are compared by id, name or use where they have one; a changed order is said once.
[[nodiscard]] std::vector<Difference> differences(const Node &before, const Node &after);

} // namespace gatehouse::config
