// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <sys/epoll.h>

namespace gatehouse::net::internal {

/// An epoll descriptor with the batch of events fetched last. The batch belongs to the poller and
/// not to a stack frame: a nested event loop goes on with what its outer loop has not delivered,
/// so that an edge is never lost and nobody waits for an event that lies in a frame below.
class Poller
{
public:
    Poller();
    ~Poller();
    Q_DISABLE_COPY_MOVE(Poller)

    // 0, or errno. \a tag comes back with each event and must not be 0.
    [[nodiscard]] int add(int fd, quint32 events, quint64 tag);
    [[nodiscard]] int modify(int fd, quint32 events, quint64 tag);
    void remove(int fd);

    [[nodiscard]] bool hasFetched() const { return m_next < m_count; }
    /// Waits; hasFetched() must be false. \a timeout in milliseconds, -1 is forever.
    void fetch(int timeout);
    /// The next event of the batch that has not been forgotten.
    [[nodiscard]] bool take(epoll_event &event);
    /// Drops what the batch still holds for \a tag.
    void forget(quint64 tag);

private:
    int m_epoll;
    int m_next = 0;
    int m_count = 0;
    std::array<epoll_event, 256> m_events;
};

} // namespace gatehouse::net::internal
