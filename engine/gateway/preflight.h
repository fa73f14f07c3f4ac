// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"
#include "engine/http/middleware.h"
#include "engine/middleware/corspolicy.h"

#include <map>

namespace gatehouse::gateway {

/// Answers the preflights of browsers: 204 from the policy of the route that the announced request
/// would take. Innermost element of a chain of its own, so that no limiter, authentication, store
/// or upstream sees them: a browser cannot send credentials with one.
class Preflights final : public Handler
{
public:
    /// Each route's effective policy: its own `cors` entry, else the pipeline's. \a snapshot
    /// outlives this. Errors are those of compile().
    static Result<std::unique_ptr<const Preflights>> build(const Snapshot &snapshot);

    /// The route whose policy answers \a exchange; nullptr if it is no preflight or none covers it.
    [[nodiscard]] const config::RouteConfig *routeOf(Exchange &exchange) const;
    /// What that policy answers.
    [[nodiscard]] Response answer(Exchange &exchange, const std::string &routeId) const;

    /// Whether \a exchange is a preflight that a policy covers. If so, its route is set.
    [[nodiscard]] bool claim(Exchange &exchange) const;
    /// Only after claim().
    Task<Response> handle(Exchange &exchange) const override;

private:
    explicit Preflights(const Snapshot &snapshot) : m_snapshot(snapshot) {}

    const Snapshot &m_snapshot;
    std::map<std::string, middleware::CorsPolicy, std::less<>> m_policies; ///< by route id
};

/// The entries of the pipeline that also see preflights: what watches, and what writes fields.
[[nodiscard]] std::vector<config::MiddlewareConfig>
observersOf(const std::vector<config::MiddlewareConfig> &pipeline);
/// \a entries with `cors` in front, so that its fields stand on every answer of the others, too: a
/// script cannot read a 401, 429 or 500 without them, wherever the list has it.
[[nodiscard]] std::vector<config::MiddlewareConfig>
corsFirst(std::vector<config::MiddlewareConfig> entries);

} // namespace gatehouse::gateway
