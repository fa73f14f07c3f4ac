// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <chrono>

namespace gatehouse::test {

/// A client that sends exactly the bytes it is told to, over a blocking socket on 127.0.0.1. Every
/// wait ends after 5 seconds at most, so that a hanging gateway fails a test instead of stopping
/// it.
class RawClient
{
public:
    explicit RawClient(quint16 port);
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    /// False if the peer has closed meanwhile.
    bool send(const QByteArray &bytes);
    /// Half-close: we send no more and still listen.
    void shutdownWrite();
    /// Closes with a reset.
    void reset();
    void close();

    /// Everything until \a text has come; less if the peer closes or falls silent before.
    QByteArray readUntil(const QByteArray &text,
                         std::chrono::milliseconds wait = std::chrono::seconds(5));
    /// Head and body of one answer, by its framing. \a toHead: the request was HEAD.
    QByteArray readResponse(bool toHead = false);
    /// Whatever has come, at least one byte; empty at the end.
    QByteArray readSome();
    /// Everything until the peer closes.
    QByteArray readToEnd();
    /// The same, counted and thrown away.
    qint64 countToEnd();
    /// Whether the peer has closed, or does so within \a wait.
    bool isClosed(std::chrono::milliseconds wait = std::chrono::seconds(5));
    /// The end came as a reset.
    [[nodiscard]] bool wasReset() const { return m_wasReset; }

    /// One request on a connection of its own, and all that comes back until the end.
    static QByteArray ask(quint16 port, const QByteArray &request);

private:
    bool receive(std::chrono::milliseconds wait);

    int m_fd = -1;
    QByteArray m_buffer;
    bool m_isEnded = false;
    bool m_wasReset = false;
};

/// 0 if \a response does not begin with an HTTP status line.
[[nodiscard]] int statusOf(const QByteArray &response);
/// The values of all lines of that name, in order.
[[nodiscard]] QList<QByteArray> fieldsOf(const QByteArray &response, const QByteArray &name);
[[nodiscard]] QByteArray fieldOf(const QByteArray &response, const QByteArray &name);
/// What follows the head, as it came.
[[nodiscard]] QByteArray bodyOf(const QByteArray &response);
/// Where a chunked body that begins \a bytes ends, trailers included; -1 if it has not ended.
[[nodiscard]] qsizetype chunkedSize(const QByteArray &bytes);
/// The content of a chunked body.
[[nodiscard]] QByteArray unchunked(const QByteArray &body);

} // namespace gatehouse::test
