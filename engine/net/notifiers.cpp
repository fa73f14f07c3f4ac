// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/notifiers.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <cerrno>

namespace gatehouse::net::internal {

namespace {

// By QSocketNotifier::Type: what is asked for, and what makes it ready. Errors and hang-ups wake
// every type, as QEventDispatcherUNIX has it.
constexpr std::array<quint32, 3> wanted{EPOLLIN, EPOLLOUT, EPOLLPRI};
constexpr quint32 trouble = EPOLLHUP | EPOLLERR;

} // namespace

void Notifiers::add(QSocketNotifier &notifier)
{
    const int fd = int(notifier.socket());
    const int type = notifier.type();
    Entry &entry = m_entries[fd];
    if (entry.notifiers[type]) {
        qWarning("QSocketNotifier: two notifiers of one type for descriptor %d", fd);
        return;
    }
    entry.notifiers[type] = &notifier;
    entry.isPending[type] = false;

    quint32 events = 0;
    for (int i = 0; i < 3; ++i)
        events |= entry.notifiers[i] ? wanted[i] : 0;
    update(fd, entry, events);
}

void Notifiers::remove(QSocketNotifier &notifier)
{
    const int fd = int(notifier.socket());
    const auto it = m_entries.find(fd);
    if (it == m_entries.end() || it->second.notifiers[notifier.type()] != &notifier)
        return;
    Entry &entry = it->second;
    entry.notifiers[notifier.type()] = nullptr;

    quint32 events = 0;
    for (int i = 0; i < 3; ++i)
        events |= entry.notifiers[i] ? wanted[i] : 0;
    if (events != 0) {
        update(fd, entry, events);
        return;
    }
    m_poller.forget(tagOf(fd));
    if (entry.isInEpoll)
        m_poller.remove(fd);
    std::erase(m_alwaysReady, fd);
    m_entries.erase(it);
}

void Notifiers::update(int fd, Entry &entry, quint32 events)
{
    int error = entry.isInEpoll ? m_poller.modify(fd, events, tagOf(fd)) : ENOENT;
    if (error == ENOENT) // new, or closed and opened again behind our back
        error = m_poller.add(fd, events, tagOf(fd));
    entry.isInEpoll = error == 0;
    if (error == EPERM && std::ranges::find(m_alwaysReady, fd) == m_alwaysReady.end())
        m_alwaysReady.push_back(fd);
    else if (error != 0 && error != EPERM)
        qWarning("QSocketNotifier: descriptor %d: %s", fd, qPrintable(qt_error_string(error)));
}

void Notifiers::deliver(quint64 tag, quint32 events)
{
    activate(int(tag >> 1), events);
}

void Notifiers::deliverAlwaysReady()
{
    const std::vector<int> fds = m_alwaysReady; // the rare case: it may copy
    for (const int fd : fds)
        activate(fd, EPOLLIN | EPOLLOUT);
}

/// A slot may remove any notifier, close and reopen the descriptor, or run a nested loop that gets
/// here again: so the entry is looked up for every type, and says itself what is still pending.
void Notifiers::activate(int fd, quint32 events)
{
    auto it = m_entries.find(fd);
    if (it == m_entries.end())
        return;
    for (int type = 0; type < 3; ++type)
        it->second.isPending[type] = (events & (wanted[type] | trouble)) != 0;

    for (int type = 0; type < 3; ++type) {
        it = m_entries.find(fd);
        if (it == m_entries.end())
            return;
        Entry &entry = it->second;
        if (!std::exchange(entry.isPending[type], false) || !entry.notifiers[type])
            continue;
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(entry.notifiers[type], &event);
    }
}

} // namespace gatehouse::net::internal
