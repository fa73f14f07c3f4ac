// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/deferred.h"

namespace gatehouse::net {

Deferred::~Deferred() = default;

} // namespace gatehouse::net
