// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/filter/randomrecord.h"

#include <QString>

namespace gatehouse::test {

/// A valid filter over hot fields, with every kind of test, list, range, quote and negation.
[[nodiscard]] QString randomFilter(Random &random, int depth = 3);

} // namespace gatehouse::test
