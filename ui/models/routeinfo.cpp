// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/routeinfo.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace gatehouse::ui {

namespace {

QStringList textsOf(const QJsonValue &list)
{
    QStringList out;
    for (const QJsonValue &item : list.toArray())
        out << item.toString();
    return out;
}

QStringList conditionsOf(const QJsonObject &json)
{
    QStringList out;
    for (const QJsonValue &item : json["headers"].toArray())
        out << QStringLiteral("%1: %2").arg(item["name"].toString(), item["value"].toString());
    for (const QJsonValue &item : json["query"].toArray())
        out << QStringLiteral("?%1=%2").arg(item["name"].toString(), item["value"].toString());
    return out;
}

QStringList conditionsOf(const YamlNode &match)
{
    QStringList out;
    if (const YamlNode *const headers = match.value(QStringLiteral("headers"))) {
        for (const YamlEntry &entry : headers->entries)
            out << QStringLiteral("%1: %2").arg(entry.key, entry.value.text);
    }
    if (const YamlNode *const query = match.value(QStringLiteral("query"))) {
        for (const YamlEntry &entry : query->entries)
            out << QStringLiteral("?%1=%2").arg(entry.key, entry.value.text);
    }
    return out;
}

QString nameOf(const YamlNode &middleware)
{
    if (!middleware.isMap())
        return middleware.text;
    const QString name = middleware.textOf(QStringLiteral("name"));
    return name.isEmpty() ? middleware.textOf(QStringLiteral("use")) : name;
}

/// 0 is the most specific: literal, typed parameter, parameter, tail.
int rankOf(const QString &segment)
{
    if (segment == QLatin1Char('*') || segment.startsWith(QLatin1String("{*")))
        return 3;
    if (segment.startsWith(QLatin1Char('{')))
        return segment.contains(QLatin1Char(':')) ? 1 : 2;
    return segment.startsWith(QLatin1Char(':')) ? 2 : 0;
}

/// Below 0 if \a a is the more specific one.
int comparePaths(const QString &a, const QString &b)
{
    const QStringList left = a.split(QLatin1Char('/'));
    const QStringList right = b.split(QLatin1Char('/'));
    for (qsizetype i = 0; i < std::min(left.size(), right.size()); ++i) {
        if (const int order = rankOf(left[i]) - rankOf(right[i]))
            return order;
    }
    return int(right.size() - left.size());
}

int compareHosts(const RouteInfo &a, const RouteInfo &b)
{
    const auto rank = [](const RouteInfo &route) {
        if (route.hosts.isEmpty())
            return 1'000'000; // any
        int best = 1'000'000;
        for (const QString &host : route.hosts) {
            const bool isWild = host.startsWith(QLatin1Char('*'));
            best = std::min(best, isWild ? 1000 - int(host.size()) : -1);
        }
        return best;
    };
    return rank(a) - rank(b);
}

} // namespace

QString RouteInfo::matchText() const
{
    QStringList parts;
    if (!methods.isEmpty())
        parts << methods.join(QStringLiteral(", "));
    if (!hosts.isEmpty())
        parts << hosts.join(QStringLiteral(", "));
    parts << path;
    QString text = parts.join(QLatin1Char(' '));
    for (const QString &condition : conditions)
        text += QStringLiteral(", ") + condition;
    return text;
}

std::vector<RouteInfo> routesOf(const YamlRanges &ranges, const QString &text)
{
    std::vector<RouteInfo> routes;
    const YamlNode *const list = ranges.find({QStringLiteral("routes")});
    if (!list || !list->isList())
        return routes;
    int line = 1;
    qsizetype counted = 0;
    for (const YamlEntry &entry : list->entries) {
        line += int(QStringView(text).mid(counted, entry.begin - counted).count(QLatin1Char('\n')));
        counted = entry.begin;
        RouteInfo route;
        route.index = int(routes.size());
        route.line = line;
        route.id = entry.value.textOf(QStringLiteral("id"));
        route.service = entry.value.textOf(QStringLiteral("service"));
        route.priority = entry.value.textOf(QStringLiteral("priority")).toInt();
        if (const YamlNode *const match = entry.value.value(QStringLiteral("match"))) {
            route.path = match->textOf(QStringLiteral("path"));
            if (const YamlNode *const host = match->value(QStringLiteral("host")))
                route.hosts = host->texts();
            if (const YamlNode *const methods = match->value(QStringLiteral("methods")))
                route.methods = methods->texts();
            route.conditions = conditionsOf(*match);
        }
        if (const YamlNode *const chain = entry.value.value(QStringLiteral("middleware"))) {
            for (const YamlEntry &item : chain->entries)
                route.middleware << nameOf(item.value);
        }
        routes.push_back(std::move(route));
    }
    return routes;
}

RouteInfo routeFrom(const QJsonObject &json)
{
    RouteInfo route;
    route.id = json["id"].toString();
    route.hosts = textsOf(json["hosts"]);
    route.path = json["path"].toString();
    route.methods = textsOf(json["methods"]);
    route.conditions = conditionsOf(json);
    route.priority = json["priority"].toInt();
    for (const QJsonValue &item : json["middleware"].toArray())
        route.middleware << item["name"].toString();
    route.service = json["service"].toString();
    route.file = json["at"]["file"].toString();
    route.line = json["at"]["line"].toInt();
    return route;
}

RouteTraffic trafficFrom(const QJsonObject &json)
{
    return {json["count"].toInteger(), json["errors"].toInteger(), json["per_minute"].toInteger(),
            json["p95_us"].toInteger(),
            QDateTime::fromString(json["last"].toString(), Qt::ISODateWithMs)};
}

bool isTriedBefore(const RouteInfo &a, const RouteInfo &b)
{
    const std::array orders{comparePaths(a.path, b.path), compareHosts(a, b),
                            int(b.conditions.size() - a.conditions.size()),
                            int(a.methods.isEmpty()) - int(b.methods.isEmpty()),
                            b.priority - a.priority};
    for (const int order : orders) {
        if (order != 0)
            return order < 0;
    }
    return false;
}

} // namespace gatehouse::ui
