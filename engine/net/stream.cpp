// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/stream.h"

#include "engine/net/syscalls.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace gatehouse::net {

Stream::Observer::~Observer() = default;

Stream::~Stream()
{
    close();
    if (m_isGone)
        *m_isGone = true;
}

Result<void> Stream::open(int fd, Observer &observer)
{
    Q_ASSERT(m_fd < 0);
    m_fd = fd;
    m_observer = &observer;
    m_isWritable = true;
    m_isReadable = false; // epoll reports what is there already as a first edge
    m_hasPeerClosed = m_hasHungUp = false;
    if (EventDispatcher::current().watch(fd, *this, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET))
        return {};
    const int error = errno;
    ::close(std::exchange(m_fd, -1));
    return fail(ErrorCode::Unavailable, "the connection cannot be watched", error);
}

Task<Result<void>> Stream::connect(Address address, Observer &observer, SteadyTime deadline)
{
    const int fd = ::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        co_return fail(ErrorCode::Unavailable, "no socket for a connection", errno);
    if (!address.isUnix()) {
        const int on = 1;
        ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    sockaddr_storage native{};
    const socklen_t size = address.toNative(native);
    const int begun = ::connect(fd, reinterpret_cast<const sockaddr *>(&native), size);
    const int beginError = errno;
    if (begun != 0 && beginError != EINPROGRESS) {
        ::close(fd);
        co_return fail(ErrorCode::UpstreamConnect, "cannot connect", beginError);
    }
    const Result<void> opened = open(fd, observer);
    if (!opened || begun == 0)
        co_return opened;

    m_isWritable = false;
    const Wait wait = co_await writable(deadline);
    if (wait == Wait::TimedOut) {
        close();
        co_return fail(ErrorCode::Timeout, "no connection within timeouts.connect");
    }
    int error = 0;
    socklen_t errorSize = sizeof error;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &errorSize);
    if (error != 0) {
        close();
        co_return fail(ErrorCode::UpstreamConnect, "cannot connect", error);
    }
    co_return Result<void>();
}

void Stream::close()
{
    if (m_fd < 0)
        return;
    EventDispatcher::current().unwatch(m_fd, *this);
    disarm();
    ::close(std::exchange(m_fd, -1));
}

Moved Stream::moved(ssize_t result, bool &isReady, bool isRead)
{
    if (result > 0)
        return {Moved::Status::Ok, static_cast<std::size_t>(result), 0};
    if (result == 0 && isRead)
        return {Moved::Status::End, 0, 0};
    if (result == 0 || errno == EAGAIN || errno == EINTR) {
        isReady = isReady && result < 0 && errno == EINTR;
        return {Moved::Status::Again, 0, 0};
    }
    return {Moved::Status::Error, 0, errno};
}

Moved Stream::receive(char *to, std::size_t size)
{
    const Moved moved = this->moved(internal::receive(m_fd, to, size), m_isReadable, true);
    // Less than asked for: the socket is drained, and the next byte brings an edge. An announced
    // end does not bring another one.
    if (moved.status == Moved::Status::Ok && moved.bytes < size && !m_hasPeerClosed)
        m_isReadable = false;
    return moved;
}

Moved Stream::send(std::span<const iovec> parts)
{
    if (parts.size() == 1) {
        const ssize_t sent =
            internal::send(m_fd, parts[0].iov_base, parts[0].iov_len, MSG_NOSIGNAL);
        return moved(sent, m_isWritable, false);
    }
    msghdr message{};
    message.msg_iov = const_cast<iovec *>(parts.data());
    message.msg_iovlen = parts.size();
    return moved(internal::send(m_fd, &message, MSG_NOSIGNAL), m_isWritable, false);
}

Moved Stream::spliceTo(int pipe, std::size_t size)
{
    constexpr unsigned flags = SPLICE_F_MOVE | SPLICE_F_NONBLOCK;
    return moved(::splice(m_fd, nullptr, pipe, nullptr, size, flags), m_isReadable, true);
}

Moved Stream::spliceFrom(int pipe, std::size_t size)
{
    constexpr unsigned flags = SPLICE_F_MOVE | SPLICE_F_NONBLOCK;
    return moved(::splice(pipe, nullptr, m_fd, nullptr, size, flags), m_isWritable, false);
}

StreamWait Stream::readable(SteadyTime deadline)
{
    return {*this, &Stream::m_reader, m_isReadable, deadline};
}

StreamWait Stream::writable(SteadyTime deadline)
{
    return {*this, &Stream::m_writer, m_isWritable, deadline};
}

void Stream::onFdEvents(quint32 events)
{
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        m_hasPeerClosed = true;
    if (events & (EPOLLHUP | EPOLLERR))
        m_hasHungUp = true;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        m_isReadable = true;
    if (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))
        m_isWritable = true;

    const bool hadWaiter = m_reader || m_writer;
    if (m_isReadable && !resumeWaiter(m_reader, true))
        return;
    if (m_isWritable && !resumeWaiter(m_writer, true))
        return;
    if (hadWaiter)
        return;
    if (m_hasHungUp)
        m_observer->onHangup();
    else if (m_isReadable)
        m_observer->onReadable();
}

bool Stream::resumeWaiter(StreamWait *waiter, bool isReady)
{
    if (!waiter)
        return true;
    bool isGone = false;
    m_isGone = &isGone;
    waiter->resume(isReady);
    if (!isGone)
        m_isGone = nullptr;
    return !isGone;
}

/// For the earlier of the two deadlines. Waking up early, for one that is over, does no harm.
void Stream::armTimer()
{
    SteadyTime deadline = SteadyTime::max();
    for (const StreamWait *waiter : {m_reader, m_writer}) {
        if (waiter)
            deadline = std::min(deadline, waiter->m_deadline);
    }
    if (deadline != SteadyTime::max())
        arm(EventDispatcher::current().wheel(), deadline);
}

void Stream::onTimeout()
{
    const SteadyTime now = EventDispatcher::current().loopTime();
    if (m_reader && m_reader->m_deadline <= now && !resumeWaiter(m_reader, false))
        return;
    if (m_writer && m_writer->m_deadline <= now && !resumeWaiter(m_writer, false))
        return;
    armTimer();
}

void Stream::shutdownWrite()
{
    ::shutdown(m_fd, SHUT_WR);
}

void Stream::resetOnClose()
{
    const linger reset{1, 0};
    ::setsockopt(m_fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

} // namespace gatehouse::net
