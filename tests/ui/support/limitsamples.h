// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/fakeadminapi.h"

namespace gatehouse::test {

/// Answers Limits, LimitKeys and SimulateLimit as an engine with a limit of each algorithm would.
/// Resetting, filling and the clock succeed.
void serveLimits(FakeAdminApi &api);

} // namespace gatehouse::test
