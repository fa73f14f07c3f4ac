// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/explanation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

namespace gatehouse::app {

namespace {

QString text(const std::string &value)
{
    return QString::fromStdString(value);
}

QJsonArray chainJson(const std::vector<gateway::Stage> &chain)
{
    QJsonArray array;
    for (const gateway::Stage &stage : chain)
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

QJsonObject preflightJson(const gateway::Explanation &explanation)
{
    const gateway::PreflightAnswer &answer = *explanation.preflight;
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

QJsonObject winnerJson(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
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

} // namespace

void printJson(const gateway::Snapshot &snapshot, const gateway::Explanation &explanation)
{
    QJsonArray misses;
    for (const routing::NearMiss &miss : explanation.trace.nearMisses())
        misses.append(QJsonObject{
            {"route", text(miss.id)}, {"pattern", text(miss.pattern)}, {"why", text(miss.detail)}});
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
    std::printf("%s", QJsonDocument(json).toJson().constData());
}

} // namespace gatehouse::app
