// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/curlcommand.h"
#include "ui/models/curlwords.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gatehouse::ui {

namespace {

bool isText(const QByteArray &bytes)
{
    return !bytes.contains('\0') && QString::fromUtf8(bytes).toUtf8() == bytes;
}

QString bodyComment(const char *mark, const QByteArray &body)
{
    return QStringLiteral("%1 the body of %2 bytes is no text: send it from a file\n")
        .arg(QLatin1String(mark))
        .arg(body.size());
}

QString quoted(const QString &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

QString urlOf(const client::OutgoingRequest &request)
{
    return request.url.toString(QUrl::FullyEncoded);
}

bool hasType(const client::OutgoingRequest &request)
{
    for (const auto &[name, value] : request.headers) {
        if (name.compare("content-type", Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

} // namespace

QString toCurl(const client::OutgoingRequest &request)
{
    const bool hasBody = !request.body.isEmpty();
    QStringList parts{QStringLiteral("curl")};
    const QString method = QString::fromLatin1(request.method);
    if (method == QLatin1String("HEAD"))
        parts << QStringLiteral("-I");
    if (method != QLatin1String("HEAD") && method != QLatin1String(hasBody ? "POST" : "GET"))
        parts << "-X " + shellQuoted(method);
    parts << shellQuoted(urlOf(request));
    for (const auto &[name, value] : request.headers)
        parts << "-H "
                + shellQuoted(
                     QString::fromUtf8(name)
                     + (value.isEmpty() ? QStringLiteral(";") : ": " + QString::fromUtf8(value)));
    if (hasBody && isText(request.body)) {
        if (!hasType(request))
            parts << QStringLiteral("-H 'Content-Type:'"); // curl would add one of a form
        parts << "--data-raw " + shellQuoted(QString::fromUtf8(request.body));
    }
    const QString comment =
        hasBody && !isText(request.body) ? bodyComment("#", request.body) : QString();
    return comment + parts.join(QStringLiteral(" \\\n  "));
}

QString toFetch(const client::OutgoingRequest &request)
{
    QString out = isText(request.body) ? QString() : bodyComment("//", request.body);
    out += "await fetch(" + quoted(urlOf(request))
        + ", {\n  method: " + quoted(QString::fromLatin1(request.method)) + ",\n";
    QStringList headers;
    for (const auto &[name, value] : request.headers)
        headers << "    [" + quoted(QString::fromUtf8(name)) + ", "
                + quoted(QString::fromUtf8(value)) + ']';
    if (!headers.isEmpty())
        out += "  headers: [\n" + headers.join(",\n") + "\n  ],\n";
    if (!request.body.isEmpty() && isText(request.body))
        out += "  body: " + quoted(QString::fromUtf8(request.body)) + ",\n";
    return out + "});";
}

QString toHttpie(const client::OutgoingRequest &request)
{
    const bool hasBody = !request.body.isEmpty();
    QString out = hasBody && !isText(request.body) ? bodyComment("#", request.body) : QString();
    QStringList parts{"http " + shellQuoted(QString::fromLatin1(request.method)) + ' '
                      + shellQuoted(urlOf(request))};
    for (const auto &[name, value] : request.headers)
        parts << shellQuoted(
            QString::fromUtf8(name)
            + (value.isEmpty() ? QStringLiteral(";") : ':' + QString::fromUtf8(value)));
    if (hasBody && isText(request.body))
        parts << "--raw " + shellQuoted(QString::fromUtf8(request.body));
    return out + parts.join(QStringLiteral(" \\\n  "));
}

} // namespace gatehouse::ui
