// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/client/livefeed.h"

#include "engine/client/feedsocket.h"

namespace gatehouse::client {

LiveFeed::LiveFeed(QObject *parent) : QObject(parent), m_socket(new FeedSocket(*this))
{
    m_thread.setObjectName("feed");
    m_socket->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_socket, &QObject::deleteLater);
    m_thread.start();
}

LiveFeed::~LiveFeed()
{
    m_thread.quit();
    m_thread.wait();
}

void LiveFeed::open(const Endpoint &endpoint, quint64 backlog)
{
    QMetaObject::invokeMethod(
        m_socket, [socket = m_socket, endpoint, backlog] { socket->open(endpoint, backlog); });
}

void LiveFeed::close()
{
    QMetaObject::invokeMethod(m_socket, [socket = m_socket] { socket->close(); });
    setState(State::Off, {});
}

void LiveFeed::setState(State state, const QString &why)
{
    if (state == m_state && why.isEmpty())
        return;
    m_state = state;
    Q_EMIT stateChanged(state, why);
}

void LiveFeed::add(FeedBatch batch)
{
    const QMutexLocker lock(&m_mutex);
    m_batches.push_back(std::move(batch)); // bounded by the credits that were given
    if (m_batches.size() == 1)
        QMetaObject::invokeMethod(this, &LiveFeed::ready, Qt::QueuedConnection);
}

std::vector<FeedBatch> LiveFeed::take()
{
    std::vector<FeedBatch> batches;
    {
        const QMutexLocker lock(&m_mutex);
        batches.swap(m_batches);
    }
    if (!batches.empty())
        QMetaObject::invokeMethod(
            m_socket, [socket = m_socket, count = int(batches.size())] { socket->credit(count); });
    return batches;
}

} // namespace gatehouse::client
