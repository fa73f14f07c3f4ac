// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/limits/rule.h"

#include <algorithm>
#include <array>

namespace gatehouse::limits {

namespace {

constexpr std::array<std::string_view, algorithmCount> names{
    "token_bucket", "fixed_window",   "sliding_window",
    "leaky_bucket", "penalty_window", "concurrency",
};

} // namespace

std::string_view algorithmName(Algorithm algorithm)
{
    return names[static_cast<std::size_t>(algorithm)];
}

std::optional<Algorithm> algorithmFrom(std::string_view name)
{
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<Algorithm>(found - names.begin());
}

qint64 Rule::capacity() const
{
    switch (algorithm) {
    case Algorithm::TokenBucket:
        return burst;
    case Algorithm::LeakyBucket:
        return burst + 1;
    default:
        return limit;
    }
}

Nanoseconds Rule::refill() const
{
    if (algorithm == Algorithm::TokenBucket || algorithm == Algorithm::LeakyBucket)
        return interval() * capacity();
    return window;
}

} // namespace gatehouse::limits
