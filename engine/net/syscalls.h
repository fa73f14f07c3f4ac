// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace gatehouse::net::internal {

// The calls of the byte path without glibc's wrappers: those are cancellation points and, in a
// program with threads, pay two locked instructions for each call. We never cancel a thread.
// Results and errno are those of the wrappers.

inline ssize_t receive(int fd, void *to, std::size_t size)
{
    return ::syscall(SYS_recvfrom, fd, to, size, 0, nullptr, nullptr);
}

inline ssize_t send(int fd, const void *from, std::size_t size, int flags)
{
    return ::syscall(SYS_sendto, fd, from, size, flags, nullptr, 0);
}

inline ssize_t send(int fd, const msghdr *message, int flags)
{
    return ::syscall(SYS_sendmsg, fd, message, flags);
}

inline int waitForEvents(int epoll, epoll_event *events, int count, int timeout)
{
    return static_cast<int>(::syscall(SYS_epoll_pwait, epoll, events, count, timeout, nullptr, 8));
}

} // namespace gatehouse::net::internal
