// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/problem.h"
#include "engine/filter/tree.h"

#include <QStringView>

#include <expected>

namespace gatehouse::filter {

inline constexpr qsizetype mostText = 4096; ///< UTF-16 units of a filter
inline constexpr int mostTerms = 256;
inline constexpr int mostLevels = 64;

/// The tree of \a text, or the first thing that is wrong with it. An empty text is True.
std::expected<Node, Problem> parseTree(QStringView text);

} // namespace gatehouse::filter
