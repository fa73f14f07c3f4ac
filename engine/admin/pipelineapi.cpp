// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/pipelineapi.h"

#include "engine/gateway/chainview.h"
#include "engine/gateway/gateway.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using config::Node;

QString textOf(const std::string &text)
{
    return QString::fromStdString(text);
}

/// As YAML would be read: what is not in quotes may be a number or a truth value.
QJsonValue scalarOf(const Node &node)
{
    const QString text = textOf(node.text());
    if (node.isQuoted())
        return text;
    if (text == "true" || text == "false")
        return text == "true";
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    // What is not written back as it came, such as 007, is no number to its reader.
    return isNumber && QString::number(number) == text ? QJsonValue(number) : QJsonValue(text);
}

QJsonValue toJson(const Node &node)
{
    switch (node.kind()) {
    case Node::Kind::Null:
        return QJsonValue::Null;
    case Node::Kind::Scalar:
        return scalarOf(node);
    case Node::Kind::List: {
        QJsonArray list;
        for (const Node &item : node.items())
            list.append(toJson(item));
        return list;
    }
    case Node::Kind::Map:
        break;
    }
    QJsonObject map;
    for (const Node::Member &member : node.members())
        map.insert(textOf(member.key), toJson(member.value));
    return map;
}

QJsonArray toJson(const gateway::Snapshot &snapshot, const std::vector<gateway::Stage> &stages)
{
    QJsonArray list;
    for (const gateway::Stage &stage : stages) {
        const config::Schema schema = snapshot.factories->find(stage.entry.use)->schema();
        list.append(QJsonObject{{"use", textOf(stage.entry.use)},
                                {"name", textOf(stage.name)},
                                {"stage", textOf(stage.stage)},
                                {"reason", textOf(stage.reason)},
                                {"settings", toJson(schema.masked(stage.entry.settings))}});
    }
    return list;
}

QJsonObject toJson(const gateway::Snapshot &snapshot, const config::RouteConfig &route)
{
    QJsonArray notes;
    for (const std::string &note : gateway::orderNotes(gateway::chainOf(snapshot, route)))
        notes.append(textOf(note));
    return {{"id", textOf(route.id)},
            {"middleware", toJson(snapshot, gateway::middlewareOf(route))},
            {"order", notes}};
}

} // namespace

Answer showPipeline(const gateway::Gateway &gateway)
{
    const std::shared_ptr<const gateway::Snapshot> snapshot = gateway.snapshot();
    QJsonArray routes;
    for (const config::RouteConfig &route : snapshot->config->routes)
        routes.append(toJson(*snapshot, route));
    return {200,
            {{"generation", qint64(snapshot->generation)},
             {"environment", textOf(snapshot->config->environment)},
             {"pipeline", toJson(*snapshot, gateway::pipelineOf(*snapshot->config))},
             {"routes", routes}}};
}

} // namespace gatehouse::admin
