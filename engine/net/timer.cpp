// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/timer.h"

#include "engine/net/timerwheel.h"

namespace gatehouse::net {

Timer::~Timer() = default;

void Timer::rearm(TimerWheel &wheel, SteadyTime deadline)
{
    disarm();
    m_wheel = &wheel;
    m_deadline = deadline;
    wheel.place(*this);
}

} // namespace gatehouse::net
