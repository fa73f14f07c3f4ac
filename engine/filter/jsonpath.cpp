// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/filter/jsonpath.h"

#include <QJsonArray>
#include <QJsonObject>

namespace gatehouse::filter {

namespace {

constexpr std::size_t mostValues = 10'000;
using Values = std::vector<QJsonValue>;

void add(Values &values, const QJsonValue &value)
{
    if (!value.isUndefined() && values.size() < mostValues)
        values.push_back(value);
}

Values members(const Values &from, QStringView name)
{
    Values to;
    for (const QJsonValue &value : from) {
        if (value.isObject())
            add(to, value.toObject().value(name));
    }
    return to;
}

Values everyMember(const Values &from)
{
    Values to;
    for (const QJsonValue &value : from) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue &member : object)
            add(to, member);
    }
    return to;
}

Values elements(const Values &from, QStringView index)
{
    Values to;
    for (const QJsonValue &value : from) {
        const QJsonArray array = value.toArray();
        if (index != QLatin1String("*")) {
            const qsizetype at = index.toInt();
            if (at < array.size())
                add(to, array.at(at));
            continue;
        }
        for (const QJsonValue &element : array)
            add(to, element);
    }
    return to;
}

} // namespace

Values valuesAt(const QJsonDocument &document, const QStringList &path)
{
    Values values;
    if (document.isObject())
        values.emplace_back(document.object());
    else if (document.isArray())
        values.emplace_back(document.array());
    for (const QString &step : path) {
        QStringView rest = step;
        if (rest.startsWith(u'"')) {
            values = members(values, rest.sliced(1));
            continue;
        }
        const qsizetype bracket = rest.indexOf(u'[');
        const QStringView name = bracket < 0 ? rest : rest.left(bracket);
        if (name == u'*')
            values = everyMember(values);
        else if (name != u'$')
            values = members(values, name);
        while (rest.contains(u'[')) {
            rest = rest.sliced(rest.indexOf(u'[') + 1);
            values = elements(values, rest.left(rest.indexOf(u']')));
        }
    }
    return values;
}

QByteArray textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().toUtf8();
    case QJsonValue::Object:
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    case QJsonValue::Array:
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    case QJsonValue::Bool:
        return value.toBool() ? "true" : "false";
    case QJsonValue::Double:
        return value.toVariant().toString().toUtf8();
    default:
        return "null";
    }
}

} // namespace gatehouse::filter
