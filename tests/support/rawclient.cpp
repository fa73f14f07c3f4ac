// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/rawclient.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace gatehouse::test {

namespace {

constexpr std::chrono::seconds longest{5};

/// Bytes of the body that the head promises; -1: chunked, -2: until the end.
qsizetype promisedBody(const QByteArray &head, bool toHead)
{
    const int status = statusOf(head);
    if (toHead || status / 100 == 1 || status == 204 || status == 304)
        return 0;
    if (fieldOf(head, "transfer-encoding") == "chunked")
        return -1;
    const QByteArray length = fieldOf(head, "content-length");
    return length.isEmpty() ? -2 : length.toLongLong();
}

} // namespace

RawClient::RawClient(quint16 port) : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        m_isEnded = true;
}

RawClient::~RawClient()
{
    close();
}

void RawClient::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

void RawClient::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

void RawClient::shutdownWrite()
{
    ::shutdown(m_fd, SHUT_WR);
}

bool RawClient::send(const QByteArray &bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count =
            ::send(m_fd, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}

bool RawClient::receive(std::chrono::milliseconds wait)
{
    if (m_isEnded || m_fd < 0)
        return false;
    pollfd poll{m_fd, POLLIN, 0};
    if (::poll(&poll, 1, int(wait.count())) <= 0)
        return false;
    char bytes[65536];
    const ssize_t count = ::recv(m_fd, bytes, sizeof bytes, 0);
    if (count > 0)
        m_buffer.append(bytes, count);
    m_wasReset = count < 0 && errno == ECONNRESET;
    m_isEnded = count <= 0;
    return count > 0;
}

QByteArray RawClient::readUntil(const QByteArray &text, std::chrono::milliseconds wait)
{
    while (!m_buffer.contains(text) && receive(wait)) {}
    const qsizetype at = m_buffer.indexOf(text);
    const qsizetype size = at < 0 ? m_buffer.size() : at + text.size();
    const QByteArray taken = m_buffer.first(size);
    m_buffer.remove(0, size);
    return taken;
}

QByteArray RawClient::readResponse(bool toHead)
{
    const QByteArray head = readUntil("\r\n\r\n");
    const qsizetype promised = promisedBody(head, toHead);
    if (promised == -1) {
        while (chunkedSize(m_buffer) < 0) {
            if (!receive(longest))
                return head + std::exchange(m_buffer, {});
        }
        const QByteArray body = m_buffer.first(chunkedSize(m_buffer));
        m_buffer.remove(0, body.size());
        return head + body;
    }
    if (promised == -2)
        return head + readToEnd();
    while (m_buffer.size() < promised && receive(longest)) {}
    const QByteArray body = m_buffer.first(std::min(promised, m_buffer.size()));
    m_buffer.remove(0, body.size());
    return head + body;
}

QByteArray RawClient::readSome()
{
    if (m_buffer.isEmpty())
        receive(longest);
    return std::exchange(m_buffer, {});
}

QByteArray RawClient::readToEnd()
{
    while (receive(longest)) {}
    return std::exchange(m_buffer, {});
}

qint64 RawClient::countToEnd()
{
    qint64 count = 0;
    do {
        count += m_buffer.size();
        m_buffer.resize(0); // keeps its memory
    } while (receive(longest));
    return count;
}

bool RawClient::isClosed(std::chrono::milliseconds wait)
{
    while (!m_isEnded && receive(wait)) {}
    return m_isEnded;
}

QByteArray RawClient::ask(quint16 port, const QByteArray &request)
{
    RawClient client(port);
    client.send(request);
    return client.readToEnd();
}

int statusOf(const QByteArray &response)
{
    return response.startsWith("HTTP/1.") ? response.mid(9, 3).toInt() : 0;
}

QList<QByteArray> fieldsOf(const QByteArray &response, const QByteArray &name)
{
    QList<QByteArray> values;
    const QByteArray head = response.first(std::max<qsizetype>(response.indexOf("\r\n\r\n"), 0));
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            values.append(line.sliced(colon + 1).trimmed());
    }
    return values;
}

QByteArray fieldOf(const QByteArray &response, const QByteArray &name)
{
    const QList<QByteArray> values = fieldsOf(response, name);
    return values.isEmpty() ? QByteArray() : values.first();
}

QByteArray bodyOf(const QByteArray &response)
{
    const qsizetype end = response.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : response.sliced(end + 4);
}

namespace {

/// Walks over the chunks of \a bytes; the end of the body, or -1.
qsizetype walkChunks(const QByteArray &bytes, QByteArray *content)
{
    qsizetype at = 0;
    while (true) {
        const qsizetype lineEnd = bytes.indexOf("\r\n", at);
        if (lineEnd < 0)
            return -1;
        const qsizetype size =
            bytes.sliced(at, lineEnd - at).split(';').first().toLongLong(nullptr, 16);
        at = lineEnd + 2;
        if (size == 0)
            break;
        if (bytes.size() < at + size + 2)
            return -1;
        if (content)
            content->append(bytes.sliced(at, size));
        at += size + 2;
    }
    while (true) { // trailers
        const qsizetype lineEnd = bytes.indexOf("\r\n", at);
        if (lineEnd < 0)
            return -1;
        const bool isEmpty = lineEnd == at;
        at = lineEnd + 2;
        if (isEmpty)
            return at;
    }
}

} // namespace

qsizetype chunkedSize(const QByteArray &bytes)
{
    return walkChunks(bytes, nullptr);
}

QByteArray unchunked(const QByteArray &body)
{
    QByteArray content;
    walkChunks(body, &content);
    return content;
}

} // namespace gatehouse::test
