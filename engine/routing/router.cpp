// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/routing/router.h"

#include "engine/routing/conflicts.h"
#include "engine/routing/explain.h"
#include "engine/routing/nearmisses.h"
#include "engine/routing/pathtreebuilder.h"

#include <algorithm>

namespace gatehouse::routing {

using internal::Candidate;
using internal::PathTree;
using internal::Route;
using internal::SplitPath;

struct Router::Data
{
    MethodSet methods;
    std::vector<Route> routes;
    std::vector<quint32> positions; ///< in \c routes, by index in the configuration
    PathTree tree;
    bool hasHosts = false;

    void prepare();
    Match find(const RequestView &request, SplitPath &path, Arena &arena, Params &params) const;
    Match findMisfit(const RequestView &request, SplitPath &path, std::string_view host) const;
    void trace(const RequestView &request, SplitPath &path, const Match &match,
               Tracer &tracer) const;
    bool conditionsHold(const Candidate &candidate, const RequestView &request) const;
    bool fill(const PathTree::Leaf &leaf, const Candidate &candidate, const SplitPath &path,
              Arena &arena, Params &params) const;
    const Route &routeOf(const Candidate &candidate) const
    {
        return routes[positions[candidate.route]];
    }
};

namespace {

/// The search of one request. HEAD looks at a leaf twice: for routes that name it, then as GET.
class Search
{
public:
    explicit Search(MethodSet::Mask method) : m_method(method) {}

    /// True once a candidate of \a leaf accepts everything; \a check(candidate) is for what is not
    /// host and method.
    template<typename Check>
    bool look(const PathTree &tree, const PathTree::Leaf &leaf, std::string_view host,
              Check &&check)
    {
        if (m_method == MethodSet::head) {
            const auto namesHead = [&](const Candidate &candidate) {
                return candidate.methods != MethodSet::all && (candidate.methods & MethodSet::head)
                    && check(candidate) && take(candidate);
            };
            if (tree.forHost(leaf, host, namesHead))
                return true;
        }
        const MethodSet::Mask method = m_method == MethodSet::head ? MethodSet::get : m_method;
        const auto accepts = [&](const Candidate &candidate) {
            if (candidate.methods == MethodSet::all || (candidate.methods & method))
                return check(candidate) && take(candidate);
            if (check(candidate))
                m_allowed |= candidate.methods;
            return false;
        };
        return tree.forHost(leaf, host, accepts);
    }

    [[nodiscard]] const Candidate &taken() const { return *m_taken; }
    /// The methods of candidates that refused nothing else.
    [[nodiscard]] MethodSet::Mask allowed() const
    {
        return m_allowed & MethodSet::get ? m_allowed | MethodSet::head : m_allowed;
    }

private:
    bool take(const Candidate &candidate)
    {
        m_taken = &candidate;
        return true;
    }

