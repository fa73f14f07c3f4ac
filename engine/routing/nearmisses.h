// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/routing/explain.h"
#include "engine/routing/route.h"
#include "engine/routing/splitpath.h"

namespace gatehouse::routing::internal {

/// One request held against one route after the other, with the predicates that the tree uses:
/// path, parameter types, host, method, headers, query.
class NearMisses
{
public:
    NearMisses(const RequestView &request, const MethodSet &methods, SplitPath &path)
        : m_request(request)
        , m_methods(methods)
        , m_path(path)
        , m_host(request.host)
    {
    }

    /// Why \a route was not taken. \a winner is what was, or nullptr.
    [[nodiscard]] NearMiss of(const Route &route, const Route *winner) const;

private:
    bool checkPath(const Route &route, NearMiss &miss) const;
    bool checkHost(const Route &route, NearMiss &miss) const;
    bool checkMethod(const Route &route, NearMiss &miss) const;
    bool checkConditions(const Route &route, NearMiss &miss) const;
    void explainDefeat(const Route &route, const Route &winner, NearMiss &miss) const;
    [[nodiscard]] const HostPattern *hostOf(const Route &route) const;

    const RequestView &m_request;
    const MethodSet &m_methods;
    SplitPath &m_path;
    HostName m_host;
};

} // namespace gatehouse::routing::internal
