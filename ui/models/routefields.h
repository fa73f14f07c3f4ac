// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/yamlranges.h"

#include <QJsonObject>
#include <QJsonValue>

namespace gatehouse::ui {

/// A field of a form, as the JSON Schema of the configuration describes it.
struct RouteFieldInfo
{
    /// Source: what a form has no better control for, as YAML on one line.
    enum class Kind { Text, Number, Choice, Texts, Pairs, Source };

    QStringList keys; ///< below its route or middleware: {"match", "path"}
    Kind kind = Kind::Text;
    QStringList choices;
    QString usual; ///< the default; empty if there is none
    QString description;
    bool isRequired = false;

    [[nodiscard]] static RouteFieldInfo from(const QStringList &keys, const QJsonObject &schema,
                                             bool isRequired);
    /// \a node as the form shows it; empty for nullptr.
    [[nodiscard]] QString shown(const YamlNode *node, const QString &text) const;
    /// What was typed, as a value; null if it is empty. Not for Source.
    [[nodiscard]] QJsonValue value(const QString &typed) const;
};

/// What the schema says of routes and of their middlewares.
class RouteSchema
{
public:
    RouteSchema() = default;
    /// Of the answer to Op::ConfigSchema.
    explicit RouteSchema(const QJsonObject &schema);

    [[nodiscard]] bool isEmpty() const { return m_route.empty(); }
    /// Of a route, objects in it taken apart, without `middleware`; in the order of a form.
    [[nodiscard]] const std::vector<RouteFieldInfo> &route() const { return m_route; }
    /// The kinds of middleware.
    [[nodiscard]] QStringList kinds() const;
    [[nodiscard]] std::vector<RouteFieldInfo> settings(const QString &kind) const;
    [[nodiscard]] QString description(const QString &kind) const;

private:
    std::vector<RouteFieldInfo> m_route;
    QJsonObject m_kinds;
};

} // namespace gatehouse::ui
