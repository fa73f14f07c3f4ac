// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/rule.h"
#include "engine/state/redisclient.h"

namespace gatehouse::limits::internal {

/// Decides about one request: step() in Lua. KEYS are those of the rule and key; ARGV are limit,
/// window (us), capacity, interval (ns), penalty (us), cost, and for Concurrency a lease and its
/// time (us). Gives {allowed, blocked, before, remaining, retry (us), reset (us)}.
[[nodiscard]] const state::RedisScript &decideScript(Algorithm algorithm);
/// ARGV of decideScript() as far as the cost.
[[nodiscard]] std::vector<std::string> decideArguments(const Rule &rule, qint64 cost);
/// Lets ARGV[1] us pass for KEYS.
[[nodiscard]] const state::RedisScript &advanceScript(Algorithm algorithm);

} // namespace gatehouse::limits::internal
