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

} // namespace gatehouse::ui
