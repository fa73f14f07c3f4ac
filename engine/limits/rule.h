// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse::limits {

using Nanoseconds = std::chrono::nanoseconds;

enum class Algorithm : unsigned char {
    TokenBucket,   ///< a bucket of tokens that refills evenly; what is in it may go at once
    FixedWindow,   ///< so many in a window that begins with the first request
    SlidingWindow, ///< the last window counts as far as it still reaches into the present one
    LeakyBucket,   ///< one after the other, evenly; a few may come early (GCRA, ITU-T I.371)
    PenaltyWindow, ///< a fixed window; who exceeds it is blocked for its rest and a penalty
    Concurrency,   ///< so many at a time
};
inline constexpr int algorithmCount = 6;

/// The spelling in configurations: "token_bucket".
[[nodiscard]] std::string_view algorithmName(Algorithm algorithm);
[[nodiscard]] std::optional<Algorithm> algorithmFrom(std::string_view name);

/// Largest limit and burst: what the packed states can count.
inline constexpr qint64 maxLimit = 1'000'000;

/// The numbers of one limit.
struct Rule
{
    Algorithm algorithm = Algorithm::TokenBucket;
    qint64 limit = 100; ///< requests in a window; at a time, for Concurrency
    Nanoseconds window = std::chrono::minutes(1);
    qint64 burst = 50;      ///< TokenBucket: its size; LeakyBucket: how many may come early
    Nanoseconds penalty{0}; ///< PenaltyWindow, LeakyBucket: how long who exceeds it is blocked

    /// Time for one request, at least 1 ns.
    [[nodiscard]] Nanoseconds interval() const
    {
        return std::max(Nanoseconds(window / limit), Nanoseconds(1));
    }
    /// The most that can pass at once.
    [[nodiscard]] qint64 capacity() const;
    /// In which as many can pass again, all used up: the w of RateLimit-Policy.
    [[nodiscard]] Nanoseconds refill() const;

    friend bool operator==(const Rule &, const Rule &) = default;
};

/// How long a place of Concurrency is held that no request of this process gives back: a gateway
/// that dies, and people who use all up, return theirs.
inline constexpr std::chrono::minutes leaseTime{5};

/// What a limit has decided about one request, with its numbers.
struct Decision
{
    bool isAllowed = true;
    bool isBlocked = false;    ///< denied without being counted: a penalty or a block runs
    bool isByHand = false;     ///< the block is one that somebody has set
    qint64 before = 0;         ///< what was left before the request
    qint64 remaining = 0;      ///< what is left after it
    Nanoseconds retryAfter{0}; ///< until the same request would pass; 0 if it has passed
    Nanoseconds resetAfter{0}; ///< until everything is as at the beginning
};

} // namespace gatehouse::limits
