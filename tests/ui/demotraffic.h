// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/feedbatch.h"

namespace gatehouse::test {

/// \a count exchanges as a small shop makes them over five minutes that end at \a end
/// (nanoseconds since 1970): orders, denials, limits, a slow route, a flaky one, streams.
[[nodiscard]] client::FeedBatch demoTraffic(int count, qint64 end);

} // namespace gatehouse::test
