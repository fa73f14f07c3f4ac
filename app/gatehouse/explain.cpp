// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/explain.h"

#include "app/gatehouse/loading.h"
#include "engine/core/units.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

namespace gatehouse::app {

namespace {

struct ExplainOptions
{
    CommonOptions common;
    gateway::Question question;
    std::string format = "text";
};

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

/// The middlewares a request passes, outermost first.
QStringList chainOf(const gateway::Snapshot &snapshot, const config::RouteConfig &route)
{
    QStringList chain;
    const auto add = [&chain](const config::MiddlewareConfig &entry) {
        chain << (entry.name.empty() ? text(entry.use)
                                     : QString("%1 (%2)").arg(text(entry.name), text(entry.use)));
    };
    std::ranges::for_each(snapshot.config->pipeline, add);
    std::ranges::for_each(route.middleware, add);
    return chain;
}

const config::ServiceConfig *serviceOf(const gateway::Snapshot &snapshot,
                                       const config::RouteConfig &route)
{
    const auto it =
        std::ranges::find(snapshot.config->services, route.service, &config::ServiceConfig::id);
    return it == snapshot.config->services.end() ? nullptr : &*it;
}

/// Name and value of each deadline that is in force for the winner.
std::vector<std::pair<QString, QString>> timeoutsOf(const gateway::Snapshot &snapshot,
                                                    const config::RouteConfig &route,
                                                    const config::ServiceConfig *service)
{
    std::vector<std::pair<QString, QString>> timeouts;
    const auto add = [&timeouts](const config::MiddlewareConfig &entry) {
        if (entry.use == "timeout")
            timeouts.emplace_back("request", formatDuration(entry.settings.durationOf("request")));
    };
    std::ranges::for_each(snapshot.config->pipeline, add);
    std::ranges::for_each(route.middleware, add);
    if (service) {
        timeouts.emplace_back("connect", formatDuration(service->timeouts.connect));
        timeouts.emplace_back("response_header", formatDuration(service->timeouts.responseHeader));
        timeouts.emplace_back("idle", formatDuration(service->timeouts.idle));
    }
    return timeouts;
}

QJsonObject winnerJson(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    const config::RouteConfig &route = *explanation.route;
    const config::ServiceConfig *service = serviceOf(snapshot, route);
    QJsonObject params;
    for (const auto &[name, value] : explanation.params)
        params.insert(text(name), text(value));
    QJsonObject timeouts;
    for (const auto &[name, value] : timeoutsOf(snapshot, route, service))
        timeouts.insert(name, value);
    QJsonObject winner{{"route", text(route.id)},
                       {"pattern", text(route.path)},
                       {"place", text(route.mark.text())},
                       {"params", params},
                       {"chain", QJsonArray::fromStringList(chainOf(snapshot, route))},
                       {"target", text(explanation.sentTarget)},
                       {"host", text(explanation.sentHost)},
                       {"timeouts", timeouts}};
    if (service) {
        QJsonArray instances;
        for (const config::InstanceConfig &instance : service->instances)
            instances.append(text(instance.url));
        winner.insert("service", text(service->id));
        winner.insert("instances", instances);
        winner.insert("balancer", text(service->balancer));
    }
    return winner;
}

void printJson(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    QJsonArray misses;
    for (const routing::NearMiss &miss : explanation.trace.nearMisses())
        misses.append(QJsonObject{
            {"route", text(miss.id)}, {"pattern", text(miss.pattern)}, {"why", text(miss.detail)}});
    QJsonObject json{{"near_misses", misses}, {"others", explanation.trace.others()}};
    if (explanation.status != 0)
        json.insert("status", explanation.status);
    if (explanation.route)
        json.insert("winner", winnerJson(snapshot, explanation));
    if (!explanation.allow.empty())
        json.insert("allow", text(explanation.allow));
    std::printf("%s", QJsonDocument(json).toJson().constData());
}

void line(const char *label, const QString &value)
{
    std::printf("%-12s %s\n", label, value.toUtf8().constData());
}

void printWinner(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    const config::RouteConfig &route = *explanation.route;
    const config::ServiceConfig *service = serviceOf(snapshot, route);
    line("route",
         QString("%1  %2  (%3)").arg(text(route.id), text(route.path), text(route.mark.text())));
    for (const auto &[name, value] : explanation.params)
        line("parameter", QString("%1 = %2").arg(text(name), text(value)));
    line("chain", chainOf(snapshot, route).join(" > "));
    if (!service) {
        line("answered", "by the chain itself");
        return;
    }
    QStringList instances;
    for (const config::InstanceConfig &instance : service->instances)
        instances << text(instance.url);
    line(
        "service",
        QString("%1  %2  %3").arg(text(service->id), text(service->balancer), instances.join(' ')));
    line("sent as",
         QString("%1  Host: %2").arg(text(explanation.sentTarget), text(explanation.sentHost)));
    QStringList timeouts;
    for (const auto &[name, value] : timeoutsOf(snapshot, route, service))
        timeouts << name + ' ' + value;
    line("timeouts", timeouts.join(", "));
}

void printText(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    if (explanation.route)
        printWinner(snapshot, explanation);
    else if (explanation.isOwn)
        line("answer",
             QString("%1, by the gateway itself, before any route").arg(explanation.status));
    else if (explanation.status == 405)
        line("answer", "405, Allow: " + text(explanation.allow));
    else if (explanation.status == 400)
        line("answer", "400, a path parameter has the wrong type");
    else
        line("answer", "404, no route matches");
    for (const routing::NearMiss &miss : explanation.trace.nearMisses())
        line("near miss",
             QString("%1  %2  %3").arg(text(miss.id), text(miss.pattern), text(miss.detail)));
    if (explanation.trace.others() > 0)
        line("", QString("and %1 more").arg(explanation.trace.others()));
}

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
        printJson(*loaded.checked.snapshot, *explanation);
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
