// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/feedsocket.h"

#include <QNetworkRequest>
#include <QUrlQuery>
#include <QWebSocket>

#include <algorithm>

namespace gatehouse::client {

namespace {

constexpr std::chrono::milliseconds shortestPause{200};
constexpr std::chrono::milliseconds longestPause{5000};
constexpr quint64 largestMessage = 64 << 20;

} // namespace

FeedSocket::FeedSocket(LiveFeed &feed) : m_feed(feed), m_again(this)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &FeedSocket::connectNow);
}

FeedSocket::~FeedSocket()
{
    close(); // while the timer is still there: a socket tells of its own end
}

void FeedSocket::tell(LiveFeed::State state, const QString &why)
{
    QMetaObject::invokeMethod(&m_feed,
                              [feed = &m_feed, state, why] { feed->setState(state, why); });
}

void FeedSocket::open(const Endpoint &endpoint, quint64 backlog)
{
    close();
    m_endpoint = endpoint;
    m_backlog = backlog;
    m_isWanted = true;
    m_pause = shortestPause;
    connectNow();
}

void FeedSocket::close()
{
    m_isWanted = false;
    m_again.stop();
    if (m_socket)
        m_socket->disconnect(this);
    m_socket.reset();
}

void FeedSocket::connectNow()
{
    if (m_socket) { // it is what has called us, perhaps
        m_socket->disconnect(this);
        m_socket.release()->deleteLater();
    }
    tell(LiveFeed::State::Connecting, {});
    m_socket = std::make_unique<QWebSocket>();
    m_socket->setMaxAllowedIncomingMessageSize(largestMessage);
    m_socket->setMaxAllowedIncomingFrameSize(largestMessage);
    connect(m_socket.get(), &QWebSocket::connected, this, [this] {
        m_pause = shortestPause;
        tell(LiveFeed::State::Listening, {});
    });
    connect(m_socket.get(), &QWebSocket::disconnected, this, &FeedSocket::disconnected);
    connect(m_socket.get(), &QWebSocket::binaryMessageReceived, this, &FeedSocket::receive);
    QUrl url = m_endpoint.url;
    url.setScheme(url.scheme() == "https" ? "wss" : "ws");
    url.setPath("/admin/v1/live");
    url.setQuery(QString("backlog=%1").arg(m_backlog));
    QNetworkRequest request(url);
    if (!m_endpoint.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_endpoint.token);
    m_socket->open(request);
}

void FeedSocket::disconnected()
{
    if (!m_isWanted)
        return;
    const QString reason =
        m_socket->closeReason().isEmpty() ? m_socket->errorString() : m_socket->closeReason();
    tell(LiveFeed::State::Lost, reason);
    m_again.start(m_pause);
    m_pause = std::min(m_pause * 2, longestPause);
}

void FeedSocket::receive(const QByteArray &message)
{
    Result<FeedBatch> batch = FeedBatch::fromCbor(message);
    if (!batch) { // an engine of another version: what it says cannot be trusted
        close();
        tell(LiveFeed::State::Lost, batch.error().text());
        return;
    }
    m_feed.add(std::move(*batch));
}

void FeedSocket::credit(int batches)
{
    if (m_socket)
        m_socket->sendTextMessage(QString(R"({"credits":%1})").arg(batches));
}

} // namespace gatehouse::client
