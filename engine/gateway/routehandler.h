// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/gateway/snapshot.h"

namespace gatehouse::gateway {

/// Header fields as the router asks for them.
struct FieldLookup
{
    const Headers &headers;
    std::optional<std::string_view> operator()(std::string_view name, int n) const;
};
/// What the router sees of \a request. \a lookup outlives the view.
[[nodiscard]] routing::RequestView viewOf(const Request &request, const FieldLookup &lookup);

/// What answers before any route: OPTIONS * and the /_gateway/ paths. The status, 0 for the others.
[[nodiscard]] int ownStatus(const Request &request, bool isDevelopment);
/// TRACE shows a client what proxies have added, for others too: only where a route names it.
[[nodiscard]] bool isTraceRefused(const Request &request, const config::RouteConfig &route);
/// The methods of an Allow field about the server as a whole.
inline constexpr std::string_view everyMethod = "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH";

/// The innermost element of the global chain: finds the route and runs its chain. A miss is 404 (in
/// development with the nearest routes), a method miss 405 with Allow, a path parameter of the
/// wrong type 400 with its name. Answers /_gateway/health, and /_gateway/echo where it is given.
class RouteHandler final : public Handler
{
public:
    /// \a snapshot outlives the handler; \a chains are in the order of its routes. \a echo may be
    /// nullptr: it shows credentials' names and is for development only.
    RouteHandler(const Snapshot &snapshot, std::vector<Chain> chains,
                 std::unique_ptr<const Chain> echo);

    Task<Response> handle(Exchange &exchange) const override;

private:
    [[nodiscard]] static Response refused(Exchange &exchange);
    [[nodiscard]] Response missed(Exchange &exchange, const routing::Router::Match &match) const;
    [[nodiscard]] static std::optional<Response> ownAnswer(Exchange &exchange);
    static Task<Response> answer(Response response);

    const Snapshot &m_snapshot;
    std::vector<Chain> m_chains;
    std::unique_ptr<const Chain> m_echo;
};

} // namespace gatehouse::gateway
