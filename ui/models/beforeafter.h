// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/latencyhistogram.h"
#include "ui/models/trafficstore.h"

#include <chrono>
#include <optional>

namespace gatehouse::ui {

/// What the traffic was like before and after a configuration came into force.
struct BeforeAfter
{
    static constexpr quint32 mostRows = 300'000; ///< the newest ones are looked at

    struct Side
    {
        qint64 requests = 0;
        qint64 errors = 0;        ///< 5xx, and what ended without an answer
        qint64 limited = 0;       ///< denied by a limit
        LatencyHistogram latency; ///< of exchanges that have ended
    };
    struct Line
    {
        QString name; ///< of the route; empty: all of them
        Side before;
        Side after;
    };

    qint64 at = 0;           ///< when it came into force, nanoseconds since 1970
    std::vector<Line> lines; ///< all together first, then by route, the busiest first

    /// When the first exchange of \a revision began that is still there; nullopt if there is none.
    [[nodiscard]] static std::optional<qint64> beginOf(const TrafficStore &store, quint32 revision);
    /// Exchanges that began within \a window before \a at, and after. GUI thread.
    [[nodiscard]] static BeforeAfter around(const TrafficStore &store, qint64 at,
                                            std::chrono::seconds window);
};

} // namespace gatehouse::ui
