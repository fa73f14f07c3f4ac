// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/node.h"

namespace gatehouse::config::internal {

/// Files are parts of one whole: maps merge deeply, lists append, scalars of \a later win.
void mergeFile(Node &into, Node later);
/// An overlay says what is different: maps merge deeply; items of listeners and routes merge with
/// the one of the same name or id and are appended otherwise; every other list is replaced, because
/// an overlay that could only add instances could not take one away.
void mergeOverlay(Node &into, Node later);

} // namespace gatehouse::config::internal
