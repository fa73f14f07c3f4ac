// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/rule.h"
#include "engine/state/redisclient.h"

namespace gatehouse::limits::internal {

/// Decides about one request: step() in Lua. KEYS are those of the rule and key, and last that of a
/// block by hand; ARGV are limit, window (us), capacity, interval (ns), penalty (us), cost, and for
/// Concurrency a lease and its time (us). Gives {allowed, blocked (2: by hand), before, remaining,
/// retry (us), reset (us)}, and for SlidingWindow {present count, the one before, elapsed (us)}.
[[nodiscard]] const state::RedisScript &decideScript(Algorithm algorithm);
/// ARGV of decideScript() as far as the cost.
[[nodiscard]] std::vector<std::string> decideArguments(const Rule &rule, qint64 cost);
/// Lets ARGV[1] us pass for KEYS.
[[nodiscard]] const state::RedisScript &advanceScript(Algorithm algorithm);
/// The same for blocks by hand.
[[nodiscard]] const state::RedisScript &advanceBlocksScript();
/// For each of KEYS what DUMP says ("" for nothing), and when it ends in ms ("0": never).
[[nodiscard]] const state::RedisScript &dumpScript();
/// Puts such pairs, in ARGV, in the place of KEYS; what has ended meanwhile stays away.
[[nodiscard]] const state::RedisScript &restoreScript();

} // namespace gatehouse::limits::internal
