// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/core/clock.h"

namespace gatehouse {

namespace {

class SystemClock final : public Clock
{
public:
    [[nodiscard]] SteadyTime now() const override { return std::chrono::steady_clock::now(); }
    [[nodiscard]] WallTime wall() const override { return std::chrono::system_clock::now(); }
};

} // namespace

Clock::~Clock() = default;

const Clock &Clock::system()
{
    static const SystemClock clock;
    return clock;
}

void ManualClock::advance(std::chrono::nanoseconds by)
{
    m_now += by;
    m_wall += std::chrono::duration_cast<WallTime::duration>(by);
}

} // namespace gatehouse
