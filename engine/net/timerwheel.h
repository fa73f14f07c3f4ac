// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"

#include <array>

namespace gatehouse::net {

class TimerWheel;

/// A coarse deadline, embedded in what it guards. Arming again while armed is the common case
/// (every request moves its connection's deadline) and costs one store while the deadline moves
/// away; nothing is allocated. Fires at or up to one tick after its time, once.
class Timer
{
public:
    Timer() = default;
    virtual ~Timer(); ///< disarms
    Timer(const Timer &) = delete;
    Timer &operator=(const Timer &) = delete;

    void arm(TimerWheel &wheel, SteadyTime deadline);
    void disarm();
    [[nodiscard]] bool isArmed() const { return m_isArmed; }

protected:
    /// On the wheel's thread, from the event loop. May arm again, and may destroy this.
    virtual void onTimeout() = 0;

private:
    friend class TimerWheel;
    Timer *m_next = nullptr;
    Timer **m_link = nullptr;
    TimerWheel *m_wheel = nullptr;
    SteadyTime m_deadline;
    bool m_isArmed = false;
};

} // namespace gatehouse::net
