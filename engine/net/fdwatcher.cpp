// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/fdwatcher.h"

namespace gatehouse::net {

FdWatcher::~FdWatcher() = default;

} // namespace gatehouse::net
