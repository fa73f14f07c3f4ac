// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cache/cachecontrol.h"
#include "engine/core/clock.h"

namespace gatehouse::cache {

/// How old a stored answer is and how long it is fresh (RFC 9111, section 4.2).
struct Freshness
{
    WallTime storedAt;       ///< response_time
    Seconds initialAge{0};   ///< corrected_initial_age
    Seconds lifetime{0};     ///< freshness_lifetime
    bool isExplicit = false; ///< the answer says it itself

    /// Of an answer that arrived at \a now to a request that took \a delay. \a preset is the
    /// lifetime of an answer that says nothing.
    static Freshness of(const Headers &headers, WallTime now, Seconds delay, Seconds preset);

    /// A clock that was set back makes nothing younger than it was.
    [[nodiscard]] Seconds age(WallTime now) const;
    /// Negative once it is stale.
    [[nodiscard]] Seconds left(WallTime now) const { return lifetime - age(now); }
};

/// What may be done with a stored answer for a request (RFC 9111, sections 4 and 5.2.1).
enum class Reuse {
    Fresh,    ///< as it is
    Stale,    ///< as it is, because the request takes stale ones
    Validate, ///< once the upstream has confirmed it
};
[[nodiscard]] Reuse reuseOf(const Freshness &freshness, const CacheControl &stored,
                            const Headers &request, WallTime now);

} // namespace gatehouse::cache
