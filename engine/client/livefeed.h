// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/client/feedbatch.h"
#include "engine/client/remoteapi.h"

#include <QMutex>
#include <QObject>
#include <QThread>

#include <memory>

namespace gatehouse::client {

class FeedSocket;

/// The live feed of an engine. Its socket and the decoding are on a thread of their own; whoever
/// shows it takes the batches when it is ready for them, which is what lets the engine send more.
class LiveFeed final : public QObject
{
    Q_OBJECT

public:
    enum class State { Off, Connecting, Listening, Lost };
    Q_ENUM(State)

    explicit LiveFeed(QObject *parent = nullptr);
    ~LiveFeed() override;

    /// Listens to \a endpoint, beginning with its newest \a backlog records. Tries again, later and
    /// later, until close().
    void open(const Endpoint &endpoint, quint64 backlog);
    void close();
    [[nodiscard]] State state() const { return m_state; }

    /// What has come since the last time, oldest first.
    [[nodiscard]] std::vector<FeedBatch> take();

Q_SIGNALS:
    /// \a why is for people; empty while all is well.
    void stateChanged(gatehouse::client::LiveFeed::State state, const QString &why);
    /// take() has something; emitted once until it is called.
    void ready();

private:
    friend class FeedSocket;
    void setState(State state, const QString &why);
    void add(FeedBatch batch); // on the socket's thread

    QThread m_thread;
    FeedSocket *m_socket; ///< on m_thread
    State m_state = State::Off;

    QMutex m_mutex;
    std::vector<FeedBatch> m_batches;
};

} // namespace gatehouse::client
