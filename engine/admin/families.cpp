// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/families.h"

#include <prometheus/text_serializer.h>

namespace gatehouse::admin {

using prometheus::ClientMetric;
using prometheus::MetricType;

void Families::counter(const std::string &name, const char *help, MetricLabels labels, double value)
{
    add(name, help, MetricType::Counter, std::move(labels)).counter.value = value;
}

void Families::gauge(const std::string &name, const char *help, MetricLabels labels, double value)
{
    add(name, help, MetricType::Gauge, std::move(labels)).gauge.value = value;
}

ClientMetric &Families::histogram(const std::string &name, const char *help, MetricLabels labels)
{
    return add(name, help, MetricType::Histogram, std::move(labels));
}

std::string Families::text() const
{
    return prometheus::TextSerializer().Serialize(m_families);
}

ClientMetric &Families::add(const std::string &name, const char *help, MetricType type,
                            MetricLabels labels)
{
    if (m_families.empty() || m_families.back().name != name)
        m_families.push_back({name, help, type, {}});
    ClientMetric &metric = m_families.back().metric.emplace_back();
    metric.label = std::move(labels);
    return metric;
}

} // namespace gatehouse::admin
