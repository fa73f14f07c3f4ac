// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/openapi.h"

#include "engine/client/operation.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using client::Operation;

QStringList wordsOf(const char *list)
{
    return QString::fromLatin1(list).split(", ", Qt::SkipEmptyParts);
}

QJsonObject answers()
{
    const auto described = [](const char *text) { return QJsonObject{{"description", text}}; };
    return {{"200", described("what was asked for")},
            {"400", described("{code, detail}: what is wrong with the request")},
            {"401", described("the admin token is missing or wrong")},
            {"404", described("there is no such thing; detail says where to look")},
            {"409", described("somebody was faster: look again, then repeat")}};
}

/// {type: object} with a property for each field; what is in it is told by the manual.
QJsonObject bodyOf(const Operation &operation)
{
    QJsonObject properties;
    for (const QString &field : wordsOf(operation.body))
        properties.insert(field, QJsonObject{});
    const QJsonObject schema{{"type", "object"}, {"properties", properties}};
    return {{"content", QJsonObject{{"application/json", QJsonObject{{"schema", schema}}}}}};
}

QJsonObject described(const Operation &operation)
{
    QJsonArray parameters;
    for (const QString &name : wordsOf(operation.parameters))
        parameters.append(QJsonObject{
            {"name", name}, {"in", "query"}, {"schema", QJsonObject{{"type", "string"}}}});
    QJsonObject json{{"summary", operation.summary}, {"responses", answers()}};
    if (!parameters.isEmpty())
        json.insert("parameters", parameters);
    if (*operation.body)
        json.insert("requestBody", bodyOf(operation));
    return json;
}

} // namespace

Answer listOperations()
{
    QJsonArray list;
    for (const Operation &operation : client::operations())
        list.append(QJsonObject{{"method", client::verbName(operation.verb)},
                                {"path", operation.path},
                                {"parameters", operation.parameters},
                                {"body", operation.body},
                                {"summary", operation.summary}});
    return {200, {{"operations", list}}};
}

Answer showOpenApi()
{
    QJsonObject paths;
    for (const Operation &operation : client::operations()) {
        const QString path = QString::fromLatin1(operation.path);
        QJsonObject item = paths.value(path).toObject();
        item.insert(QString(client::verbName(operation.verb)).toLower(), described(operation));
        paths.insert(path, item);
    }
    const QJsonObject bearer{{"type", "http"}, {"scheme", "bearer"}};
    return {200,
            {{"openapi", "3.1.0"},
             {"info", QJsonObject{{"title", "Gatehouse admin API"}, {"version", "1"}}},
             {"paths", paths},
             {"components", QJsonObject{{"securitySchemes", QJsonObject{{"token", bearer}}}}},
             {"security", QJsonArray{QJsonObject{{"token", QJsonArray{}}}, QJsonObject{}}}}};
}

} // namespace gatehouse::admin
