// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fakeadminapi.h"

namespace gatehouse::test {

/// Answers Limits, LimitKeys and SimulateLimit as an engine with a limit of each algorithm would.
/// Whatever changes a key or the clock succeeds.
void serveLimits(FakeAdminApi &api);

} // namespace gatehouse::test
