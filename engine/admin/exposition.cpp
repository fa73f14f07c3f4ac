// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/exposition.h"

#include "engine/admin/families.h"
#include "engine/admin/policymetrics.h"
#include "engine/gateway/gateway.h"

#include <unistd.h>

#include <fstream>

namespace gatehouse::admin {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;

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

/// One family with a line for each of \a items: instances or listeners.
template<typename Item>
struct Row
{
    const char *name;
    const char *help;
    MetricType type;
    double (*value)(const Item &item);
};

template<typename Item, std::size_t Count>
void addRows(Families &families, const std::vector<Item> &items, const Row<Item> (&rows)[Count],
             MetricLabels (*labels)(const Item &item))
{
    for (const Row<Item> &row : rows) {
        for (const Item &item : items) {
            if (row.type == MetricType::Counter)
                families.counter(row.name, row.help, labels(item), row.value(item));
            else
                families.gauge(row.name, row.help, labels(item), row.value(item));
        }
    }
}

void addInstances(Families &families, const gateway::WorkerStatus &status)
{
    using Instance = gateway::WorkerStatus::Instance;
    constexpr Row<Instance> rows[] = {
        {"gatehouse_upstream_requests_total", "Attempts sent to an instance.", MetricType::Counter,
         [](const Instance &i) { return double(i.requests); }},
        {"gatehouse_upstream_failures_total", "Attempts without a whole answer.",
         MetricType::Counter, [](const Instance &i) { return double(i.failures); }},
        {"gatehouse_upstream_connects_total", "Connections opened to an instance.",
         MetricType::Counter, [](const Instance &i) { return double(i.connects); }},
        {"gatehouse_upstream_reused_total", "Requests over a pooled connection.",
         MetricType::Counter, [](const Instance &i) { return double(i.reused); }},
        {"gatehouse_upstream_active", "Requests under way at an instance.", MetricType::Gauge,
         [](const Instance &i) { return double(i.active); }},
        {"gatehouse_pool_idle_connections", "Pooled connections to an instance.", MetricType::Gauge,
         [](const Instance &i) { return double(i.idle); }},
        {"gatehouse_upstream_healthy", "1 unless a worker has taken the instance out.",
         MetricType::Gauge, [](const Instance &i) { return i.isEjected ? 0.0 : 1.0; }},
    };
    addRows<Instance>(families, status.instances, rows, [](const Instance &instance) {
        return MetricLabels{{"service", instance.service}, {"instance", instance.url}};
    });
}

void addListeners(Families &families, const gateway::WorkerStatus &status)
{
    using Listener = gateway::WorkerStatus::Listener;
    constexpr Row<Listener> rows[] = {
        {"gatehouse_connections_total", "Connections accepted.", MetricType::Counter,
         [](const Listener &l) { return double(l.accepted); }},
        {"gatehouse_connections_refused_total", "Connections over limits.connections.",
         MetricType::Counter, [](const Listener &l) { return double(l.refused); }},
        {"gatehouse_requests_malformed_total", "Requests that could not be read.",
         MetricType::Counter, [](const Listener &l) { return double(l.malformed); }},
        {"gatehouse_clients_slow_total", "Clients cut for sending their head too slowly.",
         MetricType::Counter, [](const Listener &l) { return double(l.timedOut); }},
        {"gatehouse_connections", "Connections open now.", MetricType::Gauge,
         [](const Listener &l) { return double(l.connections); }},
        {"gatehouse_requests_active", "Requests under way.", MetricType::Gauge,
         [](const Listener &l) { return double(l.active); }},
    };
    addRows<Listener>(families, status.listeners, rows, [](const Listener &listener) {
        return MetricLabels{{"listener", listener.name}};
    });
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
    addPolicies(families, gateway);
    families.counter("gatehouse_config_reloads_total",
                     "Configurations taken into force since the start.", {},
                     double(gateway.reloads()));
    families.counter("gatehouse_config_reload_failures_total", "Reloads refused.", {},
                     double(gateway.failedReloads()));
    families.gauge("process_resident_memory_bytes", "Resident memory.", {}, residentBytes());
    return families.text();
}

} // namespace gatehouse::admin
