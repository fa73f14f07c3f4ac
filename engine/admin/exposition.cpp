// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/exposition.h"

#include "engine/gateway/gateway.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <unistd.h>

#include <fstream>

namespace gatehouse::admin {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

/// Collects families in the order they are first named.
class Families
{
public:
    void counter(const std::string &name, const char *help, Labels labels, double value)
    {
        ClientMetric &metric = add(name, help, MetricType::Counter, std::move(labels));
        metric.counter.value = value;
    }
    void gauge(const std::string &name, const char *help, Labels labels, double value)
    {
        ClientMetric &metric = add(name, help, MetricType::Gauge, std::move(labels));
        metric.gauge.value = value;
    }
    ClientMetric &histogram(const std::string &name, const char *help, Labels labels)
    {
        return add(name, help, MetricType::Histogram, std::move(labels));
    }
    [[nodiscard]] std::string text() const
    {
        return prometheus::TextSerializer().Serialize(m_families);
    }

private:
    ClientMetric &add(const std::string &name, const char *help, MetricType type, Labels labels)
    {
        if (m_families.empty() || m_families.back().name != name)
            m_families.push_back({name, help, type, {}});
        ClientMetric &metric = m_families.back().metric.emplace_back();
        metric.label = std::move(labels);
        return metric;
    }

    std::vector<MetricFamily> m_families;
};

void addDurations(Families &families, const observe::MetricsReading::Route &route)
{
    ClientMetric &metric = families.histogram("gatehouse_request_duration_seconds",
                                              "From a request's arrival to the end of its answer.",
                                              {{"route", route.id}});
    quint64 count = 0;
    for (std::size_t i = 0; i < route.buckets.size(); ++i) {
        count += route.buckets[i];
        ClientMetric::Bucket bucket;
        bucket.cumulative_count = count;
        bucket.upper_bound = observe::Histogram::upperBound(i);
        metric.histogram.bucket.push_back(bucket);
    }
    metric.histogram.sample_count = count;
    metric.histogram.sample_sum = route.seconds;
}

void addRoutes(Families &families, const observe::MetricsReading &reading)
{
    for (const auto &route : reading.routes) {
        for (std::size_t i = 0; i < route.byClass.size(); ++i) {
            const std::string status = i == 0 ? "none" : std::to_string(i) + "xx";
            families.counter("gatehouse_requests_total",
                             "Requests by route and class of status; none: no answer was sent.",
                             {{"route", route.id}, {"status", status}}, double(route.byClass[i]));
        }
    }
    for (const auto &route : reading.routes)
        addDurations(families, route);
    for (const auto &route : reading.routes)
        families.counter("gatehouse_request_bytes_total", "Bytes of request bodies.",
                         {{"route", route.id}}, double(route.bytesReceived));
    for (const auto &route : reading.routes)
        families.counter("gatehouse_response_bytes_total", "Bytes of response bodies.",
                         {{"route", route.id}}, double(route.bytesSent));
}

void addErrors(Families &families, const observe::MetricsReading &reading)
{
    for (int i = 0; i < errorCodeCount; ++i) {
        families.counter("gatehouse_errors_total", "Requests that ended in an error, by its code.",
                         {{"code", std::string(errorName(static_cast<ErrorCode>(i)))}},
                         double(reading.errors.at(static_cast<std::size_t>(i))));
    }
    for (const auto &stage : reading.stages)
        families.counter("gatehouse_stage_seconds_total", "Time spent in a stage.",
                         {{"stage", stage.name}}, stage.seconds);
    for (const auto &stage : reading.stages)
        families.counter("gatehouse_stage_total", "How often a stage ran.", {{"stage", stage.name}},
                         double(stage.count));
}

void addInstances(Families &families, const gateway::WorkerStatus &status)
{
    using Instance = gateway::WorkerStatus::Instance;
    const auto labels = [](const Instance &instance) {
        return Labels{{"service", instance.service}, {"instance", instance.url}};
    };
    for (const Instance &instance : status.instances)
        families.counter("gatehouse_upstream_requests_total", "Attempts sent to an instance.",
                         labels(instance), double(instance.requests));
    for (const Instance &instance : status.instances)
        families.counter("gatehouse_upstream_failures_total", "Attempts without a whole answer.",
                         labels(instance), double(instance.failures));
    for (const Instance &instance : status.instances)
        families.counter("gatehouse_upstream_connects_total", "Connections opened to an instance.",
                         labels(instance), double(instance.connects));
    for (const Instance &instance : status.instances)
        families.counter("gatehouse_upstream_reused_total", "Requests over a pooled connection.",
                         labels(instance), double(instance.reused));
    for (const Instance &instance : status.instances)
        families.gauge("gatehouse_upstream_active", "Requests under way at an instance.",
                       labels(instance), double(instance.active));
    for (const Instance &instance : status.instances)
        families.gauge("gatehouse_pool_idle_connections", "Pooled connections to an instance.",
                       labels(instance), double(instance.idle));
    for (const Instance &instance : status.instances)
        families.gauge("gatehouse_upstream_healthy",
                       "1 unless a worker has taken the instance out.", labels(instance),
                       instance.isEjected ? 0 : 1);
}

void addListeners(Families &families, const gateway::WorkerStatus &status)
{
    using Listener = gateway::WorkerStatus::Listener;
    const auto labels = [](const Listener &listener) {
        return Labels{{"listener", listener.name}};
    };
    for (const Listener &listener : status.listeners)
        families.counter("gatehouse_connections_total", "Connections accepted.", labels(listener),
                         double(listener.accepted));
    for (const Listener &listener : status.listeners)
        families.counter("gatehouse_connections_refused_total",
                         "Connections over limits.connections.", labels(listener),
                         double(listener.refused));
    for (const Listener &listener : status.listeners)
        families.counter("gatehouse_requests_malformed_total", "Requests that could not be read.",
                         labels(listener), double(listener.malformed));
    for (const Listener &listener : status.listeners)
        families.counter("gatehouse_clients_slow_total",
                         "Clients cut for sending their head too slowly.", labels(listener),
                         double(listener.timedOut));
    for (const Listener &listener : status.listeners)
        families.gauge("gatehouse_connections", "Connections open now.", labels(listener),
                       double(listener.connections));
    for (const Listener &listener : status.listeners)
        families.gauge("gatehouse_requests_active", "Requests under way.", labels(listener),
                       double(listener.active));
}

double residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * double(::sysconf(_SC_PAGESIZE));
}

} // namespace

std::string exposition(const gateway::Gateway &gateway)
{
    Families families;
    families.gauge("gatehouse_build_info", "Always 1; the version is a label.",
                   {{"version", GATEHOUSE_VERSION}}, 1);
    const observe::MetricsReading reading = gateway.metrics().read();
    addRoutes(families, reading);
    addErrors(families, reading);
    const gateway::WorkerStatus status = gateway.status();
    addInstances(families, status);
    addListeners(families, status);
    families.counter("gatehouse_config_reloads_total",
                     "Configurations taken into force since the start.", {},
                     double(gateway.reloads()));
    families.counter("gatehouse_config_reload_failures_total", "Reloads refused.", {},
                     double(gateway.failedReloads()));
    families.gauge("process_resident_memory_bytes", "Resident memory.", {}, residentBytes());
    return families.text();
}

} // namespace gatehouse::admin
