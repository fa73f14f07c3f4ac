// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"
#include "engine/http/middleware.h"
#include "engine/observe/openexchanges.h"
#include "engine/upstream/service.h"

#include <map>

namespace gatehouse::gateway {

class Preflights;
using Services = std::map<std::string, std::shared_ptr<upstream::Service>>;

/// What a worker counts into, and what it tells the recorder through. Neither is owned.
struct Observers
{
    observe::WorkerMetrics &metrics;
    observe::Tap &tap;
    observe::OpenExchanges &open;
};

/// How trace and metrics call \a entry: "middleware.team_key".
[[nodiscard]] std::string stageName(const config::MiddlewareConfig &entry);

/// Names the middlewares of one chain in their order: "orders/rate_limit", and with a number if
/// there is more than one.
class MiddlewareIds
{
public:
    /// Empty for the global pipeline.
    explicit MiddlewareIds(const std::string &routeId)
        : m_owner(routeId.empty() ? "pipeline" : routeId)
    {
    }
    [[nodiscard]] std::string next(const config::MiddlewareConfig &entry);

private:
    std::string m_owner;
    std::map<std::string, int> m_counts;
};

/// One middleware of \a snapshot, made by its factory, under \a id (BuildContext::id).
/// InvalidConfig with the setting as path.
[[nodiscard]] Result<std::unique_ptr<const Middleware>>
makeMiddleware(const config::MiddlewareConfig &entry, const Snapshot &snapshot,
               const std::string &routeId, const std::string &id,
               const middleware::Services &services);

/// The whole pipeline of one generation on one worker: the global chain, whose innermost element
/// routes, and a chain for each route. Destroyed on its worker, once the last exchange that began
/// with it is over.
class Pipeline final : public Handler
{
public:
    /// Errors are what can still change after compile() has checked: a file that has gone.
    static Result<std::shared_ptr<const Pipeline>> build(std::shared_ptr<const Snapshot> snapshot,
                                                         const Services &services,
                                                         middleware::Services shared,
                                                         const Observers &observers);

    Task<Response> handle(Exchange &exchange) const override;
    [[nodiscard]] const Snapshot &snapshot() const { return *m_snapshot; }

private:
    Pipeline(std::shared_ptr<const Snapshot> snapshot, const Observers &observers);
    Result<void> addPreflights(const middleware::Services &shared);
    Task<Response> run(Exchange &exchange) const;
    Task<Response> runKeepingBodies(Exchange &exchange) const;
    static void record(const void *context, Exchange &exchange);
    static void noteAnswer(const void *context, Exchange &exchange, const Response &response);

    std::shared_ptr<const Snapshot> m_snapshot;
    Observers m_observers;
    std::unique_ptr<const Chain> m_global;
    const Preflights *m_preflights = nullptr; ///< at the end of m_preflightChain
    std::unique_ptr<const Chain> m_preflightChain;
};

} // namespace gatehouse::gateway
