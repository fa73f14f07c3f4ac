// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/requesttext.h"

namespace gatehouse::ui {

namespace {

/// Fields of the connection, or that whoever sends writes itself.
bool isOfConnection(const QString &name)
{
    static const QStringList own{
        "connection", "content-length",    "keep-alive", "proxy-connection",
        "te",         "transfer-encoding", "upgrade",    "gatehouse-tag"};
    return own.contains(name.toLower());
}

QString shellQuoted(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() != bytes) { // no text: as the shell's escapes
        QString escaped = QStringLiteral("$'");
        for (const char byte : bytes)
            escaped += QStringLiteral("\\x%1").arg(uchar(byte), 2, 16, QLatin1Char('0'));
        return escaped + QLatin1Char('\'');
    }
    text.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + text + QLatin1Char('\'');
}

} // namespace

client::OutgoingRequest requestOf(const client::ExchangeDetail &detail, const QString &base,
                                  const QByteArray &body)
{
    client::OutgoingRequest request;
    request.method = detail.summary["method"].toString().toUtf8();
    QString target = detail.summary["path"].toString();
    if (!detail.summary["query"].toString().isEmpty())
        target += QLatin1Char('?') + detail.summary["query"].toString();
    if (const client::Message *received = detail.message(client::Message::Received)) {
        const QString inLine = received->startLine.section(QLatin1Char(' '), 1, 1);
        if (inLine.startsWith(QLatin1Char('/')))
            target = inLine;
        for (const client::HeaderLine &line : received->headers) {
            if (!isOfConnection(line.name))
                request.headers.emplace_back(line.name.toUtf8(), line.value.toUtf8());
        }
    }
    request.url = QUrl(base + target, QUrl::TolerantMode);
    request.body = body;
    return request;
}

QString curlLine(const client::OutgoingRequest &request)
{
    QString line = QStringLiteral("curl -i");
    const bool hasBody = !request.body.isEmpty();
    if (request.method == "HEAD")
        line += QStringLiteral(" -I");
    else if (request.method != (hasBody ? "POST" : "GET"))
        line += QStringLiteral(" -X ") + QString::fromUtf8(request.method);
    line += QLatin1Char(' ') + shellQuoted(request.url.toEncoded());
    for (const auto &[name, value] : request.headers)
        line += QStringLiteral(" \\\n  -H ") + shellQuoted(name + ": " + value);
    if (hasBody)
        line += QStringLiteral(" \\\n  --data-binary ") + shellQuoted(request.body);
    return line;
}

} // namespace gatehouse::ui
