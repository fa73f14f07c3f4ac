// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/statestore.h"

namespace gatehouse::state {

StateStore::~StateStore() = default;

} // namespace gatehouse::state
