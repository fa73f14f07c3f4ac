// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/feedbatch.h"
#include "engine/observe/recorder.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

class QWebSocket;

namespace gatehouse::gateway {
class Gateway;
}

namespace gatehouse::admin {

/// What one client of the feed has been told.
class FeedClient final : public QObject
{
    Q_OBJECT

public:
    /// Begins with the newest \a backlog records.
    FeedClient(std::unique_ptr<QWebSocket> socket, gateway::Gateway &gateway, quint64 backlog);
    ~FeedClient() override;

    /// Sends what is new, if the client can take it.
    void send();

Q_SIGNALS:
    void gone();

private:
    static constexpr int mostCredits = 8; ///< batches on the way that nobody has taken yet
    static constexpr std::size_t mostRecords = 4096; ///< in a batch
    static constexpr quint64 mostBehind = 50'000;    ///< records; older ones are skipped

    void takeCredits(const QString &message);
    void addStrings(const observe::Recorder::Batch &batch, client::FeedBatch &message);
    void addString(filter::StringId id, const filter::Strings &strings, client::FeedBatch &message);
    [[nodiscard]] QCborMap status();

    std::unique_ptr<QWebSocket> m_socket;
    gateway::Gateway &m_gateway;
    int m_credits = mostCredits;
    quint64 m_lastSeq = 0;
    quint64 m_lastChange = 0;
    quint64 m_lost = 0;
    quint32 m_epoch = 0;
    std::vector<bool> m_known; ///< texts that it has, by number
    QCborMap m_status;         ///< as it was told last
    int m_rounds = 0;
};

/// /admin/v1/live: batches of records as they come, 25 times a second at most, to each client at
/// its own pace. Who is too slow misses records, and is told how many. On the control thread;
/// stands still while nobody listens.
class LiveFeed final : public QObject
{
    Q_OBJECT

public:
    explicit LiveFeed(gateway::Gateway &gateway);
    ~LiveFeed() override;

    /// Whether the caller may was asked before.
    void add(std::unique_ptr<QWebSocket> socket, quint64 backlog);

private:
    void sendAll();

    gateway::Gateway &m_gateway;
    std::vector<std::unique_ptr<FeedClient>> m_clients;
    QTimer m_timer;
};

} // namespace gatehouse::admin
