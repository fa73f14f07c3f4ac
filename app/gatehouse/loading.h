// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/gatehouse/verbs.h"
#include "engine/gateway/gateway.h"

namespace gatehouse::app {

/// The gateway options for \a options: the file it names, ./gatehouse.yaml, or the demo.
[[nodiscard]] gateway::GatewayOptions gatewayOptions(const CommonOptions &options);
/// The built-in demo configuration.
[[nodiscard]] std::string demoConfiguration();

/// Prints \a findings, a line each: to standard error, or as one JSON array to standard output.
void printFindings(const config::Findings &findings, bool asJson);

/// Loads and compiles; prints what is wrong to standard error and gives the exit code for it.
struct LoadedOrExit
{
    gateway::Gateway::Checked checked;
    int exitCode = Ok; ///< not Ok: give up with it
};
[[nodiscard]] LoadedOrExit loadOrExplain(const CommonOptions &options);

} // namespace gatehouse::app
