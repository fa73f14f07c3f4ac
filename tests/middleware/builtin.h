// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/yamlreader.h"
#include "engine/middleware/factory.h"
#include "tests/support/chainrunner.h"

namespace gatehouse::test {

using Built = Result<std::unique_ptr<const Middleware>>;

/// What a configuration with \a yaml as its settings makes of it: read, checked, completed, built.
inline Built build(std::string_view kind, const std::string &yaml,
                   const middleware::BuildContext &context = {})
{
    static const middleware::Factories factories = middleware::builtinFactories();
    const middleware::MiddlewareFactory *factory = factories.find(kind);
    if (!factory)
        return fail(ErrorCode::InvalidConfig, "no such middleware");
    config::Findings findings;
    config::Node settings =
        config::internal::readYaml("test.yaml", yaml, findings).value_or(config::Node());
    if (settings.isNull())
        settings = config::Node::map();
    factory->schema().validate(settings, "", findings);
    if (!findings.empty()) {
        QStringList lines;
        for (const config::Finding &finding : findings)
            lines << QString::fromStdString(finding.path + ": " + finding.message);
        return fail(ErrorCode::InvalidConfig, lines.join('\n'));
    }
    return factory->create(factory->schema().withDefaults(settings), context);
}

/// "key: sentence" for each reason to refuse the settings, "" for fine ones.
inline QString refusal(std::string_view kind, const std::string &yaml,
                       const middleware::BuildContext &context = {})
{
    const Built built = build(kind, yaml, context);
    return built ? QString() : built.error().text();
}

inline std::unique_ptr<const Middleware> make(std::string_view kind, const std::string &yaml = {},
                                              const middleware::BuildContext &context = {})
{
    Built built = build(kind, yaml, context);
    if (!built)
        qFatal("settings are refused: %s", qPrintable(built.error().text()));
    return std::move(*built);
}

inline Chain::Link link(std::string name, std::unique_ptr<const Middleware> middleware)
{
    return {std::move(name), std::move(middleware)};
}

/// The values of the request's fields of that name as the handler saw them, joined by "|".
inline QByteArray sent(ChainRunner &runner, std::string_view name)
{
    QByteArrayList values;
    for (const Field &field : runner.exchange().request().headers().fields()) {
        if (equalsIgnoringCase(field.name, name))
            values << toBytes(field.value);
    }
    return values.isEmpty() ? "(none)" : values.join('|');
}

} // namespace gatehouse::test
