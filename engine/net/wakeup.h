// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>

namespace gatehouse::net::internal {

/// Ends the sleep of a loop from any thread. A system call is made only if the loop sleeps: posting
/// to a busy worker, or from a worker to itself, costs one atomic exchange.
class Wakeup
{
public:
    Wakeup();
    ~Wakeup();
    Q_DISABLE_COPY_MOVE(Wakeup)

    /// Readable when a sleeping loop is woken. Never read, so watch it edge-triggered.
    [[nodiscard]] int fd() const { return m_fd; }

    /// Thread-safe.
    void wake();
    /// At the beginning of a turn. True if wake() has been called: this turn must not block.
    [[nodiscard]] bool take() { return m_state.exchange(Awake) == Woken; }
    /// Before a wait that may block. False: woken since take(), do not block.
    [[nodiscard]] bool fallAsleep();
    /// After the wait. True if wake() ended it; take() will say so once more, so that the posted
    /// event which caused it is sent by a turn that does not block.
    bool getUp();
    /// Sleeps on the descriptor alone, for loops that leave out sockets. \a timeout as in poll(2).
    void sleep(int timeout);

private:
    enum State { Awake, Asleep, Woken };

    int m_fd;
    std::atomic<State> m_state = Awake;
};

} // namespace gatehouse::net::internal
