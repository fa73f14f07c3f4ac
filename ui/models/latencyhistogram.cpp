// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/latencyhistogram.h"

#include <algorithm>
#include <bit>

namespace gatehouse::ui {

namespace {

// 64 buckets for each doubling: a bucket is at most 1/64 of its value wide, and the middle stands
// for it.
constexpr int bits = 6;
constexpr qint64 mostValue = (qint64(1) << 48) - 1;

int bucketOf(qint64 value)
{
    const auto v = quint64(std::clamp<qint64>(value, 0, mostValue));
    const int shift = std::max(0, int(std::bit_width(v)) - bits - 1);
    return (shift << bits) + int(v >> shift);
}

qint64 lowOf(int bucket)
{
    const int shift = std::max(0, (bucket >> bits) - 1);
    return qint64(bucket - (shift << bits)) << shift;
}

} // namespace

void LatencyHistogram::add(qint64 nanoseconds, quint32 count)
{
    const int bucket = bucketOf(nanoseconds);
    if (m_counts.empty())
        m_first = bucket;
    if (bucket < m_first) {
        m_counts.insert(m_counts.begin(), std::size_t(m_first - bucket), 0);
        m_first = bucket;
    }
    const auto index = std::size_t(bucket - m_first);
    if (index >= m_counts.size())
        m_counts.resize(index + 1);
    m_counts[index] += count;
    m_total += count;
}

void LatencyHistogram::add(const LatencyHistogram &other)
{
    for (std::size_t i = 0; i < other.m_counts.size(); ++i) {
        if (other.m_counts[i] != 0)
            add(lowOf(other.m_first + int(i)), other.m_counts[i]);
    }
}

void LatencyHistogram::clear()
{
    m_counts.clear();
    m_total = 0;
}

qint64 LatencyHistogram::percentile(double share) const
{
    if (m_total == 0)
        return 0;
    const double wanted = share * double(m_total);
    quint64 sum = 0;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        sum += m_counts[i];
        if (m_counts[i] != 0 && double(sum) >= wanted) {
            const int bucket = m_first + int(i);
            return (lowOf(bucket) + lowOf(bucket + 1)) / 2;
        }
    }
    return lowOf(m_first + int(m_counts.size()));
}

std::vector<LatencyHistogram::Bucket> LatencyHistogram::buckets() const
{
    std::vector<Bucket> list;
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const int bucket = m_first + int(i);
        if (m_counts[i] != 0)
            list.push_back({lowOf(bucket), lowOf(bucket + 1), m_counts[i]});
    }
    return list;
}

} // namespace gatehouse::ui
