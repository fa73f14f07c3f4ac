// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/composerrequest.h"

#include "ui/models/composerenvironment.h"

#include <QJsonArray>

#include <array>

namespace gatehouse::ui {

namespace {

constexpr qsizetype mostStoredBody = 256 * 1024;
constexpr std::array kindNames{"none", "text", "json", "form", "file", "bytes"};

QJsonArray toJson(const ComposerFields &fields)
{
    QJsonArray out;
    for (const ComposerField &field : fields)
        out.append(QJsonObject{{"name", field.name}, {"value", field.value}, {"on", field.isOn}});
    return out;
}

ComposerFields fieldsFrom(const QJsonValue &json)
{
    constexpr std::size_t most = 1000;
    ComposerFields out;
    for (const QJsonValue &each : json.toArray()) {
        if (out.size() < most)
            out.push_back(
                {each["name"].toString(), each["value"].toString(), each["on"].toBool(true)});
    }
    return out;
}

ComposerFields withoutCredentials(ComposerFields fields)
{
    for (ComposerField &field : fields) {
        if (isCredentialHeader(field.name) && !isOnlyVariables(field.value))
            field.value.clear();
    }
    return fields;
}

QJsonObject toJson(const ComposerBody &body)
{
    QJsonObject out{{"kind", QLatin1String(kindNames[std::size_t(body.kind)])}};
    if (!body.text.isEmpty() && body.text.size() <= mostStoredBody)
        out.insert("text", body.text);
    if (!body.form.empty())
        out.insert("form", toJson(body.form));
    if (!body.file.isEmpty())
        out.insert("file", body.file);
    if (!body.bytes.isEmpty() && body.bytes.size() <= mostStoredBody)
        out.insert("bytes", QString::fromLatin1(body.bytes.toBase64()));
    return out;
}

ComposerBody bodyFrom(const QJsonObject &json)
{
    ComposerBody body;
    const QString kind = json["kind"].toString();
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (kind == QLatin1String(kindNames[i]))
            body.kind = ComposerBody::Kind(i);
    }
    body.text = json["text"].toString();
    body.form = fieldsFrom(json["form"]);
    body.file = json["file"].toString();
    body.bytes = QByteArray::fromBase64(json["bytes"].toString().toLatin1());
    return body;
}

} // namespace

QString ComposerRequest::title() const
{
    QString path = target.section(QLatin1Char('?'), 0, 0);
    const qsizetype scheme = path.indexOf(QStringLiteral("://"));
    if (scheme >= 0)
        path = path.mid(path.indexOf(QLatin1Char('/'), scheme + 3));
    if (!path.startsWith(QLatin1Char('/')))
        path = QStringLiteral("/");
    return method + QLatin1Char(' ') + path;
}

bool isCredentialHeader(const QString &name)
{
    static const QStringList parts{"authorization", "cookie",   "token",   "secret",   "api-key",
                                   "apikey",        "password", "session", "signature"};
    const QString lower = name.toLower().replace('_', '-');
    return std::ranges::any_of(parts, [&](const QString &part) { return lower.contains(part); });
}

QJsonObject toJson(const ComposerRequest &request)
{
    return {{"method", request.method},
            {"target", request.target},
            {"direct", request.isDirect},
            {"gateway", request.gateway},
            {"instance", request.instance},
            {"query", toJson(request.query)},
            {"headers", toJson(withoutCredentials(request.headers))},
            {"body", toJson(request.body)}};
}

ComposerRequest requestFrom(const QJsonObject &json)
{
    ComposerRequest request;
    request.method = json["method"].toString(request.method);
    request.target = json["target"].toString(request.target);
    request.isDirect = json["direct"].toBool();
    request.gateway = json["gateway"].toString();
    request.instance = json["instance"].toString();
    request.query = fieldsFrom(json["query"]);
    request.headers = fieldsFrom(json["headers"]);
    request.body = bodyFrom(json["body"].toObject());
    return request;
}

} // namespace gatehouse::ui
