// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/admin/harimport.h"

#include "engine/http/exchange.h"
#include "engine/observe/rawexchange.h"

#include <QDateTime>
#include <QJsonArray>
#include <QUrl>

namespace gatehouse::admin {

namespace {

/// A name or value of a field has no line end: it would be another field.
std::string fieldText(const QJsonValue &value)
{
    std::string text = value.toString().toStdString();
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    return text;
}

std::string headOf(const QString &startLine, const QJsonArray &headers)
{
    std::string head = startLine.toStdString() + "\r\n";
    for (const QJsonValue &header : headers) {
        const std::string name = fieldText(header["name"]);
        if (!name.empty() && !name.starts_with(':')) // of HTTP/2, and in the first line here
            head += name + ": " + fieldText(header["value"]) + "\r\n";
    }
    return head + "\r\n";
}

std::string bodyOf(const QJsonObject &content)
{
    const QByteArray text = content["text"].toString().toUtf8();
    if (content["encoding"].toString() == "base64")
        return QByteArray::fromBase64(text).toStdString();
    return text.toStdString();
}

QString targetOf(const QUrl &url)
{
    const QString path = url.path(QUrl::FullyEncoded);
    const QString target = path.isEmpty() ? QString("/") : path;
    return url.hasQuery() ? target + '?' + url.query(QUrl::FullyEncoded) : target;
}

} // namespace

std::unique_ptr<observe::CapturedBodies> ImportedEntry::bodies() const
{
    auto bodies = std::make_unique<observe::CapturedBodies>();
    bodies->of(observe::Side::Request) = {request, qint64(request.size()), {}};
    bodies->of(observe::Side::Response) = {response, qint64(response.size()), {}};
    return bodies;
}

Result<ImportedEntry> readHarEntry(const QJsonObject &entry)
{
    const QJsonObject request = entry["request"].toObject();
    const QJsonObject response = entry["response"].toObject();
    const QUrl url(request["url"].toString());
    const QString method = request["method"].toString();
    if (!url.isValid() || url.host().isEmpty() || method.isEmpty() || method.contains(' '))
        return fail(ErrorCode::BadRequest, "request.url and request.method are needed");
    const QDateTime start =
        QDateTime::fromString(entry["startedDateTime"].toString(), Qt::ISODateWithMs);
    ImportedEntry imported;
    imported.start =
        (start.isValid() ? start : QDateTime::currentDateTimeUtc()).toMSecsSinceEpoch() * 1'000'000;
    imported.request = bodyOf(request["postData"].toObject());
    imported.response = bodyOf(response["content"].toObject());

    Exchange exchange;
    Arena &arena = exchange.arena();
    const QString target = targetOf(url);
    exchange.setWatch(Exchange::Watch::Bodies);
    exchange.request().setMethod(arena.copy(method.toStdString()));
    exchange.request().setOriginalTarget(arena.copy(target.toStdString()));
    exchange.request().setOriginalAuthority(
        arena.copy(url.authority(QUrl::FullyEncoded).toStdString()));
    exchange.heads().received =
        arena.copy(headOf(method + ' ' + target + " HTTP/1.1", request["headers"].toArray()));
    const int status = response["status"].toInt();
    exchange.heads().answered = arena.copy(
        headOf(QString("HTTP/1.1 %1 %2").arg(status).arg(response["statusText"].toString()),
               response["headers"].toArray()));
    exchange.setContentType(arena.copy(response["content"]["mimeType"].toString().toStdString()));
    exchange.setStatus(status);
    exchange.addBytesReceived(qint64(imported.request.size()));
    exchange.addBytesSent(qint64(imported.response.size()));
    const SteadyTime begin{std::chrono::hours(1)};
    exchange.setStartTime(begin);
    exchange.trace().start(begin);
    const auto time = std::chrono::nanoseconds(qint64(entry["time"].toDouble() * 1e6));
    exchange.trace().mark("har", begin + time);
    exchange.finish(begin + time);
    observe::RawWriter writer(exchange, 0);
    imported.raw = QByteArray(qsizetype(writer.bytes()), '\0');
    writer.writeTo(imported.raw.data(), nullptr);
    return imported;
}

} // namespace gatehouse::admin
