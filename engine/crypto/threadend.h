// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace gatehouse::crypto {

/// Frees what OpenSSL keeps for the calling thread. Last thing on a QThread that has used crypto:
/// it counts as finished before its thread-local destructors have run, and the program may end in
/// between.
void releaseThread();

} // namespace gatehouse::crypto
