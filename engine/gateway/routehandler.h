// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"

namespace gatehouse::gateway {

/// The innermost element of the global chain: finds the route and runs its chain. A miss is 404 (in
/// development with the nearest routes), a method miss 405 with Allow, a path parameter of the
/// wrong type 400 with its name. Answers /_gateway/health, and /_gateway/echo in development.
class RouteHandler final : public Handler
{
public:
    /// \a snapshot outlives the handler; \a chains are in the order of its routes.
    RouteHandler(const Snapshot &snapshot, std::vector<Chain> chains);

    Task<Response> handle(Exchange &exchange) const override;

private:
    [[nodiscard]] Response missed(Exchange &exchange, const routing::MatchResult &match) const;
    [[nodiscard]] std::optional<Response> ownAnswer(Exchange &exchange) const;
    static Task<Response> answer(Response response);

    const Snapshot &m_snapshot;
    std::vector<Chain> m_chains;
};

} // namespace gatehouse::gateway
