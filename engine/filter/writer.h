// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/tree.h"

namespace gatehouse::filter {

/// The one way to write a tree; parseTree() reads it back as the same tree.
[[nodiscard]] QString writeTree(const Node &node);
/// A field with its dots: "header.X-Id", "json.$.items[0].id".
[[nodiscard]] QString writeField(Field field, const QStringList &tail);
/// \a text as a value of \a kind after an operator, in quotes where it needs them.
[[nodiscard]] QString writeValue(const QString &text, Kind kind);

} // namespace gatehouse::filter
