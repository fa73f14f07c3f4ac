// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/wakeup.h"

#include <QtGlobal>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace gatehouse::net::internal {

Wakeup::Wakeup() : m_fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    if (m_fd < 0)
        qFatal("eventfd: no descriptors left");
}

Wakeup::~Wakeup()
{
    ::close(m_fd);
}

void Wakeup::wake()
{
    if (m_state.exchange(Woken) == Asleep)
        (void)eventfd_write(m_fd, 1); // fails only at 2^64 - 1 wake-ups
}

bool Wakeup::fallAsleep()
{
    State expected = Awake;
    return m_state.compare_exchange_strong(expected, Asleep);
}

bool Wakeup::getUp()
{
    State expected = Asleep;
    return !m_state.compare_exchange_strong(expected, Awake) && expected == Woken;
}

void Wakeup::sleep(int timeout)
{
    pollfd waiting{.fd = m_fd, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, timeout) <= 0)
        return;
    // Level-triggered here: take the count away, or the next sleep() would not sleep.
    eventfd_t count = 0;
    (void)eventfd_read(m_fd, &count);
}

} // namespace gatehouse::net::internal
