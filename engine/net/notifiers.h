// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/poller.h"

#include <QSocketNotifier>

#include <array>
#include <unordered_map>
#include <vector>

namespace gatehouse::net::internal {

/// The QSocketNotifiers of one thread: level-triggered, one epoll entry per descriptor.
class Notifiers
{
public:
    /// Set in the tag of every event that is for deliver().
    static constexpr quint64 tagBit = 1;

    explicit Notifiers(Poller &poller) : m_poller(poller) {}

    void add(QSocketNotifier &notifier);
    void remove(QSocketNotifier &notifier);
    void deliver(quint64 tag, quint32 events);

    /// There are descriptors that epoll does not take (regular files): always ready, as in poll(2).
    [[nodiscard]] bool hasAlwaysReady() const { return !m_alwaysReady.empty(); }
    void deliverAlwaysReady();

private:
    struct Entry
    {
        std::array<QSocketNotifier *, 3> notifiers{}; ///< by QSocketNotifier::Type
        std::array<bool, 3> isPending{};              ///< ready, not activated yet
        bool isInEpoll = false;
    };

    static quint64 tagOf(int fd) { return quint64(fd) << 1 | tagBit; }
    void update(int fd, Entry &entry, quint32 events);
    void activate(int fd, quint32 events);

    Poller &m_poller;
    std::unordered_map<int, Entry> m_entries;
    std::vector<int> m_alwaysReady;
};

} // namespace gatehouse::net::internal
