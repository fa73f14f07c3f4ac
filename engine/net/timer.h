// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/net/link.h"

namespace gatehouse::net {

class TimerWheel;

/// A coarse deadline, embedded in what it guards. Arming again while armed is the common case
/// (every request moves its connection's deadline) and costs one store while the deadline moves
/// away; nothing is allocated. Fires at or up to one tick after its time, once.
class Timer : private internal::Link
{
public:
    Timer() = default;
    virtual ~Timer(); ///< disarms
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;

    /// \a wheel is not owned. If it goes first, its timers are disarmed.
    void arm(TimerWheel &wheel, SteadyTime deadline)
    {
        if (isArmed() && m_wheel == &wheel && deadline >= m_slotted)
            m_deadline = deadline; // the wheel finds out when it comes to the old place
        else
            rearm(wheel, deadline);
    }
    void disarm() { removeLink(); }
    [[nodiscard]] bool isArmed() const { return isLinked(); }
    /// When it fires. Meaningless while it is not armed.
    [[nodiscard]] SteadyTime deadline() const { return m_deadline; }

protected:
    /// On the wheel's thread, from the event loop. May arm again, and may destroy this.
    virtual void onTimeout() = 0;

private:
    friend class TimerWheel;
    void rearm(TimerWheel &wheel, SteadyTime deadline);

    TimerWheel *m_wheel = nullptr;
    SteadyTime m_deadline;
    SteadyTime m_slotted; ///< the deadline that its place in the wheel is for; never later
};

} // namespace gatehouse::net
