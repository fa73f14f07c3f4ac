// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/observe/metrics.h"

#include <algorithm>
#include <utility>

namespace gatehouse::observe {

/// Exchanges pass the same stages in the same order, so the next one is mostly where \a hint
/// points, and its name is the very same text.
StageMetrics &WorkerMetrics::stage(std::string_view name, std::size_t &hint)
{
    if (hint < m_hints.size() && m_hints[hint].data() == name.data()
        && m_hints[hint].size() == name.size())
        return *m_hinted[hint++];
    StageMetrics &found = findStage(name);
    if (hint < m_hints.size()) {
        m_hints[hint] = name;
        m_hinted[hint++] = &found;
    }
    return found;
}

StageMetrics &WorkerMetrics::findStage(std::string_view name)
{
    for (StageMetrics &stage : m_stages) {
        if (stage.name == name)
            return stage;
    }
    const QMutexLocker lock(&m_growth);
    StageMetrics &stage = m_stages.emplace_back();
    stage.name = name;
    return stage;
}

void WorkerMetrics::record(const Exchange &exchange)
{
    RouteMetrics &route = m_routes[static_cast<std::size_t>(std::max(exchange.routeIndex(), 0))];
    route.byClass[static_cast<std::size_t>(exchange.status() / 100) % 6].add();
    route.duration.record(exchange.endTime() - exchange.startTime());
    route.bytesReceived.add(static_cast<quint64>(exchange.bytesReceived()));
    route.bytesSent.add(static_cast<quint64>(exchange.bytesSent()));
    if (exchange.errorCode())
        m_errors[static_cast<std::size_t>(std::to_underlying(*exchange.errorCode()))].add();
    std::size_t hint = 0;
    for (const Stage &recorded : exchange.trace().stages()) {
        StageMetrics &stage = this->stage(recorded.name, hint);
        stage.count.add();
        stage.nanoseconds.add(
            static_cast<quint64>(std::max<qint64>((recorded.end - recorded.begin).count(), 0)));
    }
}

Metrics::Metrics(std::size_t workers)
{
    for (std::size_t i = 0; i < workers; ++i)
        m_workers.push_back(std::make_unique<WorkerMetrics>());
}

int Metrics::routeRow(const std::string &routeId)
{
    const QMutexLocker lock(&m_mutex);
    const auto [it, isNew] = m_rows.try_emplace(routeId, int(m_routeIds.size()));
    if (isNew)
        m_routeIds.push_back(routeId);
    return it->second;
}

void Metrics::prepare(std::size_t worker)
{
    const QMutexLocker lock(&m_mutex);
    WorkerMetrics &metrics = *m_workers[worker];
    const QMutexLocker growth(&metrics.m_growth);
    while (metrics.m_routes.size() < m_routeIds.size())
        metrics.m_routes.emplace_back();
    metrics.m_hints.fill({}); // the texts of a former generation may have given way to others
}

MetricsReading Metrics::read() const
{
    const QMutexLocker lock(&m_mutex);
    MetricsReading reading;
    for (const std::string &id : m_routeIds)
        reading.routes.emplace_back().id = id;
    for (const std::unique_ptr<WorkerMetrics> &worker : m_workers)
        readWorker(*worker, reading);
    return reading;
}

void Metrics::readWorker(const WorkerMetrics &worker, MetricsReading &reading) const
{
    const QMutexLocker growth(&worker.m_growth);
    for (std::size_t i = 0; i < worker.m_routes.size(); ++i) {
        const RouteMetrics &from = worker.m_routes[i];
        MetricsReading::Route &to = reading.routes[i];
        for (std::size_t c = 0; c < to.byClass.size(); ++c)
            to.byClass[c] += from.byClass[c].value();
        for (std::size_t b = 0; b < to.buckets.size(); ++b)
            to.buckets[b] += from.duration.count(b);
        to.seconds += from.duration.sumSeconds();
        to.bytesReceived += from.bytesReceived.value();
        to.bytesSent += from.bytesSent.value();
    }
    for (const StageMetrics &from : worker.m_stages) {
        const auto isSame = [&from](const MetricsReading::Stage &stage) {
            return stage.name == from.name;
        };
        auto to = std::ranges::find_if(reading.stages, isSame);
        if (to == reading.stages.end())
            to = reading.stages.insert(to, {from.name, 0, 0});
        to->count += from.count.value();
        to->seconds += double(from.nanoseconds.value()) / 1e9;
    }
    for (std::size_t i = 0; i < reading.errors.size(); ++i)
        reading.errors[i] += worker.m_errors[i].value();
}

} // namespace gatehouse::observe
