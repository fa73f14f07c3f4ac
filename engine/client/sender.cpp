// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/sender.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

#include <algorithm>
#include <memory>

namespace gatehouse::client {

namespace {

/// What QNetworkAccessManager would add by itself, unless the request says something else.
constexpr std::pair<const char *, const char *> ownHeaders[] = {
    {"User-Agent", "Gatehouse/" GATEHOUSE_VERSION},
    {"Accept", "*/*"},
    {"Accept-Encoding", "identity"},
    {"Accept-Language", "*"},
};

bool hasHeader(const OutgoingRequest &request, const QByteArray &name)
{
    for (const auto &[each, value] : request.headers) {
        if (each.compare(name, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

QNetworkRequest requestFor(const OutgoingRequest &outgoing)
{
    QNetworkRequest request(outgoing.url);
    request.setTransferTimeout(outgoing.timeoutMs);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::AutoDeleteReplyOnFinishAttribute, true);
    for (const auto &[name, value] : ownHeaders) {
        if (!hasHeader(outgoing, name))
            request.setRawHeader(name, value);
    }
    for (const auto &[name, value] : outgoing.headers) {
        const QByteArray before = request.rawHeader(name);
        const bool isNew = before.isEmpty() || !hasHeader(outgoing, name);
        request.setRawHeader(name, isNew ? value : before + ", " + value);
    }
    if (!outgoing.tag.isEmpty())
        request.setRawHeader("Gatehouse-Tag", outgoing.tag);
    return request;
}

Error errorOf(const QNetworkReply &reply, const OutgoingRequest &outgoing)
{
    const QString place = outgoing.url.authority();
    if (reply.error() == QNetworkReply::OperationCanceledError
        || reply.error() == QNetworkReply::TimeoutError)
        return {ErrorCode::Timeout, "no whole answer from " + place + " in time"};
    return Error(ErrorCode::Unavailable, "no answer from " + place).causedBy(reply.errorString());
}

} // namespace

Sender::Sender(QObject *parent) : QObject(parent)
{
    m_network.setAutoDeleteReplies(true);
}

Sender::~Sender() = default;

void Sender::send(const OutgoingRequest &outgoing, QObject *context, Callback done)
{
    struct Progress
    {
        QElapsedTimer timer;
        IncomingAnswer answer;
    };
    const auto progress = std::make_shared<Progress>();
    progress->timer.start();
    QNetworkReply *const reply =
        m_network.sendCustomRequest(requestFor(outgoing), outgoing.method, outgoing.body);
    const qint64 most = std::clamp<qint64>(outgoing.keepBytes, 0, mostBodyBytes);
    connect(reply, &QIODevice::readyRead, this, [reply, progress, most] {
        const QByteArray bytes = reply->readAll();
        progress->answer.bodySize += bytes.size();
        progress->answer.body += bytes.left(most - progress->answer.body.size());
    });
    const QPointer<QObject> guard(context);
    connect(reply, &QNetworkReply::finished, this,
            [reply, progress, guard, outgoing, done = std::move(done)] {
                if (!guard)
                    return;
                IncomingAnswer &answer = progress->answer;
                answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
                if (answer.status == 0) {
                    done(std::unexpected(errorOf(*reply, outgoing)));
                    return;
                }
                answer.reason =
                    reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
                for (const auto &[name, value] : reply->rawHeaderPairs())
                    answer.headers.emplace_back(name, value);
                answer.durationUs = progress->timer.nsecsElapsed() / 1000;
                done(answer);
            });
}

void Sender::cancelAll()
{
    for (QNetworkReply *reply : m_network.findChildren<QNetworkReply *>())
        reply->abort();
}

} // namespace gatehouse::client
