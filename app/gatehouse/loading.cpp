// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/loading.h"

#include <CLI/CLI.hpp>

#include <QFile>
#include <QJsonDocument>
#include <QProcessEnvironment>

#include <cstdio>

namespace gatehouse::app {

namespace {

constexpr const char *defaultFile = "gatehouse.yaml";

} // namespace

void addCommonOptions(CLI::App &verb, CommonOptions &options)
{
    verb.add_option("-c,--config", options.file,
                    "configuration file; without it ./gatehouse.yaml, else the demo");
    verb.add_option("--env", options.environment,
                    "environment whose overlay is merged over the file");
    verb.add_option("--set", options.overrides,
                    "override one setting: path=value, e.g. listeners[0].address=127.0.0.1:8081")
        ->take_all()
        ->allow_extra_args(false);
}

std::string demoConfiguration()
{
    QFile file(":/config/demo.yaml");
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    Q_UNUSED(isOpen)
    return file.readAll().toStdString();
}

gateway::GatewayOptions gatewayOptions(const CommonOptions &options)
{
    gateway::GatewayOptions result;
    result.load.file = options.file;
    result.load.environment = options.environment;
    if (options.file.empty() && QFile::exists(defaultFile))
        result.load.file = defaultFile;
    if (result.load.file.empty()) {
        result.text = demoConfiguration();
        result.load.file = "demo.yaml";
    }
    for (const std::string &text : options.overrides) {
        const std::size_t equals = text.find('=');
        const std::string value =
            equals == std::string::npos ? std::string() : text.substr(equals + 1);
        result.load.overrides.emplace_back(text.substr(0, equals), value);
    }
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        result.load.variables.emplace(name.toStdString(), environment.value(name).toStdString());
    return result;
}

void printFindings(const config::Findings &findings, bool asJson)
{
    if (!asJson) {
        for (const config::Finding &finding : findings)
            std::fprintf(stderr, "%s\n", finding.text().c_str());
        return;
    }
    std::printf("%s", QJsonDocument(config::toJson(findings)).toJson().constData());
}

LoadedOrExit loadOrExplain(const CommonOptions &options)
{
    LoadedOrExit result{gateway::Gateway::check(gatewayOptions(options)), Ok};
    if (result.checked.snapshot)
        return result;
    printFindings(result.checked.loaded.findings, false);
    result.exitCode = result.checked.loaded.isUnusable ? Unusable : Findings;
    return result;
}

} // namespace gatehouse::app
