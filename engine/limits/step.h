// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/limits/rule.h"

#include <optional>

namespace gatehouse::limits {

/// All that a limit knows of one key, in one word, so that a decision is one compare-and-swap.
/// 0 is a key that has never been seen. What the bits mean depends on the algorithm: see step.cpp.
using State = quint64;

/// No state: the word that marks a slot whose state has moved.
inline constexpr State movedState = ~State(0);

/// Decides about a request of \a cost at \a now, a time that never steps back and is never 0, and
/// gives the state after it. A cost of 0 only looks. Pure: the one place that knows the algorithms.
[[nodiscard]] State step(const Rule &rule, State state, Nanoseconds now, qint64 cost,
                         Decision &decision);
/// Gives back what a request of Concurrency has taken.
[[nodiscard]] State release(State state, qint64 cost);

/// What a sliding window reckons with: requests of the present window, and of the one before, which
/// counts for what is left of the present one.
struct SlideCounts
{
    qint64 current = 0;
    qint64 previous = 0;
    Nanoseconds elapsed{0}; ///< of the present window
};
/// Of SlidingWindow.
[[nodiscard]] SlideCounts slideCounts(const Rule &rule, State state, Nanoseconds now);

/// How a key stands, for people who look.
struct Sight
{
    Decision decision;
    std::optional<SlideCounts> slide = std::nullopt; ///< of SlidingWindow
};

/// How long the key would still be remembered: 0 or less once its state says no more than 0 does.
[[nodiscard]] Nanoseconds lifetime(const Rule &rule, State state, Nanoseconds now);

} // namespace gatehouse::limits
