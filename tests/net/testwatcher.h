// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/eventdispatcher.h"

#include <functional>
#include <sys/epoll.h>

namespace gatehouse::test {

/// Watches a descriptor on the current loop while it lives.
class TestWatcher final : public net::FdWatcher
{
public:
    TestWatcher(int fd, std::function<void(quint32)> action = {}, quint32 events = EPOLLIN)
        : m_fd(fd)
        , m_action(std::move(action))
    {
        if (!net::EventDispatcher::current().watch(fd, *this, events))
            qFatal("watch: errno %d", errno);
    }
    ~TestWatcher() override { unwatch(); }

    void unwatch()
    {
        if (m_fd >= 0)
            net::EventDispatcher::current().unwatch(m_fd, *this);
        m_fd = -1;
    }

    void onFdEvents(quint32 events) override
    {
        ++calls;
        seen |= events;
        if (m_action)
            m_action(events);
    }

    int calls = 0;
    quint32 seen = 0;

private:
    int m_fd;
    std::function<void(quint32)> m_action;
};

} // namespace gatehouse::test
