// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/poller.h"

#include "engine/net/syscalls.h"

#include <QtGlobal>

#include <cerrno>
#include <unistd.h>

namespace gatehouse::net::internal {

Poller::Poller() : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        qFatal("epoll_create1: no descriptors left");
}

Poller::~Poller()
{
    ::close(m_epoll);
}

int Poller::add(int fd, quint32 events, quint64 tag)
{
    epoll_event event{.events = events, .data = {.u64 = tag}};
    return epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : errno;
}

int Poller::modify(int fd, quint32 events, quint64 tag)
{
    epoll_event event{.events = events, .data = {.u64 = tag}};
    return epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event) == 0 ? 0 : errno;
}

void Poller::remove(int fd)
{
    // Fails where the descriptor has been closed already, which has removed it as well.
    (void)epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
}

void Poller::fetch(int timeout)
{
    const int count = waitForEvents(m_epoll, m_events.data(), int(m_events.size()), timeout);
    if (count < 0 && errno != EINTR)
        qFatal("epoll_wait: errno %d", errno);
    m_next = 0;
    m_count = std::max(count, 0); // a signal is a turn without events
}

bool Poller::take(epoll_event &event)
{
    while (m_next < m_count) {
        event = m_events[m_next++];
        if (event.data.u64 != 0)
            return true;
    }
    return false;
}

void Poller::forget(quint64 tag)
{
    for (int i = m_next; i < m_count; ++i) {
        if (m_events[i].data.u64 == tag)
            m_events[i].data.u64 = 0;
    }
}

} // namespace gatehouse::net::internal
