// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/loader.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

namespace gatehouse::test {

/// Schemas that look like those of real middlewares, with every feature once.
inline config::MiddlewareSchemas middlewareSchemas()
{
    using config::Schema;
    const Schema cors = Schema::object(
        {{"origins",
          Schema::list(Schema::text().describe("One origin."))
              .withDefault(config::Node::list())
              .describe("Origins that may call.")},
         {"max_age", Schema::duration().withDefault("5m").describe("How long it is kept.")}});
    const Schema limit = Schema::object(
        {{"limit", Schema::integer(1, 1000).required().describe("Requests per window.")},
         {"window", Schema::duration().withDefault("60s").describe("Length of the window.")},
         {"key", Schema::choice({"ip", "header"}).withDefault("ip").describe("Who is counted.")},
         {"salt", Schema::text().secret().describe("Hides the keys in the store.")}});
    const Schema timeout =
        Schema::object({{"request", Schema::duration().describe("Time for the whole request.")}});
    const Schema rewrite =
        Schema::object({{"path", Schema::text().required().describe("The new path.")}});
    return {{"cors", cors.describe("Answers preflight requests.")},
            {"rate_limit", limit.describe("Limits requests.")},
            {"request_id", Schema::object({}).describe("Numbers requests.")},
            {"rewrite", rewrite.describe("Changes the path.")},
            {"timeout", timeout.describe("Ends slow requests.")}};
}

inline config::LoadOptions options()
{
    config::LoadOptions options;
    options.middleware = middlewareSchemas();
    options.defaultPipeline = {"request_id"};
    return options;
}

/// One line per finding.
inline QStringList texts(const config::Findings &findings)
{
    QStringList lines;
    for (const config::Finding &finding : findings)
        lines.push_back(QString::fromStdString(finding.text()));
    return lines;
}

inline QStringList texts(const std::vector<std::string> &values)
{
    QStringList result;
    for (const std::string &value : values)
        result.push_back(QString::fromStdString(value));
    return result;
}

/// "rule path" of each finding: what tests compare where the sentence does not matter.
inline QStringList rules(const config::Findings &findings)
{
    QStringList lines;
    for (const config::Finding &finding : findings)
        lines.push_back(QString::fromStdString(finding.rule + ' ' + finding.path).trimmed());
    return lines;
}

inline config::Loaded loadText(const char *yaml, const config::LoadOptions &with = options())
{
    return config::loadText("gatehouse.yaml", yaml, with);
}

/// A temporary folder with configuration files.
class Folder
{
public:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        file.write(text);
    }
    [[nodiscard]] config::Loaded load(const QString &name,
                                      config::LoadOptions with = options()) const
    {
        with.file = path(name).toStdString();
        return config::load(with);
    }
    /// The same as texts(), without the folder.
    [[nodiscard]] QStringList texts(const config::Findings &findings) const
    {
        return test::texts(findings).replaceInStrings(m_folder.path() + '/', "");
    }

private:
    QTemporaryDir m_folder;
};

/// The smallest whole file; other tests put more around it.
inline constexpr char smallest[] = R"(services:
  users: {instances: ["http://127.0.0.1:9001"]}
routes:
  - id: users
    match: {path: "/users/{id}"}
    service: users
)";

} // namespace gatehouse::test
