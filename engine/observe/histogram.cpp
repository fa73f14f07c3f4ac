// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/histogram.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace gatehouse::observe {

namespace {

constexpr quint64 firstBound = 100'000; // nanoseconds

} // namespace

double Histogram::upperBound(std::size_t bucket)
{
    if (bucket + 1 >= bucketCount)
        return std::numeric_limits<double>::infinity();
    return double(firstBound << bucket) / 1e9;
}

void Histogram::record(std::chrono::nanoseconds duration)
{
    const auto nanoseconds = static_cast<quint64>(std::max<qint64>(duration.count(), 0));
    const quint64 steps = nanoseconds == 0 ? 0 : (nanoseconds - 1) / firstBound;
    m_buckets[std::min<std::size_t>(static_cast<std::size_t>(std::bit_width(steps)),
                                    bucketCount - 1)]
        .add();
    m_nanoseconds.add(nanoseconds);
}

} // namespace gatehouse::observe
