// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"

#include <array>
#include <span>
#include <string_view>

namespace gatehouse {

/// What a stage did to the request.
enum class Verdict : unsigned char {
    Passed,   ///< let it through unchanged
    Answered, ///< made the answer itself
    Changed,  ///< let it through, changed
    Failed,   ///< ended in an error
};
[[nodiscard]] std::string_view verdictName(Verdict verdict);

/// One step of a request's life.
struct Stage
{
    std::string_view name; ///< static, or in the arena: "route.match", "upstream.response"
    SteadyTime begin;
    SteadyTime end;
    Verdict verdict = Verdict::Passed;
    std::string_view detail; ///< why, in a few words: "pool.reused=true"; may be empty
};

/// What happened to one exchange, in order. A fixed array: recording a stage costs its timestamps.
/// Stages over the bound are counted and dropped.
class Trace
{
public:
    static constexpr std::size_t maxStages = 32;

    /// Where the first stage begins.
    void start(SteadyTime now) { m_last = now; }
    /// Ends a stage now; it began where the one before it ended, so that a stage costs one look at
    /// the clock. Gives the time.
    SteadyTime mark(std::string_view name, Verdict verdict = Verdict::Passed,
                    std::string_view detail = {})
    {
        return mark(name, Clock::system().now(), verdict, detail);
    }
    SteadyTime mark(std::string_view name, SteadyTime now, Verdict verdict = Verdict::Passed,
                    std::string_view detail = {})
    {
        if (m_count == maxStages)
            ++m_dropped;
        else
            m_stages[m_count++] = Stage{name, m_last, now, verdict, detail};
        return m_last = now;
    }
    /// When the last stage ended.
    [[nodiscard]] SteadyTime last() const { return m_last; }

    [[nodiscard]] std::span<const Stage> stages() const { return {m_stages.data(), m_count}; }
    [[nodiscard]] int dropped() const { return m_dropped; }
    void clear()
    {
        m_count = 0;
        m_dropped = 0;
    }

private:
    std::array<Stage, maxStages> m_stages;
    std::size_t m_count = 0;
    SteadyTime m_last;
    int m_dropped = 0;
};

} // namespace gatehouse
