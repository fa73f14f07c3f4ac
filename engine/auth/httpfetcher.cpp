// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/auth/httpfetcher.h"

#include "engine/crypto/threadend.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>

namespace gatehouse::auth {

namespace {

Result<std::string> documentOf(QNetworkReply &reply, qint64 mostBytes)
{
    if (reply.property("tooSlow").toBool())
        return fail(ErrorCode::Unavailable, "the server of the keys is too slow");
    if (reply.property("tooLarge").toBool() || reply.bytesAvailable() > mostBytes)
        return fail(ErrorCode::Unavailable,
                    QString("the document is larger than %1 bytes").arg(mostBytes));
    if (reply.error() != QNetworkReply::NoError)
        return std::unexpected(Error(ErrorCode::Unavailable, "the keys cannot be fetched")
                                   .causedBy(reply.errorString()));
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 200)
        return fail(ErrorCode::Unavailable, QString("the server answered %1").arg(status));
    return reply.readAll().toStdString();
}

} // namespace

HttpFetcher::HttpFetcher(std::chrono::milliseconds limit, qint64 mostBytes)
    : m_limit(limit)
    , m_mostBytes(mostBytes)
{
    m_thread.setObjectName("key-fetcher");
    m_context.moveToThread(&m_thread);
}

HttpFetcher::~HttpFetcher()
{
    if (!m_thread.isRunning())
        return;
    const auto end = [this] {
        delete std::exchange(m_manager, nullptr); // with its replies
        crypto::releaseThread();
    };
    QMetaObject::invokeMethod(&m_context, end, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void HttpFetcher::fetch(const std::string &url, Done done)
{
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_thread.isRunning())
            m_thread.start();
    }
    const auto begin = [this, url = QString::fromStdString(url), done = std::move(done)] {
        fetchHere(url, done);
    };
    QMetaObject::invokeMethod(&m_context, begin, Qt::QueuedConnection);
}

void HttpFetcher::fetchHere(const QString &url, const Done &done)
{
    if (!m_manager)
        m_manager = new QNetworkAccessManager;
    QNetworkRequest request{QUrl(url)};
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::SameOriginRedirectPolicy);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setMaximumRedirectsAllowed(3);
    request.setRawHeader("Accept", "application/jwk-set+json, application/json");
    request.setRawHeader("Accept-Encoding", "identity"); // nothing that could swell
    QNetworkReply *const reply = m_manager->get(request);
    reply->setReadBufferSize(m_mostBytes + 1);
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [this, reply] {
        if (reply->bytesAvailable() <= m_mostBytes)
            return;
        reply->setProperty("tooLarge", true);
        reply->abort();
    });
    QTimer::singleShot(m_limit, reply, [reply] {
        reply->setProperty("tooSlow", true);
        reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, [this, reply, done] {
        done(documentOf(*reply, m_mostBytes));
        reply->deleteLater();
    });
}

} // namespace gatehouse::auth
