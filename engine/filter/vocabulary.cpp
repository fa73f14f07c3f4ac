// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/vocabulary.h"

namespace gatehouse::filter {

Vocabulary::~Vocabulary() = default;

} // namespace gatehouse::filter
