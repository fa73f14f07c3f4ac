// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace gatehouse {

using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

/// Where time comes from. Durations and deadlines use now(), which never steps back; dates in
/// headers and logs use wall().
class Clock
{
public:
    virtual ~Clock();
    [[nodiscard]] virtual SteadyTime now() const = 0;
    [[nodiscard]] virtual WallTime wall() const = 0;

    /// The machine's clock. Thread-safe.
    static const Clock &system();
};

/// A clock that stands still until a test moves it.
class ManualClock final : public Clock
{
public:
    [[nodiscard]] SteadyTime now() const override { return m_now; }
    [[nodiscard]] WallTime wall() const override { return m_wall; }
    void advance(std::chrono::nanoseconds by);
    /// Steps the wall clock alone, as an administrator or NTP does.
    void setWall(WallTime wall) { m_wall = wall; }

private:
    SteadyTime m_now{std::chrono::hours(1)};
    WallTime m_wall{std::chrono::seconds(1'700'000'000)};
};

} // namespace gatehouse
