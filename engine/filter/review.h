// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/filter/expression.h"
#include "engine/filter/vocabulary.h"

#include <vector>

namespace gatehouse::filter {

/// Warnings about a filter that works, but hardly as it was meant: names that nobody has, tests
/// that are never true, patterns that may take long, a bare number. \a text is what was parsed;
/// fixes are made from it. \a vocabulary may be null.
[[nodiscard]] std::vector<Problem> review(const Expression &expression, const QString &text,
                                          const Vocabulary *vocabulary);

} // namespace gatehouse::filter