    MethodSet::Mask m_method;
    MethodSet::Mask m_allowed = 0;
    const Candidate *m_taken = nullptr;
};

} // namespace

Router::Router() : d(std::make_shared<Data>()) {}

Router::Router(std::shared_ptr<const Data> data) : d(std::move(data)) {}

Router Router::compile(std::span<const config::RouteConfig> routes, config::Findings &findings)
{
    auto data = std::make_shared<Data>();
    data->routes = internal::RouteReader(data->methods, findings).read(routes);
    internal::findConflicts(data->routes, data->methods, findings);
    data->prepare();
    return Router(std::move(data));
}

void Router::Data::prepare()
{
    tree = internal::PathTreeBuilder(routes).build();
    for (const Route &route : routes) {
        positions.resize(std::size_t(route.index) + 1);
        positions.back() = quint32(&route - routes.data());
        hasHosts |= std::ranges::any_of(route.hosts, [](const HostPattern &host) {
            return host.kind() != HostPattern::Kind::Any;
        });
    }
}

Router::Match Router::match(const RequestView &request, Arena &arena, Params &params,
                            Tracer *tracer) const
{
    params.clear();
    SplitPath path(request.path, d->tree.depth(), arena);
    const Match match = path.isValid() ? d->find(request, path, arena, params) : Match();
    if (tracer)
        d->trace(request, path, match, *tracer);
    return match;
}

Router::Match Router::Data::find(const RequestView &request, SplitPath &path, Arena &arena,
                                 Params &params) const
{
    const HostName name(hasHosts ? request.host : std::string_view());
    const std::string_view host = name.text();
    Search search(methods.find(request.method));
    const auto check = [&](const Candidate &candidate) {
        return !candidate.hasConditions || conditionsHold(candidate, request);
    };
    const bool isFound = tree.walk(path, [&](const PathTree::Leaf &leaf) {
        return search.look(tree, leaf, host, check)
            && fill(leaf, search.taken(), path, arena, params);
    });
    if (isFound)
        return {.kind = Kind::Found, .route = int(search.taken().route)};
    if (search.allowed() != 0)
        return {.kind = Kind::MethodNotAllowed, .methods = search.allowed()};
    return findMisfit(request, path, host);
}

Router::Match Router::Data::findMisfit(const RequestView &request, SplitPath &path,
                                       std::string_view host) const
{
    Match match;
    Search search(methods.find(request.method));
    const auto check = [&](const Candidate &candidate) {
        return conditionsHold(candidate, request);
    };
    tree.walkMisfits(path, [&](const PathTree::Leaf &leaf, int segment) {
        if (!search.look(tree, leaf, host, check))
            return false;
        const Route &route = routeOf(search.taken());
        const Pattern::Segment &misfit = route.pattern.segments()[std::size_t(segment)];
        match = {.kind = Kind::BadParameter,
                 .route = route.index,
                 .parameter = misfit.text,
                 .type = misfit.type.text()};
        return true;
    });
    return match;
}

bool Router::Data::conditionsHold(const Candidate &candidate, const RequestView &request) const
{
    return std::ranges::all_of(routeOf(candidate).conditions, [&](const Condition &condition) {
        return condition.holds(request);
    });
}

/// False if the tail is encoded wrongly.
bool Router::Data::fill(const PathTree::Leaf &leaf, const Candidate &candidate,
                        const SplitPath &path, Arena &arena, Params &params) const
{
    const int count = leaf.parameterCount - (leaf.hasTail ? 1 : 0);
    for (int i = 0; i < count; ++i) {
        const int segment = tree.parameterSegment(leaf, i);
        params.append({tree.parameterName(candidate, i), path.text(segment), path.raw(segment)});
    }
    if (!leaf.hasTail)
        return true;
    const std::string_view raw = path.rawTail(tree.parameterSegment(leaf, count));
    const std::optional<std::string_view> decoded = percentDecoded(raw, arena);
    if (decoded)
        params.append({tree.parameterName(candidate, count), *decoded, raw});
    else
        params.clear();
    return decoded.has_value();
}

void Router::Data::trace(const RequestView &request, SplitPath &path, const Match &match,
                         Tracer &tracer) const
{
    const auto isWinner = [&](const Route &route) { return route.index == match.route; };
    const auto winner =
        match.kind == Kind::Found ? std::ranges::find_if(routes, isWinner) : routes.end();
    const Route *const taken = winner == routes.end() ? nullptr : &*winner;
    const internal::NearMisses nearMisses(request, methods, path);
    std::vector<NearMiss> misses;
    for (const Route &route : routes) {
        if (&route == taken)
            continue;
        misses.push_back(nearMisses.of(route, taken));
        if (route.index == match.route) // BadParameter: nothing is nearer
            misses.back().nearness = std::numeric_limits<int>::max();
    }
    tracer.record(match, taken ? taken->id + "  " + taken->pattern.text() : std::string(),
                  std::move(misses));
}

std::string Router::allow(const Match &match) const
{
    return d->methods.text(match.methods);
}

std::vector<std::string> Router::nearest(const RequestView &request, int count) const
{
    Arena arena;
    Params params;
    Tracer tracer(count);
    (void)match(request, arena, params, &tracer);
    std::vector<std::string> ids;
    constexpr int leastNearness = 400; // below, it would be a guess
    for (const NearMiss &miss : tracer.nearMisses()) {
        if (miss.nearness >= leastNearness)
            ids.push_back(miss.id);
    }
    return ids;
}

} // namespace gatehouse::routing
