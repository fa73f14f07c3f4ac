// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/loading.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace gatehouse::app {

namespace {

struct CheckOptions
{
    CommonOptions common;
    std::string format = "text";
};

int check(const CheckOptions &options)
{
    const gateway::Gateway::Checked checked =
        gateway::Gateway::check(gatewayOptions(options.common));
    const bool asJson = options.format == "json";
    if (asJson) {
        printFindings(checked.loaded.findings, true);
    } else {
        // On standard output: here the findings are what was asked for.
        for (const config::Finding &finding : checked.loaded.findings)
            std::printf("%s\n", finding.text().c_str());
    }
    if (checked.loaded.isUnusable)
        return Unusable;
    return checked.loaded.findings.empty() ? Ok : Findings;
}

} // namespace

void addCheck(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<CheckOptions>();
    CLI::App *verb =
        app.add_subcommand("check", "report everything that is wrong with a configuration");
    addCommonOptions(*verb, options->common);
    verb->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}));
    verb->callback([options, &exitCode] { exitCode = check(*options); });
}

} // namespace gatehouse::app
