// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/livefeed.h"

#include <QTimer>

class QWebSocket;

namespace gatehouse::client {

/// The socket of a LiveFeed. Lives on the feed's thread.
class FeedSocket final : public QObject
{
    Q_OBJECT

public:
    explicit FeedSocket(LiveFeed &feed);
    ~FeedSocket() override;

    void open(const Endpoint &endpoint, quint64 backlog);
    void close();
    /// Tells the engine that \a batches were taken.
    void credit(int batches);

private:
    void connectNow();
    void disconnected();
    void receive(const QByteArray &message);
    void tell(LiveFeed::State state, const QString &why);

    LiveFeed &m_feed;
    Endpoint m_endpoint;
    quint64 m_backlog = 0;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_again;
    std::chrono::milliseconds m_pause{0};
    bool m_isWanted = false;
};

} // namespace gatehouse::client
