// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"
#include "engine/http/middleware.h"

#include <deque>
#include <memory>

namespace gatehouse::gateway {

/// A request that was recorded, as far as a configuration decides by it.
struct PastRequest
{
    std::string head;    ///< as it came in; with its first line
    std::string client;  ///< address
    std::string subject; ///< who it was found to be from; empty: nobody knows
    qint64 start = 0;    ///< nanoseconds since 1970
    qint64 duration = 0; ///< nanoseconds
};

/// What a configuration would have done with it.
struct Outcome
{
    std::string route; ///< empty: none
    int status = 0;    ///< that the gateway would answer itself; 0: the route's service would
    std::string by;    ///< what would answer: "rate_limit", "route.match"; empty: the service
    std::string limit; ///< that would deny
    std::string service;
    std::string target; ///< what the service would be asked for

    friend bool operator==(const Outcome &, const Outcome &) = default;
};

/// A configuration that is tried on past requests: the real router and the real middlewares that
/// decide by the request alone (limits, rewrites, address filters, fixed answers), with limits of
/// its own that begin empty and a clock that follows the requests. Nobody is asked, nothing is
/// counted outside.
///
/// Requests are decided in the order of their starts. One thread.
class Rehearsal
{
public:
    /// InvalidConfig if a middleware cannot be made.
    static Result<std::unique_ptr<Rehearsal>> prepare(std::shared_ptr<const Snapshot> snapshot);
    ~Rehearsal();
    Q_DISABLE_COPY_MOVE(Rehearsal)

    [[nodiscard]] Outcome decide(const PastRequest &request);

    /// Why the same route of \a other may decide differently in a way that cannot be rehearsed: the
    /// kinds of its middlewares that ask for more than the request and have changed. Empty if none.
    [[nodiscard]] std::string unrehearsed(const Rehearsal &other, const std::string &route) const;

private:
    struct Link
    {
        std::string name;
        std::unique_ptr<const Middleware> middleware;
    };
    using Links = std::vector<Link>;
    struct Running;

    explicit Rehearsal(std::shared_ptr<const Snapshot> snapshot);
    Result<Links> make(const std::vector<config::MiddlewareConfig> &entries,
                       const std::string &route);
    bool isAnswered(const Links &links, Exchange &exchange, Outcome &outcome) const;
    void route(Exchange &exchange, Outcome &outcome) const;
    void finishUntil(qint64 now);

    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<middleware::Services> m_services;
    Links m_global;
    std::vector<Links> m_routes;
    std::deque<Running> m_running; ///< by their ends
};

} // namespace gatehouse::gateway
