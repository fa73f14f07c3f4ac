// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/routefields.h"

#include <QJsonArray>

#include <algorithm>

namespace gatehouse::ui {

namespace {

using Kind = RouteFieldInfo::Kind;

bool isType(const QJsonObject &schema, const char *type)
{
    return schema["type"].toString() == QLatin1String(type);
}

bool isTextList(const QJsonObject &schema)
{
    return isType(schema, "array") && isType(schema["items"].toObject(), "string");
}

Kind kindOf(const QJsonObject &schema)
{
    if (schema.contains(QLatin1String("enum")) || isType(schema, "boolean"))
        return Kind::Choice;
    if (isType(schema, "integer"))
        return Kind::Number;
    if (isTextList(schema))
        return Kind::Texts;
    const QJsonArray parts = schema["anyOf"].toArray();
    if (parts.size() == 2 && isType(parts[0].toObject(), "string")
        && isTextList(parts[1].toObject()))
        return Kind::Texts;
    if (isType(schema, "object") && isType(schema["additionalProperties"].toObject(), "string"))
        return Kind::Pairs;
    const QJsonValue type = schema["type"];
    return type.isArray() || isType(schema, "string") ? Kind::Text : Kind::Source;
}

QString usualText(const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    if (value.isDouble())
        return QString::number(value.toDouble());
    return {};
}

// What people look for comes first; the schema has the order of the alphabet.
int placeOf(const QString &key)
{
    static const QStringList first{QStringLiteral("id"),       QStringLiteral("service"),
                                   QStringLiteral("host"),     QStringLiteral("path"),
                                   QStringLiteral("methods"),  QStringLiteral("headers"),
                                   QStringLiteral("query"),    QStringLiteral("match"),
                                   QStringLiteral("priority"), QStringLiteral("timeout")};
    const qsizetype at = first.indexOf(key);
    return at < 0 ? 100 : int(at);
}

void addFields(const QStringList &path, const QJsonObject &schema, std::vector<RouteFieldInfo> &out)
{
    const QJsonObject properties = schema["properties"].toObject();
    const QJsonArray required = schema["required"].toArray();
    QStringList keys = properties.keys();
    std::ranges::stable_sort(keys, {}, placeOf);
    for (const QString &key : std::as_const(keys)) {
        const QJsonObject field = properties[key].toObject();
        if (key == QLatin1String("middleware") || key == QLatin1String("use"))
            continue;
        if (path.isEmpty() && field.contains(QLatin1String("properties")))
            addFields({key}, field, out);
        else
            out.push_back(
                RouteFieldInfo::from(path + QStringList(key), field, required.contains(key)));
    }
}

} // namespace

RouteFieldInfo RouteFieldInfo::from(const QStringList &keys, const QJsonObject &schema,
                                    bool isRequired)
{
    RouteFieldInfo info;
    info.keys = keys;
    info.kind = kindOf(schema);
    for (const QJsonValue &choice : schema["enum"].toArray())
        info.choices << choice.toString();
    if (isType(schema, "boolean"))
        info.choices = QStringList{QStringLiteral("true"), QStringLiteral("false")};
    info.usual = usualText(schema["default"]);
    info.description = schema["description"].toString();
    info.isRequired = isRequired;
    return info;
}

QString RouteFieldInfo::shown(const YamlNode *node, const QString &text) const
{
    if (!node)
        return {};
    if (kind == Kind::Texts && (node->isList() || node->kind == YamlNode::Kind::Scalar))
        return node->texts().join(QStringLiteral(", "));
    if (kind == Kind::Pairs && node->isMap()) {
        QStringList pairs;
        for (const YamlEntry &entry : node->entries)
            pairs << QStringLiteral("%1: %2").arg(entry.key, entry.value.text);
        return pairs.join(QStringLiteral("; "));
    }
    if (node->kind == YamlNode::Kind::Scalar && kind != Kind::Source)
        return node->text;
    return text.mid(node->begin, node->end - node->begin);
}

QJsonValue RouteFieldInfo::value(const QString &typed) const
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    switch (kind) {
    case Kind::Number: {
        bool isNumber = false;
        const qint64 number = text.toLongLong(&isNumber);
        return isNumber ? QJsonValue(number) : QJsonValue(text);
    }
    case Kind::Choice:
        if (text == QLatin1String("true") || text == QLatin1String("false"))
            return text == QLatin1String("true");
        return text;
    case Kind::Texts: {
        QJsonArray items;
        for (const QString &item : text.split(QLatin1Char(','), Qt::SkipEmptyParts))
            items.append(item.trimmed());
        return items;
    }
    case Kind::Pairs: {
        QJsonObject pairs;
        for (const QString &pair : text.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
            const qsizetype colon = pair.indexOf(QLatin1Char(':'));
            const QString name = (colon < 0 ? pair : pair.left(colon)).trimmed();
            pairs.insert(name, colon < 0 ? QStringLiteral("*") : pair.mid(colon + 1).trimmed());
        }
        return pairs;
    }
    default:
        return text;
    }
}

RouteSchema::RouteSchema(const QJsonObject &schema)
{
    addFields({}, schema["properties"]["routes"]["items"].toObject(), m_route);
    const QJsonArray entry = schema["$defs"]["middleware"]["anyOf"].toArray();
    for (const QJsonValue &part : entry) {
        for (const QJsonValue &kind : part["oneOf"].toArray()) {
            const QString name = kind["properties"]["use"]["const"].toString();
            if (!name.isEmpty())
                m_kinds.insert(name, kind);
        }
    }
}

QStringList RouteSchema::kinds() const
{
    return m_kinds.keys();
}

std::vector<RouteFieldInfo> RouteSchema::settings(const QString &kind) const
{
    std::vector<RouteFieldInfo> out;
    // Objects among the settings stay whole: a form of forms helps nobody.
    const QJsonObject schema = m_kinds[kind].toObject();
    const QJsonArray required = schema["required"].toArray();
    const QJsonObject properties = schema["properties"].toObject();
    for (const QString &key : properties.keys()) {
        if (key != QLatin1String("use"))
            out.push_back(
                RouteFieldInfo::from({key}, properties[key].toObject(), required.contains(key)));
    }
    return out;
}

QString RouteSchema::description(const QString &kind) const
{
    return m_kinds[kind].toObject()["description"].toString();
}

} // namespace gatehouse::ui
