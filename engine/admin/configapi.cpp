// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/configapi.h"

#include "engine/admin/recordjson.h"
#include "engine/config/difference.h"
#include "engine/core/linediff.h"
#include "engine/gateway/explanationjson.h"
#include "engine/gateway/gateway.h"

#include <QJsonArray>

namespace gatehouse::admin {

namespace {

using gateway::Gateway;
using gateway::Revision;

QStringList linesOf(const QString &text)
{
    QStringList lines = text.split('\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QJsonObject toJson(const Revision &revision)
{
    return {{"generation", qint64(revision.generation)},
            {"time", revision.time.toString(Qt::ISODateWithMs)},
            {"author", revision.author},
            {"comment", revision.comment},
            {"changes", QJsonArray::fromStringList(revision.changes)}};
}

Answer unknown(quint64 generation)
{
    return Answer::from(Error(ErrorCode::NotFound,
                              QString("there is no revision %1; GET /admin/v1/config/history "
                                      "lists those that are kept")
                                  .arg(generation)));
}

Answer applied(Gateway &gateway, const Gateway::Change &change)
{
    config::Findings findings;
    const Result<quint64> generation = gateway.apply(change, findings);
    if (!generation) {
        Answer answer = Answer::from(generation.error());
        if (generation.error().code() == ErrorCode::InvalidConfig)
            answer.status = 422;
        answer.body.insert("findings", config::toJson(findings));
        answer.body.insert("generation", qint64(gateway.snapshot()->generation));
        if (generation.error().code() == ErrorCode::Conflict)
            answer.body.insert("on_disk", textOf(gateway.textOnDisk()));
        return answer;
    }
    QJsonObject body = toJson(*gateway.revisions().current());
    body.insert("findings", config::toJson(findings));
    return {200, body};
}

} // namespace

Answer showConfig(const Gateway &gateway)
{
    const Revision *const current = gateway.revisions().current();
    if (!current)
        return Answer::from(Error(ErrorCode::Unavailable, "no configuration is in force yet"));
    QJsonArray files;
    for (const std::string &file : gateway.files())
        files.append(textOf(file));
    QJsonObject body = toJson(*current);
    body.insert("file", gateway.hasFile() ? textOf(gateway.file()) : QString());
    body.insert("files", files);
    body.insert("text", textOf(current->text));
    const std::string onDisk = gateway.textOnDisk();
    if (gateway.hasFile() && onDisk != current->text)
        body.insert("on_disk", textOf(onDisk));
    return {200, body};
}

Answer checkConfig(const Gateway &gateway, const QJsonObject &body)
{
    const std::string text = body["text"].toString().toStdString();
    const Gateway::Checked checked = Gateway::check(gateway.optionsFor(text));
    return {200,
            {{"ok", checked.snapshot != nullptr},
             {"findings", config::toJson(checked.loaded.findings)}}};
}

Answer diffConfig(const Gateway &gateway, const QJsonObject &body)
{
    const auto generation = quint64(body["base"].toInteger());
    const Revision *const base =
        generation == 0 ? gateway.revisions().current() : gateway.revisions().find(generation);
    if (!base)
        return unknown(generation);
    const QString text = body["text"].toString();
    const Gateway::Checked checked = Gateway::check(gateway.optionsFor(text.toStdString()));
    QJsonArray changes;
    for (const config::Difference &difference :
         config::differences(base->effective, checked.loaded.effective))
        changes.append(QJsonObject{{"path", textOf(difference.path)},
                                   {"before", textOf(difference.before)},
                                   {"after", textOf(difference.after)},
                                   {"sentence", difference.sentence()}});
    const QString name = textOf(gateway.file());
    const std::vector<DiffLine> lines = diffLines(linesOf(textOf(base->text)), linesOf(text));
    return {200,
            {{"ok", checked.snapshot != nullptr},
             {"base", qint64(base->generation)},
             {"findings", config::toJson(checked.loaded.findings)},
             {"changes", changes},
             {"diff", unifiedDiff(lines, name, name)}}};
}

Answer applyConfig(Gateway &gateway, const QJsonObject &body)
{
    if (!body["text"].isString())
        return Answer::from(Error(ErrorCode::BadRequest, "send {text}: the whole configuration"));
    return applied(gateway,
                   {body["text"].toString().toStdString(),
                    quint64(body["expected_generation"].toInteger()),
                    body["author"].toString("api"), body["comment"].toString()});
}

Answer listRevisions(const Gateway &gateway)
{
    QJsonArray revisions;
    for (auto it = gateway.revisions().all().rbegin(); it != gateway.revisions().all().rend(); ++it)
        revisions.append(toJson(*it));
    return {200, {{"revisions", revisions}}};
}

Answer showRevision(const Gateway &gateway, quint64 generation)
{
    const Revision *const revision = gateway.revisions().find(generation);
    if (!revision)
        return unknown(generation);
    QJsonObject body = toJson(*revision);
    body.insert("text", textOf(revision->text));
    return {200, body};
}

Answer rollBack(Gateway &gateway, const QJsonObject &body)
{
    const auto generation = quint64(body["generation"].toInteger());
    const Revision *const revision = gateway.revisions().find(generation);
    if (!revision)
        return unknown(generation);
    return applied(gateway,
                   {revision->text, quint64(body["expected_generation"].toInteger()),
                    body["author"].toString("api"),
                    QString("back to revision %1").arg(generation)});
}

Answer showSchema(const Gateway &gateway)
{
    config::MiddlewareSchemas schemas;
    const middleware::Factories &factories = *gateway.snapshot()->factories;
    for (const QString &kind : factories.kinds())
        schemas.emplace(kind.toStdString(), factories.find(kind.toStdString())->schema());
    return {200, config::jsonSchema(schemas)};
}

Answer explainRequest(const Gateway &gateway, const QJsonObject &body)
{
    std::shared_ptr<const gateway::Snapshot> snapshot = gateway.snapshot();
    if (body["config"].isString()) {
        const Gateway::Checked checked =
            Gateway::check(gateway.optionsFor(body["config"].toString().toStdString()));
        if (!checked.snapshot)
            return {422,
                    {{"code", "invalid_config"},
                     {"detail", "the draft has errors: mend them first"},
                     {"findings", config::toJson(checked.loaded.findings)}}};
        snapshot = checked.snapshot;
    }
    gateway::Question question;
    question.method = body["method"].toString("GET").toStdString();
    question.url = body["url"].toString("/").toStdString();
    for (const QJsonValue &header : body["headers"].toArray())
        question.headers.push_back(header[0].toString().toStdString() + ": "
                                   + header[1].toString().toStdString());
    const Result<gateway::Explanation> explanation = gateway::explain(*snapshot, question);
    if (!explanation)
        return Answer::from(explanation.error());
    return {200, gateway::toJson(*snapshot, *explanation)};
}

} // namespace gatehouse::admin
