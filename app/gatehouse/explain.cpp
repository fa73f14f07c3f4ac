// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/explaintext.h"
#include "app/gatehouse/loading.h"
#include "engine/gateway/explanationjson.h"

#include <CLI/CLI.hpp>

#include <QJsonDocument>

#include <cstdio>

namespace gatehouse::app {

namespace {

struct ExplainOptions
{
    CommonOptions common;
    gateway::Question question;
    std::string format = "text";
};

int explainRequest(const ExplainOptions &options)
{
    const LoadedOrExit loaded = loadOrExplain(options.common);
    if (loaded.exitCode != Ok)
        return loaded.exitCode;
    const Result<gateway::Explanation> explanation =
        gateway::explain(*loaded.checked.snapshot, options.question);
    if (!explanation) {
        std::fprintf(stderr, "gatehouse: no client can send this: %s\n",
                     explanation.error().text().toUtf8().constData());
        return Unusable;
    }
    if (options.format == "json")
        std::printf("%s",
                    QJsonDocument(gateway::toJson(*loaded.checked.snapshot, *explanation))
                        .toJson()
                        .constData());
    else
        printText(*loaded.checked.snapshot, *explanation);
    return explanation->route || explanation->isOwn ? Ok : Findings;
}

} // namespace

void addExplain(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<ExplainOptions>();
    CLI::App *verb =
        app.add_subcommand("explain", "show which route a request takes, and why not another");
    addCommonOptions(*verb, options->common);
    verb->add_option("method", options->question.method, "GET, POST ...")->required();
    verb->add_option("url", options->question.url, "http://host/path?query, or a path")->required();
    verb->add_option("-H,--header", options->question.headers, "a header field: 'Name: value'")
        ->take_all()
        ->allow_extra_args(false);
    verb->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}));
    verb->callback([options, &exitCode] { exitCode = explainRequest(*options); });
}

} // namespace gatehouse::app
