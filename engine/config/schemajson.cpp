// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/schemadata.h"

#include <QJsonArray>

namespace gatehouse::config {

namespace {

QJsonArray toArray(const std::vector<std::string> &texts)
{
    QJsonArray array;
    for (const std::string &text : texts)
        array.append(QString::fromStdString(text));
    return array;
}

QJsonObject typed(const char *type)
{
    return {{"type", QString(type)}};
}

/// Duration and size: text with a unit, or a bare number.
QJsonObject withUnit(const char *pattern)
{
    return {{"type", QJsonArray{"string", "integer"}}, {"pattern", QString(pattern)}};
}

QJsonObject objectJson(const std::vector<Schema::Field> &fields)
{
    QJsonObject properties;
    QJsonArray required;
    for (const Schema::Field &field : fields) {
        const QString key = QString::fromStdString(field.key);
        properties.insert(key, field.schema.toJson());
        if (field.schema.isRequired())
            required.append(key);
    }
    QJsonObject json = typed("object");
    json.insert("properties", properties);
    json.insert("additionalProperties", false);
    if (!required.isEmpty())
        json.insert("required", required);
    return json;
}

QJsonObject anyOfJson(const std::vector<Schema> &parts)
{
    QJsonArray alternatives;
    for (const Schema &part : parts)
        alternatives.append(part.toJson());
    return {{"anyOf", alternatives}};
}

QJsonValue scalarJson(const Node &node, Schema::Kind kind)
{
    const QString text = QString::fromStdString(node.text());
    if (kind == Schema::Kind::Boolean)
        return text == "true";
    if (kind == Schema::Kind::Integer)
        return text.toLongLong();
    return text;
}

QJsonValue valueJson(const Node &node, Schema::Kind kind)
{
    if (node.kind() == Node::Kind::List) {
        QJsonArray array;
        for (const Node &item : node.items())
            array.append(valueJson(item, Schema::Kind::Any));
        return array;
    }
    if (node.kind() == Node::Kind::Map) {
        QJsonObject object;
        for (const Node::Member &member : node.members())
            object.insert(QString::fromStdString(member.key),
                          valueJson(member.value, Schema::Kind::Any));
        return object;
    }
    return node.isNull() ? QJsonValue() : scalarJson(node, kind);
}

QJsonObject kindJson(const Schema &schema, qint64 lowest, qint64 highest)
{
    switch (schema.kind()) {
    case Schema::Kind::Any:
        return schema.referenced().empty()
            ? QJsonObject()
            : QJsonObject{{"$ref", "#/$defs/" + QString::fromStdString(schema.referenced())}};
    case Schema::Kind::Text:
        return typed("string");
    case Schema::Kind::Boolean:
        return typed("boolean");
    case Schema::Kind::Integer:
        return {{"type", "integer"}, {"minimum", lowest}, {"maximum", highest}};
    case Schema::Kind::Duration:
        return withUnit("^(0|[0-9]+(ms|s|m|h|d))$");
    case Schema::Kind::Size:
        return withUnit("^[0-9]+(B|KB|MB|GB|KiB|MiB|GiB)?$");
    case Schema::Kind::Choice:
        return {{"type", "string"}, {"enum", toArray(schema.choices())}};
    case Schema::Kind::List:
        return {{"type", "array"}, {"items", schema.parts().front().toJson()}};
    case Schema::Kind::Map:
        return {{"type", "object"}, {"additionalProperties", schema.parts().front().toJson()}};
    case Schema::Kind::Object:
        return objectJson(schema.fields());
    case Schema::Kind::AnyOf:
        return anyOfJson(schema.parts());
    }
    return {};
}

} // namespace

QJsonObject Schema::toJson() const
{
    QJsonObject json = kindJson(*this, m_data->lowest, m_data->highest);
    if (!description().empty())
        json.insert("description", QString::fromStdString(description()));
    if (m_data->defaultValue)
        json.insert("default", valueJson(*m_data->defaultValue, kind()));
    if (isSecret())
        json.insert("writeOnly", true);
    return json;
}

} // namespace gatehouse::config
