// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/composer/exchangeimport.h"

#include "ui/models/bodykind.h"
#include "ui/models/bodyparts.h"
#include "ui/models/composerquery.h"
#include "ui/models/units.h"
#include "ui/pages/composer/bodyeditor.h"

namespace gatehouse::ui {

namespace {

/// What the connection or the sender writes itself.
bool isDropped(const QString &name, const QStringList &listed)
{
    static const QStringList own{"connection", "proxy-connection", "keep-alive",
                                 "te",         "trailer",          "transfer-encoding",
                                 "upgrade",    "content-length",   "expect"};
    const QString lower = name.toLower();
    return own.contains(lower) || listed.contains(lower)
        || lower.startsWith(QLatin1String("gatehouse-"));
}

ComposerFields headersOf(const client::Message &message, QStringList &notes)
{
    QStringList listed;
    for (const QString &each : message.value(QStringLiteral("connection")).split(','))
        listed << each.trimmed().toLower();
    ComposerFields headers;
    for (const client::HeaderLine &line : message.headers) {
        if (isDropped(line.name, listed))
            continue;
        headers.push_back({line.name, line.isMasked ? QString() : line.value, !line.isMasked});
        if (line.isMasked)
            notes << ExchangeImport::tr("The value of %1 was not recorded: fill it in.")
                         .arg(line.name);
    }
    return headers;
}

ComposerBody bodyOf(const client::Message &message, const QByteArray &bytes)
{
    ComposerBody body;
    if (bytes.isEmpty())
        return body;
    const QString text = QString::fromUtf8(bytes);
    const bool isText = text.size() <= BodyEditor::mostText && !bytes.contains('\0')
        && message.contentEncoding.isEmpty() && text.toUtf8() == bytes;
    const BodyKind kind = kindOfBytes(bytes, message.contentType);
    if (!isText) {
        body.kind = ComposerBody::Kind::Bytes;
        body.bytes = bytes;
        return body;
    }
    body.kind = kind == BodyKind::Json ? ComposerBody::Kind::Json : ComposerBody::Kind::Text;
    body.text = text;
    return body;
}

} // namespace

ImportedRequest importedRequest(const client::ExchangeDetail &detail, const QByteArray &body)
{
    ImportedRequest imported;
    ComposerRequest &request = imported.request;
    request.method = detail.summary["method"].toString(QStringLiteral("GET"));
    request.target = detail.summary["path"].toString(QStringLiteral("/"));
    if (const QString query = detail.summary["query"].toString(); !query.isEmpty())
        request.target += '?' + query;
    const client::Message *const received = detail.message(client::Message::Received);
    if (!received) {
        imported.notes << ExchangeImport::tr("Its headers were not recorded: record heads to edit "
                                             "requests as they were.");
        return imported;
    }
    // The line as it came has the query unmasked.
    const QString target = received->startLine.section(' ', 1, 1);
    if (target.startsWith('/'))
        request.target = target;
    request.query = queryOf(request.target);
    request.headers = headersOf(*received, imported.notes);
    request.body = bodyOf(*received, body);
    if (received->bodySize > body.size())
        imported.notes << ExchangeImport::tr("Only %1 of its body of %2 were recorded.")
                              .arg(sizeQuantity(body.size()).text(),
                                   sizeQuantity(received->bodySize).text());
    return imported;
}

ExchangeImport::ExchangeImport(client::AdminApi &api, QObject *parent)
    : QObject(parent)
    , m_api(api)
    , m_loader(api)
{
}

ExchangeImport::~ExchangeImport() = default;

void ExchangeImport::load(quint64 seq, Done done)
{
    if (m_context)
        m_context.release()->deleteLater(); // it may be in its own callback
    m_loader.cancel();
    m_context = std::make_unique<QObject>();
    const client::Parameters parameters{{QStringLiteral("seq"), QString::number(seq)},
                                        {QStringLiteral("reveal"), QStringLiteral("true")}};
    m_api.call(client::Op::Exchange, parameters, m_context.get(),
               [this, done = std::move(done)](const Result<QJsonObject> &json) {
                   if (json)
                       loadBody(client::ExchangeDetail::from(*json), done);
                   else
                       done(std::unexpected(json.error()));
               });
}

void ExchangeImport::loadBody(const client::ExchangeDetail &detail, const Done &done)
{
    const client::Message *const received = detail.message(client::Message::Received);
    const qint64 size = received ? received->bodyKept : 0;
    m_loader.load(detail.seq, Side::Request, size, [detail, done](const Result<QByteArray> &body) {
        if (body)
            done(importedRequest(detail, *body));
        else
            done(std::unexpected(body.error()));
    });
}

} // namespace gatehouse::ui
