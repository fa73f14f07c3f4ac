// SPDX-License-Identifier: GPL-3.0-or-later
// How long a match takes with 10, 1 000 and 10 000 routes, as one JSON line for each table:
// {"bench":"router","table":"paths","routes":10000,"ns_median":123.4,"ns_p10":..,"ns_p90":..}
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

bool run(const char *name, int count, bool hasHosts)
{
    const Table table = makeTable(count, hasHosts);
    config::Findings findings;
    const auto router = routing::Router::compile(table.routes, findings);
    Arena arena;
    routing::Params params;
    std::vector<double> samples;
    std::size_t checksum = 0;
    constexpr std::size_t batch = 1'024;
    for (std::size_t first = 0; samples.size() < 2'000;
         first = (first + batch) % table.requests.size()) {
        const auto begin = std::chrono::steady_clock::now();
        for (std::size_t i = first; i < first + batch; ++i)
            checksum +=
                router.match(table.requests[i], arena, params).kind == routing::Router::Kind::Found;
        const std::chrono::duration<double, std::nano> spent =
            std::chrono::steady_clock::now() - begin;
        samples.push_back(spent.count() / batch);
    }
    std::ranges::sort(samples);
    std::printf("{\"bench\":\"router\",\"table\":\"%s\",\"routes\":%d,\"ns_median\":%.1f,"
                "\"ns_p10\":%.1f,\"ns_p90\":%.1f}\n",
                name, count, samples[samples.size() / 2], samples[samples.size() / 10],
                samples[samples.size() * 9 / 10]);
    return checksum == batch * samples.size() && findings.empty(); // every request has its route
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
