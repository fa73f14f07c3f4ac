// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/config.h"
#include "engine/config/finding.h"
#include "engine/core/arena.h"
#include "engine/routing/methodset.h"
#include "engine/routing/params.h"
#include "engine/routing/requestview.h"

#include <memory>
#include <span>

namespace gatehouse::routing {

class Tracer;

/// Decides which route a request takes. Of the routes that match, the most specific wins: by path
/// (segment for segment literal, typed parameter, parameter, tail), then host (exact, longer
/// wildcard, any), then the number of header and query conditions, then whether it names methods;
/// what is left is up to `priority`. If a more specific route fails one of its conditions, the next
/// is tried. HEAD goes where GET goes, unless a route of the same path names HEAD.
///
/// Immutable and cheap to copy; all threads may read one at the same time. Matching does not depend
/// on the number of routes, and allocates nothing unless a regular expression is involved.
class Router
{
public:
    enum class Kind {
        Found,
        NotFound,
        MethodNotAllowed, ///< some route would match with another method
        BadParameter,     ///< a route would match, but a typed path parameter refuses its value
    };

    struct Match
    {
        Kind kind = Kind::NotFound;
        int route = -1;              ///< Found, BadParameter: index into the routes of compile()
        MethodSet::Mask methods = 0; ///< MethodNotAllowed: see allow()
        std::string_view parameter = {}; ///< BadParameter: its name ...
        std::string_view type = {};      ///< ... and what it should be: "int"
    };

    Router(); ///< without routes
    /// Appends everything that is wrong to \a findings. Routes with errors are left out, so the
    /// result may be used for diagnosis even then.
    static Router compile(std::span<const config::RouteConfig> routes, config::Findings &findings);

    /// \a params is filled if a route is found, and holds views into the request, this router and
    /// \a arena (for decoded values). With a \a tracer the near misses are recorded as well, which
    /// looks at every route.
    Match match(const RequestView &request, Arena &arena, Params &params,
                Tracer *tracer = nullptr) const;

    /// The value of the Allow field for a MethodNotAllowed: "GET, HEAD, PUT".
    [[nodiscard]] std::string allow(const Match &match) const;
    /// The ids of up to \a count routes that come nearest to matching, for a 404 in development.
    [[nodiscard]] std::vector<std::string> nearest(const RequestView &request, int count = 3) const;

private:
    struct Data;
    explicit Router(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> d;
};

} // namespace gatehouse::routing
