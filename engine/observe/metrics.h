// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/errorcode.h"
#include "engine/http/exchange.h"
#include "engine/observe/histogram.h"

#include <QMutex>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace gatehouse::observe {

/// What one worker has counted for one route (or for requests that matched none).
struct RouteMetrics
{
    std::array<Counter, 6>
        byClass; ///< answers 1xx..5xx at their first digit; 0 is "no answer sent"
    Histogram duration;
    Counter bytesReceived;
    Counter bytesSent;
};

/// Time spent in one stage, over all routes.
struct StageMetrics
{
    std::string name;
    Counter count;
    Counter nanoseconds;
};

/// The counters of one worker. Its thread writes; any reads, through Metrics.
class WorkerMetrics
{
public:
    /// Counts a finished exchange. The route row must exist: see Metrics::prepare().
    void record(const Exchange &exchange);

private:
    friend class Metrics;
    StageMetrics &stage(std::string_view name, std::size_t &hint);
    StageMetrics &findStage(std::string_view name);

    std::deque<RouteMetrics> m_routes; ///< by route index, 0 is "none"
    std::deque<StageMetrics> m_stages;
    /// The n-th stage of the last exchange: its name, only ever compared by place, and its row.
    std::array<std::string_view, Trace::maxStages> m_hints;
    std::array<StageMetrics *, Trace::maxStages> m_hinted{};
    std::array<Counter, errorCodeCount> m_errors;
    mutable QMutex m_growth; ///< held while a deque grows, and while another thread walks it
};

/// Sums over the workers, at one moment.
struct MetricsReading
{
    struct Route
    {
        std::string id;
        std::array<quint64, 6> byClass{};
        std::array<quint64, Histogram::bucketCount> buckets{};
        double seconds = 0;
        quint64 bytesReceived = 0;
        quint64 bytesSent = 0;
    };
    struct Stage
    {
        std::string name;
        quint64 count = 0;
        double seconds = 0;
    };
    std::vector<Route> routes;
    std::vector<Stage> stages;
    std::array<quint64, errorCodeCount> errors{};
};

/// All counters of a gateway. They outlive reloads: a route keeps its row by its id.
class Metrics
{
public:
    explicit Metrics(std::size_t workers);

    /// The row of \a routeId, made if it is new. Control thread; prepare() must follow on each
    /// worker.
    int routeRow(const std::string &routeId);
    /// Makes the rows of a worker up to what routeRow() has given out. On that worker's thread.
    void prepare(std::size_t worker);
    WorkerMetrics &worker(std::size_t index) { return *m_workers[index]; }
    [[nodiscard]] MetricsReading read() const;

private:
    void readWorker(const WorkerMetrics &worker, MetricsReading &reading) const;

    mutable QMutex m_mutex;
    std::vector<std::string> m_routeIds{"-"};
    std::map<std::string, int> m_rows;
    std::vector<std::unique_ptr<WorkerMetrics>> m_workers;
};

} // namespace gatehouse::observe
