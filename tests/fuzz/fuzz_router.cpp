// SPDX-License-Identifier: GPL-3.0-or-later
// Input: a pattern, a newline, the method, a space, and a path with its query. The pattern stands
// between fixed routes, so that backtracking, near misses and conflicts are reached as well.
#include "engine/routing/explain.h"
#include "engine/routing/router.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace gatehouse;

namespace {

std::vector<config::RouteConfig> routesAround(std::string_view pattern)
{
    std::vector<config::RouteConfig> routes;
    const auto add = [&](const char *id, std::string_view path) -> config::RouteConfig & {
        config::RouteConfig &route = routes.emplace_back();
        route.id = id;
        route.path = path;
        return route;
    };
    add("literal", "/a/b").methods = {"GET"};
    add("typed", "/a/{id:int}/{name:slug}");
    add("fuzzed", pattern);
    add("conditional", "/{x}/b").query.push_back({.name = "q", .value = "1 2", .mark = {}});
    add("hosted", "/*").hosts = {"*.local"};
    return routes;
}

/// What must hold for any answer.
void check(const routing::Router::Match &match, const routing::Params &params,
           std::string_view path)
{
    const auto fail = [](bool isWrong) {
        if (isWrong)
            std::abort();
    };
    const bool isFound = match.kind == routing::Router::Kind::Found;
    fail(isFound != (match.route >= 0) && match.kind != routing::Router::Kind::BadParameter);
    fail(!isFound && params.size() != 0);
    fail((match.kind == routing::Router::Kind::MethodNotAllowed) != (match.methods != 0));
    for (const auto &param : params) {
        fail(param.name.empty());
        fail(param.raw.data() < path.data() || param.raw.end() > path.end());
        fail(param.value.size() > param.raw.size());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t newline = input.find('\n');
    if (newline == input.npos)
        return 0;
    const std::string_view request = input.substr(newline + 1);
    const std::size_t space = std::min(request.find(' '), request.size());
    const std::string_view target = request.substr(std::min(space + 1, request.size()));
    const std::size_t question = std::min(target.find('?'), target.size());

    config::Findings findings;
    const auto routes = routesAround(input.substr(0, newline));
    const routing::Router router = routing::Router::compile(routes, findings);
    const routing::RequestView view{.method = request.substr(0, space),
                                    .host = target.substr(0, 8),
                                    .path = target.substr(0, question),
                                    .query = target.substr(std::min(question + 1, target.size())),
                                    .fields = {}};
    Arena arena;
    routing::Params params;
    routing::Tracer tracer;
    const auto match = router.match(view, arena, params);
    check(match, params, view.path);
    // The tracer must not change the answer.
    const auto traced = router.match(view, arena, params, &tracer);
    if (traced.kind != match.kind || traced.route != match.route || tracer.text().empty())
        std::abort();
    (void)router.nearest(view);
    return 0;
}
