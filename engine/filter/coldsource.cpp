// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/coldsource.h"

namespace gatehouse::filter {

ColdSource::~ColdSource() = default;

} // namespace gatehouse::filter
