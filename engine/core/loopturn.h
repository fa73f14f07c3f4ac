// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace gatehouse {

/// Counts the turns of this thread's event loop. Work between two looks at the same number has not
/// waited for anything.
inline thread_local quint32 loopTurn = 0;

} // namespace gatehouse
