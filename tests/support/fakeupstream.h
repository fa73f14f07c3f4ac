// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMutex>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace gatehouse::test {

/// One accepted connection, for the script of a FakeUpstream: blocking, each wait at most 5 s.
class UpstreamPeer
{
public:
    explicit UpstreamPeer(int fd) : m_fd(fd) {}

    /// The next request: head and body. Empty at the end of the connection.
    QByteArray readRequest();
    /// Only its head.
    QByteArray readHead();
    /// Whatever has come, at least one byte; empty at the end.
    QByteArray readSome();
    bool send(const QByteArray &bytes);
    /// Closes with a reset instead of an end.
    void reset();
    void shutdownWrite();
    [[nodiscard]] int number() const { return m_number; } ///< of the connection, from 0

private:
    friend class FakeUpstream;
    bool receive();

    int m_fd;
    int m_number = 0;
    QByteArray m_buffer;
};

/// An upstream on a port of its own that does what a script says with every connection: answers,
/// garbage, silence, half of an answer. The script runs in a thread for each connection.
class FakeUpstream
{
public:
    using Script = std::function<void(UpstreamPeer &)>;

    explicit FakeUpstream(Script script);
    ~FakeUpstream(); ///< waits for the scripts

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QByteArray url() const;
    /// Connections accepted so far.
    [[nodiscard]] int connections() const { return m_connections; }
    /// Every request head that has been read, in order of arrival.
    [[nodiscard]] QList<QByteArray> requests() const;
    void note(const QByteArray &request);

    /// Sends \a response to every request, over kept connections.
    static Script answering(const QByteArray &response);
    /// Sends \a response to the first request of a connection and closes it.
    static Script answeringOnce(const QByteArray &response);

private:
    void acceptAll();

    Script m_script;
    int m_fd = -1;
    quint16 m_port = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<bool> m_isStopping = false;
    mutable QMutex m_mutex;
    QList<QByteArray> m_requests;
    std::vector<int> m_open;
    std::vector<std::thread> m_scripts;
    std::thread m_acceptor;
};

} // namespace gatehouse::test
