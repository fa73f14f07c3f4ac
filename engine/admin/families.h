// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <vector>

namespace gatehouse::admin {

using MetricLabels = std::vector<prometheus::ClientMetric::Label>;

/// Collects metric families in the order they are first named. Lines of one family come in a row.
class Families
{
public:
    void counter(const std::string &name, const char *help, MetricLabels labels, double value);
    void gauge(const std::string &name, const char *help, MetricLabels labels, double value);
    prometheus::ClientMetric &histogram(const std::string &name, const char *help,
                                        MetricLabels labels);
    /// In the text format.
    [[nodiscard]] std::string text() const;

private:
    prometheus::ClientMetric &add(const std::string &name, const char *help,
                                  prometheus::MetricType type, MetricLabels labels);

    std::vector<prometheus::MetricFamily> m_families;
};

} // namespace gatehouse::admin
