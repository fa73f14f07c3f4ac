// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gatehouse/signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace gatehouse::app {

Signals::Signals()
{
    sigset_t handled;
    sigemptyset(&handled);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&handled, signal);
    pthread_sigmask(SIG_BLOCK, &handled, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    m_fd = signalfd(-1, &handled, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { read(); });
}

Signals::~Signals()
{
    m_notifier.reset();
    ::close(m_fd);
}

void Signals::read()
{
    signalfd_siginfo info{};
    while (::read(m_fd, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGTERM)
            Q_EMIT terminate();
        else if (info.ssi_signo == SIGINT)
            Q_EMIT interrupt();
        else
            Q_EMIT hangup();
    }
}

} // namespace gatehouse::app
