// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/summaryapi.h"

#include "engine/admin/recordjson.h"
#include "engine/admin/trafficsummary.h"
#include "engine/gateway/explanationjson.h"
#include "engine/gateway/gateway.h"

#include <QDateTime>
#include <QJsonArray>

namespace gatehouse::admin {

namespace {

QJsonArray textsOf(const std::vector<std::string> &texts)
{
    QJsonArray list;
    for (const std::string &text : texts)
        list.append(textOf(text));
    return list;
}

QJsonArray conditionsOf(const std::vector<config::ConditionConfig> &conditions)
{
    QJsonArray list;
    for (const config::ConditionConfig &condition : conditions)
        list.append(
            QJsonObject{{"name", textOf(condition.name)}, {"value", textOf(condition.value)}});
    return list;
}

QJsonArray middlewareOf(const config::RouteConfig &route)
{
    QJsonArray list;
    for (const config::MiddlewareConfig &entry : route.middleware)
        list.append(QJsonObject{{"use", textOf(entry.use)},
                                {"name", textOf(entry.name.empty() ? entry.use : entry.name)},
                                {"at", gateway::toJson(entry.mark)}});
    return list;
}

qint64 nowNanoseconds()
{
    return QDateTime::currentMSecsSinceEpoch() * 1'000'000;
}

} // namespace

Answer listRoutes(gateway::Gateway &gateway)
{
    const std::shared_ptr<const gateway::Snapshot> snapshot = gateway.snapshot();
    const TrafficSummary summary(gateway.recorder());
    const qint64 now = nowNanoseconds();
    QJsonArray routes;
    int index = 0;
    for (const config::RouteConfig &route : snapshot->config->routes) {
        const auto traffic = summary.routes.find(route.id);
        routes.append(QJsonObject{{"id", textOf(route.id)},
                                  {"index", index++},
                                  {"hosts", textsOf(route.hosts)},
                                  {"path", textOf(route.path)},
                                  {"methods", textsOf(route.methods)},
                                  {"headers", conditionsOf(route.headers)},
                                  {"query", conditionsOf(route.query)},
                                  {"priority", route.priority},
                                  {"middleware", middlewareOf(route)},
                                  {"service", textOf(route.service)},
                                  {"at", gateway::toJson(route.mark)},
                                  {"traffic",
                                   traffic == summary.routes.end() ? TrafficGroup().json(now)
                                                                   : traffic->second.json(now)}});
    }
    return {200, {{"generation", qint64(snapshot->generation)}, {"routes", routes}}};
}

Answer showSummary(gateway::Gateway &gateway)
{
    gateway.recorder().collect();
    const TrafficSummary summary(gateway.recorder());
    const qint64 now = nowNanoseconds();
    QJsonObject routes;
    for (const auto &[id, group] : summary.routes)
        routes.insert(id.empty() ? "-" : textOf(id), group.json(now));
    QJsonObject stages;
    for (const auto &[name, group] : summary.stages)
        stages.insert(textOf(name), group.times());
    return {200, {{"all", summary.all.json(now)}, {"routes", routes}, {"stages", stages}}};
}

} // namespace gatehouse::admin
