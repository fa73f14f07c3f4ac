// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

namespace gatehouse::app {

/// What every verb takes to find its configuration.
struct CommonOptions
{
    std::string file;        ///< -c; empty: ./gatehouse.yaml if it is there, else the demo
    std::string environment; ///< --env
    std::vector<std::string> overrides; ///< --set path=value
};

/// Exit codes, the same for all verbs; the manual lists them.
enum ExitCode {
    Ok = 0,
    Findings = 1, ///< the configuration has errors; explain: nothing matches
    Unusable = 2, ///< the file cannot be read, or the command line is wrong
    CannotListen = 3,
    DrainCut = 4, ///< shutdown_timeout passed before the last request was done
    Forced = 130, ///< a second SIGINT
};

// Each adds its sub-command to \a app. \a exitCode is set when it has run.
void addRun(CLI::App &app, int &exitCode);
void addCheck(CLI::App &app, int &exitCode);
void addExplain(CLI::App &app, int &exitCode);
void addRoutes(CLI::App &app, int &exitCode);
void addConfig(CLI::App &app, int &exitCode);
void addSchema(CLI::App &app, int &exitCode);
void addTail(CLI::App &app, int &exitCode);
void addShow(CLI::App &app, int &exitCode);
void addTest(CLI::App &app, int &exitCode);

/// Adds -c, --env and --set.
void addCommonOptions(CLI::App &verb, CommonOptions &options);

} // namespace gatehouse::app
