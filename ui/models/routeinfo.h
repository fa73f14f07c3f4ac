// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/yamlranges.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>

namespace gatehouse::ui {

/// What a route has served since the record begins.
struct RouteTraffic
{
    qint64 count = 0;
    qint64 errors = 0;
    qint64 perMinute = 0;
    qint64 p95Us = 0;
    QDateTime last;

    bool operator==(const RouteTraffic &) const = default;
};

/// A route as the draft or the engine has it.
struct RouteInfo
{
    QString id;
    int index = -1; ///< in the draft; -1 if another file has it
    QStringList hosts;
    QString path;
    QStringList methods;
    QStringList conditions; ///< "x-api-version: 2", "?page=*"
    int priority = 0;
    QStringList middleware; ///< names
    QString service;
    QString file; ///< empty: the draft
    int line = 0; ///< from 1

    bool operator==(const RouteInfo &) const = default;
    /// "GET, POST api.local /v1/orders, x-api-version: 2"
    [[nodiscard]] QString matchText() const;
};

/// The routes of a draft in the order of the text.
[[nodiscard]] std::vector<RouteInfo> routesOf(const YamlRanges &ranges, const QString &text);
/// A route of Op::Routes.
[[nodiscard]] RouteInfo routeFrom(const QJsonObject &json);
[[nodiscard]] RouteTraffic trafficFrom(const QJsonObject &json);

/// True if \a a is tried before \a b (resources/help/routes.md, "Precedence"). Equal ones keep the
/// order of the file.
[[nodiscard]] bool isTriedBefore(const RouteInfo &a, const RouteInfo &b);

} // namespace gatehouse::ui
