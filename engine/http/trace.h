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

    /// Starts a stage; end it with the index that is returned.
    std::size_t begin(std::string_view name, SteadyTime now)
    {
        if (m_count == maxStages) {
            ++m_dropped;
            return maxStages;
        }
        Stage &stage = m_stages[m_count];
        stage = Stage{name, now, now, Verdict::Passed, {}};
        return m_count++;
    }
    void end(std::size_t index, SteadyTime now, Verdict verdict = Verdict::Passed,
             std::string_view detail = {})
    {
        if (index == maxStages)
            return;
        m_stages[index].end = now;
        m_stages[index].verdict = verdict;
        m_stages[index].detail = detail;
    }
    /// A stage that took from \a begin to \a end.
    void add(std::string_view name, SteadyTime begin, SteadyTime end,
             Verdict verdict = Verdict::Passed, std::string_view detail = {})
    {
        const std::size_t index = this->begin(name, begin);
        this->end(index, end, verdict, detail);
    }

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
    int m_dropped = 0;
};

} // namespace gatehouse
