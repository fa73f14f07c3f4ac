// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeupstream.h"

#include "tests/support/rawclient.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace gatehouse::test {

namespace {

thread_local FakeUpstream *currentUpstream = nullptr;

} // namespace

bool UpstreamPeer::receive()
{
    pollfd poll{m_fd, POLLIN, 0};
    if (::poll(&poll, 1, 5000) <= 0)
        return false;
    char bytes[65536];
    const ssize_t count = ::recv(m_fd, bytes, sizeof bytes, 0);
    if (count <= 0)
        return false;
    m_buffer.append(bytes, count);
    return true;
}

QByteArray UpstreamPeer::readHead()
{
    while (!m_buffer.contains("\r\n\r\n")) {
        if (!receive())
            return {};
    }
    const qsizetype size = m_buffer.indexOf("\r\n\r\n") + 4;
    const QByteArray head = m_buffer.first(size);
    m_buffer.remove(0, size);
    currentUpstream->note(head);
    return head;
}

QByteArray UpstreamPeer::readRequest()
{
    const QByteArray head = readHead();
    if (fieldOf(head, "transfer-encoding") == "chunked") {
        while (chunkedSize(m_buffer) < 0) {
            if (!receive())
                return head + std::exchange(m_buffer, {});
        }
        const QByteArray body = m_buffer.first(chunkedSize(m_buffer));
        m_buffer.remove(0, body.size());
        return head + body;
    }
    const qsizetype length = fieldOf(head, "content-length").toLongLong();
    while (m_buffer.size() < length && receive()) {}
    const QByteArray body = m_buffer.first(std::min(length, m_buffer.size()));
    m_buffer.remove(0, body.size());
    return head + body;
}

QByteArray UpstreamPeer::readSome()
{
    if (m_buffer.isEmpty())
        receive();
    return std::exchange(m_buffer, {});
}

bool UpstreamPeer::send(const QByteArray &bytes)
{
    return ::send(m_fd, bytes.constData(), size_t(bytes.size()), MSG_NOSIGNAL) == bytes.size();
}

void UpstreamPeer::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

void UpstreamPeer::shutdownWrite()
{
    ::shutdown(m_fd, SHUT_WR);
}

FakeUpstream::FakeUpstream(Script script) : m_script(std::move(script))
{
    m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    ::listen(m_fd, 512);
    socklen_t size = sizeof address;
    ::getsockname(m_fd, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptAll(); });
}

FakeUpstream::~FakeUpstream()
{
    m_isStopping = true;
    ::shutdown(m_fd, SHUT_RDWR);
    m_acceptor.join();
    {
        const QMutexLocker lock(&m_mutex);
        for (const int fd : m_open)
            ::shutdown(fd, SHUT_RDWR);
    }
    for (std::thread &script : m_scripts)
        script.join();
    ::close(m_fd);
}

void FakeUpstream::acceptAll()
{
    while (!m_isStopping) {
        const int fd = ::accept4(m_fd, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0)
            return;
        const int number = m_connections++;
        const QMutexLocker lock(&m_mutex);
        m_open.push_back(fd);
        m_scripts.emplace_back([this, fd, number] {
            currentUpstream = this;
            UpstreamPeer peer(fd);
            peer.m_number = number;
            m_script(peer);
            const QMutexLocker closing(&m_mutex);
            std::erase(m_open, fd);
            ::close(fd);
        });
    }
}

QByteArray FakeUpstream::url() const
{
    return "http://127.0.0.1:" + QByteArray::number(m_port);
}

QList<QByteArray> FakeUpstream::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

void FakeUpstream::note(const QByteArray &request)
{
    const QMutexLocker lock(&m_mutex);
    m_requests.append(request);
}

FakeUpstream::Script FakeUpstream::answering(const QByteArray &response)
{
    return [response](UpstreamPeer &peer) {
        while (!peer.readRequest().isEmpty()) {
            if (!peer.send(response))
                return;
        }
    };
}

FakeUpstream::Script FakeUpstream::answeringOnce(const QByteArray &response)
{
    return [response](UpstreamPeer &peer) {
        peer.readRequest();
        peer.send(response);
    };
}

} // namespace gatehouse::test
