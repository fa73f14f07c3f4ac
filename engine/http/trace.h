// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/clock.h"
#include "engine/core/loopturn.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// What a stage did to the request.
enum class Verdict : unsigned char {
    Passed,   ///< let it through unchanged
    Answered, ///< made the answer itself
    Changed,  ///< let it through, changed
    Failed,   ///< ended in an error
};
[[nodiscard]] std::string_view verdictName(Verdict verdict);

/// Why a stage decided as it did, with its numbers. Lives in the exchange's arena and is put into
/// words only if somebody reads them: a decision costs a store, not a text.
class StageFacts
{
public:
    /// Appends "rule=orders/rate_limit key=192.0.2.7 before=3 after=2": names and values, blanks
    /// between them. Never a secret.
    virtual void describe(std::string &to) const = 0;

protected:
    ~StageFacts() = default; // arena objects are not destroyed
};

/// One step of a request's life.
struct Stage
{
    std::string_view name; ///< static, or in the arena: "route.match", "upstream.response"
    SteadyTime begin;
    SteadyTime end;
    Verdict verdict = Verdict::Passed;
    bool hasWaited = false;            ///< the event loop did other things meanwhile
    std::string_view detail;           ///< why, in a few words: "pool.reused=true"; may be empty
    const StageFacts *facts = nullptr; ///< the same with numbers; may be null

    /// detail and facts as one text, for people.
    void describe(std::string &to) const;
};

/// What happened to one exchange, in order. A fixed array: recording a stage costs its timestamps.
/// Stages over the bound are counted and dropped.
class Trace
{
public:
    static constexpr std::size_t maxStages = 32;

    /// Where the first stage begins.
    void start(SteadyTime now)
    {
        m_last = now;
        m_turn = loopTurn;
    }
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
            m_stages[m_count++] = Stage{name,
                                        m_last,
                                        now,
                                        verdict,
                                        std::exchange(m_turn, loopTurn) != loopTurn,
                                        detail,
                                        std::exchange(m_facts, nullptr)};
        return m_last = now;
    }
    /// Gives the stage that ends next its facts: for a middleware, whose chain ends its stage.
    void explain(const StageFacts &facts) { m_facts = &facts; }
    /// When the last stage ended.
    [[nodiscard]] SteadyTime last() const { return m_last; }

    [[nodiscard]] std::span<const Stage> stages() const { return {m_stages.data(), m_count}; }
    [[nodiscard]] int dropped() const { return m_dropped; }
    void clear()
    {
        m_count = 0;
        m_dropped = 0;
        m_facts = nullptr;
    }

private:
    std::array<Stage, maxStages> m_stages;
    std::size_t m_count = 0;
    SteadyTime m_last;
    quint32 m_turn = 0; ///< when the last stage ended
    int m_dropped = 0;
    const StageFacts *m_facts = nullptr; ///< of the stage that has not ended yet
};

} // namespace gatehouse
