// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/explanationjson.h"

#include "engine/core/units.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::gateway {

const config::ServiceConfig *serviceOf(const Snapshot &snapshot, const config::RouteConfig &route)
{
    const auto it =
        std::ranges::find(snapshot.config->services, route.service, &config::ServiceConfig::id);
    return it == snapshot.config->services.end() ? nullptr : &*it;
}

std::vector<std::pair<QString, QString>> timeoutsOf(const Explanation &explanation,
                                                    const config::ServiceConfig *service)
{
    std::vector<std::pair<QString, QString>> timeouts;
    for (const Stage &stage : explanation.chain) {
        if (stage.entry.use == "timeout")
            timeouts.emplace_back("request",
                                  formatDuration(stage.entry.settings.durationOf("request")));
    }
    if (service) {
        timeouts.emplace_back("connect", formatDuration(service->timeouts.connect));
        timeouts.emplace_back("response_header", formatDuration(service->timeouts.responseHeader));
        timeouts.emplace_back("idle", formatDuration(service->timeouts.idle));
    }
    return timeouts;
}

namespace {

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

QJsonArray chainJson(const std::vector<Stage> &chain)
{
    QJsonArray array;
    for (const Stage &stage : chain)
        array.append(QJsonObject{{"use", text(stage.entry.use)},
                                 {"name", text(stage.name)},
                                 {"stage", text(stage.stage)},
                                 {"of", stage.isOfRoute ? "route" : "pipeline"},
                                 {"reason", text(stage.reason)}});
    return array;
}

QJsonArray linesJson(const std::vector<std::string> &lines)
{
    QJsonArray array;
    for (const std::string &line : lines)
        array.append(text(line));
    return array;
}

QJsonObject preflightJson(const Explanation &explanation)
{
    const PreflightAnswer &answer = *explanation.preflight;
    QJsonObject fields;
    for (const auto &[name, value] : answer.fields)
        fields.insert(text(name), text(value));
    return {{"route", text(explanation.route->id)},
            {"origin", text(answer.origin)},
            {"method", text(answer.method)},
            {"is_allowed", answer.isAllowed},
            {"status", answer.status},
            {"fields", fields},
            {"chain", chainJson(explanation.chain)}};
}

QJsonObject winnerJson(const Snapshot &snapshot, const Explanation &explanation)
{
    const config::RouteConfig &route = *explanation.route;
    const config::ServiceConfig *service = serviceOf(snapshot, route);
    QJsonObject params;
    for (const auto &[name, value] : explanation.params)
        params.insert(text(name), text(value));
    QJsonObject timeouts;
    for (const auto &[name, value] : timeoutsOf(explanation, service))
        timeouts.insert(name, value);
    QJsonObject winner{{"route", text(route.id)},
                       {"pattern", text(route.path)},
                       {"place", text(route.mark.text())},
                       {"at", toJson(route.mark)},
                       {"params", params},
                       {"chain", chainJson(explanation.chain)},
                       {"order", linesJson(explanation.notes)},
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

config::Mark placeOf(const Snapshot &snapshot, const routing::NearMiss &miss)
{
    const auto index = std::size_t(miss.route);
    return index < snapshot.config->routes.size() ? snapshot.config->routes[index].mark
                                                  : config::Mark();
}

} // namespace

QJsonObject toJson(const config::Mark &mark)
{
    const QString file = mark.file ? QString::fromStdString(*mark.file) : QString();
    return {{"file", file}, {"line", mark.line}, {"column", mark.column}};
}

QJsonObject toJson(const Snapshot &snapshot, const Explanation &explanation)
{
    QJsonArray misses;
    for (const routing::NearMiss &miss : explanation.trace.nearMisses())
        misses.append(QJsonObject{{"route", text(miss.id)},
                                  {"pattern", text(miss.pattern)},
                                  {"why", text(miss.detail)},
                                  {"at", toJson(placeOf(snapshot, miss))}});
    QJsonObject json{{"near_misses", misses}, {"others", explanation.trace.others()}};
    if (explanation.status != 0)
        json.insert("status", explanation.status);
    if (explanation.preflight)
        json.insert("preflight", preflightJson(explanation));
    else if (explanation.route)
        json.insert("winner", winnerJson(snapshot, explanation));
    else
        json.insert("chain", chainJson(explanation.chain));
    if (!explanation.allow.empty())
        json.insert("allow", text(explanation.allow));
    return json;
}

} // namespace gatehouse::gateway
