// SPDX-License-Identifier: GPL-3.0-or-later
// How long a match takes with 10, 1 000 and 10 000 routes, as one JSON line for each table:
// {"bench":"router","table":"paths","routes":10000,"ns_median":123.4,"ns_p10":..,"ns_p90":..}
// "paths": services differ in their paths; "hosts": in their hosts alone; "linear": the table
// "paths" matched by looking at one route after the other.
#include "engine/routing/router.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

using namespace gatehouse;

namespace {

struct Table
{
    std::vector<config::RouteConfig> routes;
    std::string text; ///< of all requests, one after the other, as a parser has just touched it
    std::vector<routing::RequestView> requests;
};

struct Template
{
    const char *pattern; ///< "#" is the number of the service
    const char *method;
    const char *path;
};

// What a service of a usual API has: a collection, its items, and something below an item.
constexpr Template templates[] = {
    {"/api/v1/service#/orders", "GET", "/api/v1/service#/orders"},
    {"/api/v1/service#/orders", "POST", "/api/v1/service#/orders"},
    {"/api/v1/service#/orders/{id:int}", "GET", "/api/v1/service#/orders/4711"},
    {"/api/v1/service#/orders/{id:int}", "PUT", "/api/v1/service#/orders/4711"},
    {"/api/v1/service#/orders/search", "GET", "/api/v1/service#/orders/search"},
    {"/api/v1/service#/orders/{id:int}/items/{item}", "GET",
     "/api/v1/service#/orders/4711/items/7"},
    {"/api/v1/service#/customers/{name}", "GET", "/api/v1/service#/customers/ada"},
    {"/api/v1/service#/files/{*path}", "GET", "/api/v1/service#/files/2024/05/report.pdf"},
    {"/service#/health", "GET", "/service#/health"},
    {"/service#/{*rest}", "GET", "/service#/assets/app.js"},
};

std::string numbered(std::string text, int number)
{
    const std::size_t at = text.find('#');
    return at == text.npos ? text : text.replace(at, 1, std::to_string(number));
}

/// \a hasHosts: the services are told apart by their host, and all have the same paths.
Table makeTable(int count, bool hasHosts)
{
    Table table;
    std::vector<std::array<std::string, 3>> requests; // method, host, path
    for (int i = 0; i < count; ++i) {
        const Template &from = templates[i % 10];
        const int service = i / 10;
        const int inPath = hasHosts ? 0 : service;
        config::RouteConfig &route = table.routes.emplace_back();
        route.id = "route" + std::to_string(i);
        route.path = numbered(from.pattern, inPath);
        route.methods = {from.method};
        const std::string host = "tenant" + std::to_string(service) + ".example.com";
        if (hasHosts)
            route.hosts = {host};
        requests.push_back({from.method, host + ":8080", numbered(from.path, inPath)});
    }
    std::mt19937 random(1);
    std::vector<std::array<std::size_t, 3>> sizes;
    constexpr int requestCount = 16'384;
    for (int i = 0; i < requestCount; ++i) {
        const auto &request = requests[random() % requests.size()];
        for (const std::string &part : request)
            table.text += part;
        sizes.push_back({request[0].size(), request[1].size(), request[2].size()});
    }
    for (std::string_view rest = table.text; const auto &[method, host, path] : sizes) {
        table.requests.push_back({.method = rest.substr(0, method),
                                  .host = rest.substr(method, host),
                                  .path = rest.substr(method + host, path),
                                  .query = {},
                                  .fields = {}});
        rest.remove_prefix(method + host + path);
    }
    return table;
}

std::vector<std::string_view> split(std::string_view path)
{
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        segments.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return segments;
}

/// What a plain loop over all routes would do; types are not even checked.
class LinearRouter
{
public:
    explicit LinearRouter(const std::vector<config::RouteConfig> &routes)
    {
        for (const config::RouteConfig &route : routes)
            m_routes.push_back({route.methods.front(), split(route.path)});
    }
    [[nodiscard]] bool match(const routing::RequestView &request) const
    {
        const std::vector<std::string_view> path = split(request.path);
        return std::ranges::any_of(m_routes, [&](const Route &route) {
            return route.method == request.method && matches(route.segments, path);
        });
    }

private:
    using Segments = std::vector<std::string_view>;
    struct Route
    {
        std::string_view method;
        Segments segments;
    };
    static bool matches(const Segments &pattern, const Segments &path)
    {
        const bool hasTail = pattern.back().starts_with("{*");
        if (hasTail ? path.size() < pattern.size() : path.size() != pattern.size())
            return false;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (!pattern[i].starts_with('{') && pattern[i] != path[i])
                return false;
        }
        return true;
    }

    std::vector<Route> m_routes;
};

/// False if \a match(request) is, for any request.
template<typename Match>
bool measure(const char *name, const Table &table, Match &&match)
{
    constexpr std::size_t batch = 1'024;
    constexpr auto budget = std::chrono::seconds(2);
    std::vector<double> samples;
    std::size_t found = 0;
    const auto end = std::chrono::steady_clock::now() + budget;
    for (std::size_t first = 0; samples.size() < 2'000;
         first = (first + batch) % table.requests.size()) {
        const auto begin = std::chrono::steady_clock::now();
        if (begin > end)
            break;
        for (std::size_t i = first; i < first + batch; ++i)
            found += match(table.requests[i]);
        const std::chrono::duration<double, std::nano> spent =
            std::chrono::steady_clock::now() - begin;
        samples.push_back(spent.count() / batch);
    }
    std::ranges::sort(samples);
    std::printf("{\"bench\":\"router\",\"table\":\"%s\",\"routes\":%zu,\"ns_median\":%.1f,"
                "\"ns_p10\":%.1f,\"ns_p90\":%.1f}\n",
                name, table.routes.size(), samples[samples.size() / 2],
                samples[samples.size() / 10], samples[samples.size() * 9 / 10]);
    return found == batch * samples.size();
}

bool run(const char *name, int count, bool hasHosts)
{
    const Table table = makeTable(count, hasHosts);
    config::Findings findings;
    const auto router = routing::Router::compile(table.routes, findings);
    Arena arena;
    routing::Params params;
    bool isFine = measure(name, table, [&](const routing::RequestView &request) {
        return router.match(request, arena, params).kind == routing::Router::Kind::Found;
    });
    if (!hasHosts) {
        const LinearRouter linear(table.routes);
        isFine &= measure("linear", table, [&](const routing::RequestView &request) {
            return linear.match(request);
        });
    }
    return isFine && findings.empty();
}

} // namespace

int main()
{
    bool isFine = true;
    for (const int count : {10, 1'000, 10'000}) {
        isFine &= run("paths", count, false);
        isFine &= run("hosts", count, true);
    }
    if (!isFine)
        std::fputs("a request was not matched\n", stderr);
    return isFine ? 0 : 1;
}
