// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/config/documentschema.h"
#include "engine/config/loader.h"

#include <QJsonArray>

namespace gatehouse::config {

namespace {

QJsonObject useJson(const QJsonObject &use, QJsonObject settings)
{
    QJsonObject properties = settings.value("properties").toObject();
    properties.insert("use", use);
    QJsonArray required = settings.value("required").toArray();
    required.prepend("use");
    settings.insert("type", "object");
    settings.insert("properties", properties);
    settings.insert("required", required);
    return settings;
}

/// A name under `middleware:`, or a kind with its settings. A name can be anything but a kind, so
/// that `use` decides which alternative an editor completes from.
QJsonObject entryJson(const MiddlewareSchemas &middleware)
{
    QJsonArray kinds;
    QJsonArray alternatives;
    for (const auto &[kind, schema] : middleware) {
        const QString name = QString::fromStdString(kind);
        kinds.append(name);
        alternatives.append(useJson({{"const", name}}, schema.toJson()));
    }
    const QJsonObject named{{"type", "string"},
                            {"description", "A name under middleware:, settings merged over it."},
                            {"not", QJsonObject{{"enum", kinds}}}};
    alternatives.append(useJson(named, {}));
    const QJsonObject text{{"type", "string"},
                           {"description", "A name under middleware:, or a kind."},
                           {"examples", kinds}};
    return {{"description", "One middleware of a pipeline."},
            {"anyOf", QJsonArray{text, QJsonObject{{"oneOf", alternatives}}}}};
}

} // namespace

QJsonObject jsonSchema(const MiddlewareSchemas &middleware)
{
    QJsonObject json = internal::documentSchema().toJson();
    json.insert("$schema", "https://json-schema.org/draft/2020-12/schema");
    json.insert("title", "gatehouse.yaml");
    json.insert("$defs", QJsonObject{{"middleware", entryJson(middleware)}});
    return json;
}

} // namespace gatehouse::config
