// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/verbs.h"
#include "engine/core/log.h"

#include <CLI/CLI.hpp>

int main(int argc, char **argv)
{
    using namespace gatehouse;
    installLogging(LogFormat::Text);

    CLI::App app("Gatehouse: a local API gateway that shows why", "gatehouse");
    app.set_version_flag("--version", GATEHOUSE_VERSION);
    app.require_subcommand(1);
    int exitCode = app::Ok;
    app::addRun(app, exitCode);
    app::addCheck(app, exitCode);
    app::addExplain(app, exitCode);
    app::addRoutes(app, exitCode);
    app::addConfig(app, exitCode);
    app::addSchema(app, exitCode);
    app::addTail(app, exitCode);
    app::addShow(app, exitCode);
    app::addTest(app, exitCode);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? app::Ok : app::Unusable;
    }
    return exitCode;
}
