// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/remoteapi.h"

#include <QFile>
#include <QJsonDocument>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QUrlQuery>

namespace gatehouse::client {

namespace {

/// The engine's own word for an error, as an ErrorCode; Unavailable for one that is not known.
ErrorCode codeFrom(const QString &name, int status)
{
    for (int i = 0; i < errorCodeCount; ++i) {
        if (name.toStdString() == errorName(ErrorCode(i)))
            return ErrorCode(i);
    }
    for (int i = 0; i < errorCodeCount; ++i) {
        if (httpStatus(ErrorCode(i)) == status)
            return ErrorCode(i);
    }
    return ErrorCode::Unavailable;
}

QByteArray verbOf(const Operation &operation)
{
    return verbName(operation.verb).latin1();
}

} // namespace

Result<QByteArray> Endpoint::readToken(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::NotFound, "there is no token file " + path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Forbidden, "cannot read " + path + ": " + file.errorString());
    const QByteArray token = file.read(4096).trimmed();
    if (token.isEmpty())
        return fail(ErrorCode::NotFound, path + " is empty: it should hold the admin token");
    return token;
}

RemoteApi::RemoteApi(QObject *parent) : AdminApi(parent) {}

RemoteApi::~RemoteApi() = default;

void RemoteApi::setEndpoint(const Endpoint &endpoint)
{
    for (QNetworkReply *reply : m_network.findChildren<QNetworkReply *>())
        reply->deleteLater();
    m_endpoint = endpoint;
}

QNetworkReply *RemoteApi::send(Op op, const Parameters &parameters, const QByteArray &body)
{
    const Operation &asked = operation(op);
    QUrl url = m_endpoint.url;
    url.setPath(QString::fromLatin1(asked.path));
    QUrlQuery query;
    for (auto it = parameters.cbegin(); it != parameters.cend(); ++it)
        query.addQueryItem(it.key(), QString::fromLatin1(QUrl::toPercentEncoding(it.value())));
    if (!query.isEmpty())
        url.setQuery(query);
    QNetworkRequest request(url);
    request.setTransferTimeout(int(m_patience.count()));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    if (!m_endpoint.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_endpoint.token);
    if (asked.verb == Verb::Post)
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    return m_network.sendCustomRequest(request, verbOf(asked), body);
}

Error RemoteApi::errorOf(const QNetworkReply &reply, const QByteArray &content) const
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString place = m_endpoint.url.toString();
    if (status == 0) {
        if (reply.error() == QNetworkReply::OperationCanceledError)
            return {ErrorCode::Timeout,
                    QString("the engine at %1 did not answer in %2 s")
                        .arg(place)
                        .arg(double(m_patience.count()) / 1000)};
        return Error(ErrorCode::Unavailable, "the engine at " + place + " cannot be reached")
            .causedBy(reply.errorString());
    }
    const QJsonObject json = QJsonDocument::fromJson(content).object();
    if (status == 401)
        return {ErrorCode::Unauthorized,
                "the engine at " + place + " does not accept this token: choose its token file"};
    Error error(codeFrom(json["code"].toString(), status),
                json["detail"].toString(QString("the engine answered %1").arg(status)));
    if (!json["cause"].toString().isEmpty())
        error = error.causedBy(json["cause"].toString());
    // What comes with it (findings, the other version) for who can show it.
    return error.with("answer", QString::fromUtf8(content));
}

void RemoteApi::whenDone(QNetworkReply *reply, QObject *context, BytesCallback done)
{
    const QPointer<QObject> guard(context);
    connect(reply, &QNetworkReply::finished, this, [this, reply, guard, done = std::move(done)] {
        reply->deleteLater();
        if (!guard)
            return;
        const QByteArray content = reply->isOpen() ? reply->readAll() : QByteArray();
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status >= 200 && status < 300 && reply->error() == QNetworkReply::NoError)
            done(content);
        else
            done(std::unexpected(errorOf(*reply, content)));
    });
}

void RemoteApi::call(Op op, const Parameters &parameters, const QJsonObject &body, QObject *context,
                     Callback done)
{
    const QByteArray sent = operation(op).verb == Verb::Post
        ? QJsonDocument(body).toJson(QJsonDocument::Compact)
        : QByteArray();
    whenDone(send(op, parameters, sent), context,
             [done = std::move(done)](const Result<QByteArray> &answer) {
                 if (!answer) {
                     done(std::unexpected(answer.error()));
                     return;
                 }
                 const QJsonDocument document = QJsonDocument::fromJson(*answer);
                 if (document.isObject())
                     done(document.object());
                 else
                     done(fail(ErrorCode::BadGateway, "this is no Gatehouse engine: no JSON came"));
             });
}

void RemoteApi::fetch(Op op, const Parameters &parameters, QObject *context, BytesCallback done)
{
    whenDone(send(op, parameters, {}), context, std::move(done));
}

} // namespace gatehouse::client
