// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace gatehouse::ui {

/// Durations in buckets that grow with the value: two significant digits, so that a percentile is
/// within 1 % of the exact one. Histograms add up; percentiles are never averaged. Nanoseconds,
/// from 0 to about 78 hours; what is longer counts as that.
class LatencyHistogram
{
public:
    void add(qint64 nanoseconds, quint32 count = 1);
    void add(const LatencyHistogram &other);
    void clear();

    [[nodiscard]] quint64 count() const { return m_total; }
    /// The value that \a share (0 to 1) of all are not above; 0 if there are none.
    [[nodiscard]] qint64 percentile(double share) const;

    struct Bucket
    {
        qint64 low = 0;  ///< nanoseconds, included
        qint64 high = 0; ///< not included
        quint64 count = 0;
    };
    /// All buckets that are not empty, ascending.
    [[nodiscard]] std::vector<Bucket> buckets() const;

private:
    std::vector<quint32> m_counts; ///< from bucket m_first on
    int m_first = 0;
    quint64 m_total = 0;
};

} // namespace gatehouse::ui
