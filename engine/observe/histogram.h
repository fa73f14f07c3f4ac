// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <atomic>
#include <chrono>

namespace gatehouse::observe {

/// A count that one thread writes and any may read. Not fetch_add: a single writer needs no lock
/// prefix.
class Counter
{
public:
    void add(quint64 amount = 1)
    {
        m_value.store(m_value.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    [[nodiscard]] quint64 value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<quint64> m_value = 0;
};

/// Durations in buckets that double: 100 us, 200 us, 400 us ... 52 s, and the rest. One writer.
class Histogram
{
public:
    static constexpr std::size_t bucketCount = 21; ///< the last has no upper bound
    /// Upper bound of a bucket, in seconds; infinity for the last.
    [[nodiscard]] static double upperBound(std::size_t bucket);

    void record(std::chrono::nanoseconds duration);
    [[nodiscard]] quint64 count(std::size_t bucket) const { return m_buckets[bucket].value(); }
    [[nodiscard]] double sumSeconds() const { return double(m_nanoseconds.value()) / 1e9; }

private:
    std::array<Counter, bucketCount> m_buckets;
    Counter m_nanoseconds;
};

} // namespace gatehouse::observe
