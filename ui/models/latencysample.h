// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/latencyhistogram.h"
#include "ui/models/trafficstore.h"

#include <array>
#include <map>

namespace gatehouse::ui {

/// A few exchanges for each range of durations, to look at: the newest three.
class Exemplars
{
public:
    static constexpr int mostEach = 3;

    void add(qint64 nanoseconds, quint64 seq);
    /// Those of the ranges that touch [from, to], the newest of each first; at most mostEach.
    [[nodiscard]] std::vector<quint64> between(qint64 from, qint64 to) const;

private:
    struct Range
    {
        std::array<quint64, mostEach> seqs{}; ///< a ring
        int count = 0;
    };
    std::map<int, Range> m_ranges; ///< eight for each doubling
};

/// How long the exchanges of a list took, as a whole or by what they have in common.
struct LatencySample
{
    enum class Split : quint8 { None, Route, Upstream, Stage, Revision };
    static constexpr quint32 mostRows = 100'000; ///< the newest ones: no frame may be missed
    static constexpr std::size_t mostGroups = 100;

    struct Group
    {
        QString name;
        QString filter; ///< a test that accepts its exchanges
        LatencyHistogram latency;
    };

    Split split = Split::None;
    LatencyHistogram whole; ///< of exchanges that have ended
    Exemplars exemplars;
    std::vector<Group> groups; ///< the greatest number first; empty without a split

    /// Of Stage, the own time of each stage counts, else the duration of the exchange. GUI thread.
    [[nodiscard]] static LatencySample of(const TrafficStore &store, Split split);
};

} // namespace gatehouse::ui
