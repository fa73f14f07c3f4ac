// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/listener.h"

#include "engine/core/log.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

namespace gatehouse::net {

Q_LOGGING_CATEGORY(lcListener, "gatehouse.net.listener", QtInfoMsg)

namespace {

constexpr int backlog = 4096;

void setOption(int fd, int level, int option)
{
    const int on = 1;
    ::setsockopt(fd, level, option, &on, sizeof on);
}

} // namespace

Listener::Acceptor::~Acceptor() = default;

Result<int> listenOn(const Address &address)
{
    const int fd = ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const QString text = QString::fromStdString(address.text());
    if (fd < 0)
        return fail(ErrorCode::Unavailable, "cannot listen on " + text, errno);
    removeStaleSocket(address);
    if (!address.isUnix()) {
        setOption(fd, SOL_SOCKET, SO_REUSEADDR);
        setOption(fd, SOL_SOCKET, SO_REUSEPORT);
        setOption(fd, IPPROTO_TCP, TCP_NODELAY);
    }
    sockaddr_storage native{};
    const socklen_t size = address.toNative(native);
    if (::bind(fd, reinterpret_cast<const sockaddr *>(&native), size) == 0
        && ::listen(fd, backlog) == 0)
        return fd;
    const int error = errno;
    ::close(fd);
    return fail(ErrorCode::Unavailable, "cannot listen on " + text, error);
}

Result<void> checkFree(const Address &address)
{
    if (address.isUnix() || address.port() == 0)
        return {};
    const int probe = ::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0);
    setOption(probe, SOL_SOCKET, SO_REUSEADDR);
    sockaddr_storage native{};
    const socklen_t size = address.toNative(native);
    const bool isFree = ::bind(probe, reinterpret_cast<const sockaddr *>(&native), size) == 0;
    const int error = errno;
    ::close(probe);
    if (isFree)
        return {};
    return fail(ErrorCode::Unavailable,
                "cannot listen on " + QString::fromStdString(address.text()), error);
}

void removeStaleSocket(const Address &address)
{
    if (!address.isUnix())
        return;
    sockaddr_storage native{};
    const socklen_t size = address.toNative(native);
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(probe, reinterpret_cast<const sockaddr *>(&native), size) != 0
        && errno == ECONNREFUSED)
        ::unlink(reinterpret_cast<const sockaddr_un *>(&native)->sun_path);
    ::close(probe);
}

Address localAddress(int fd)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&storage), &size);
    return Address::fromNative(reinterpret_cast<sockaddr *>(&storage), size);
}

Listener::Listener(int fd, Acceptor &acceptor) : m_fd(fd), m_acceptor(acceptor)
{
    if (!EventDispatcher::current().watch(fd, *this, EPOLLIN | EPOLLET))
        LogLine(lcListener(), QtCriticalMsg, "the listener cannot be watched")
            .field("errno", errno);
}

Listener::~Listener()
{
    EventDispatcher::current().unwatch(m_fd, *this);
    ::close(m_fd);
}

void Listener::onFdEvents(quint32)
{
    acceptAll();
}

void Listener::onTimeout()
{
    acceptAll();
}

void Listener::acceptAll()
{
    while (true) {
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        const int fd = ::accept4(m_fd, reinterpret_cast<sockaddr *>(&storage), &size,
                                 SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            m_acceptor.onAccepted(
                fd, Address::fromNative(reinterpret_cast<sockaddr *>(&storage), size));
            continue;
        }
        if (errno == EINTR || errno == ECONNABORTED)
            continue;
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            // The edge is spent: come back by ourselves.
            LogLine(lcListener(), QtWarningMsg, "cannot accept, pausing")
                .field("cause", qt_error_string(errno));
            EventDispatcher &dispatcher = EventDispatcher::current();
            arm(dispatcher.wheel(), dispatcher.loopTime() + std::chrono::milliseconds(100));
        }
        return;
    }
}

} // namespace gatehouse::net
