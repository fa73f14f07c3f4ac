// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/loading.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace gatehouse::app {

namespace {

std::string joined(const std::vector<std::string> &parts, const char *separator,
                   const char *ifEmpty)
{
    std::string text;
    for (const std::string &part : parts)
        text.append(text.empty() ? "" : separator).append(part);
    return text.empty() ? ifEmpty : text;
}

std::string target(const config::RouteConfig &route)
{
    if (!route.service.empty())
        return "service " + route.service;
    return route.middleware.empty() ? "-" : route.middleware.back().use;
}

int listRoutes(const CommonOptions &options)
{
    const LoadedOrExit loaded = loadOrExplain(options);
    if (loaded.exitCode != Ok)
        return loaded.exitCode;
    std::printf("%-20s %-16s %-24s %-32s %s\n", "ROUTE", "METHODS", "HOST", "PATH", "ANSWERED BY");
    for (const config::RouteConfig &route : loaded.checked.snapshot->config->routes) {
        std::printf("%-20s %-16s %-24s %-32s %s\n", route.id.c_str(),
                    joined(route.methods, ",", "any").c_str(),
                    joined(route.hosts, ",", "any").c_str(), route.path.c_str(),
                    target(route).c_str());
    }
    return Ok;
}

} // namespace

void addRoutes(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<CommonOptions>();
    CLI::App *verb = app.add_subcommand("routes", "list the routes of a configuration");
    addCommonOptions(*verb, *options);
    verb->callback([options, &exitCode] { exitCode = listRoutes(*options); });
}

} // namespace gatehouse::app
