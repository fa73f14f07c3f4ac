// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/loading.h"
#include "engine/gateway/chainview.h"

#include <CLI/CLI.hpp>

#include <QJsonDocument>

#include <cstdio>

namespace gatehouse::app {

namespace {

int printEffective(const CommonOptions &options)
{
    const LoadedOrExit loaded = loadOrExplain(options);
    if (loaded.exitCode != Ok)
        return loaded.exitCode;
    const config::Node &effective = loaded.checked.loaded.effective;
    std::printf("%s", config::toYaml(effective, gateway::reasonsIn(effective)).c_str());
    return Ok;
}

int printSchema()
{
    const middleware::Factories factories = middleware::builtinFactories();
    config::MiddlewareSchemas schemas;
    for (const QString &kind : factories.kinds())
        schemas.emplace(kind.toStdString(), factories.find(kind.toStdString())->schema());
    std::printf("%s", QJsonDocument(config::jsonSchema(schemas)).toJson().constData());
    return Ok;
}

} // namespace

void addConfig(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<CommonOptions>();
    CLI::App *verb = app.add_subcommand("config", "print the configuration as the gateway sees it");
    addCommonOptions(*verb, *options);
    static bool isEffective = false; // the only form there is, named for clarity
    verb->add_flag("--effective", isEffective,
                   "everything merged, every default filled in, secrets masked")
        ->required();
    verb->callback([options, &exitCode] { exitCode = printEffective(*options); });
}

void addSchema(CLI::App &app, int &exitCode)
{
    CLI::App *verb =
        app.add_subcommand("schema", "print the JSON Schema of the configuration file");
    verb->callback([&exitCode] { exitCode = printSchema(); });
}

} // namespace gatehouse::app
