// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/timer.h"
#include "engine/net/timerwheel.h"
#include "engine/observe/tap.h"

namespace gatehouse::observe {

/// The watched exchanges of one worker that are under way. Those that take longer than a moment,
/// and streams from their first byte, are told to the tap, so that people see them before they end.
/// An exchange that is over at once costs two links of a list.
///
/// Lives on the worker's thread.
class OpenExchanges final : private net::Timer
{
public:
    static constexpr std::chrono::milliseconds moment{100};

    /// Neither is owned.
    OpenExchanges(Tap &tap, net::TimerWheel &wheel) : m_tap(tap), m_wheel(wheel) {}

    /// \a exchange has begun; end() follows, once.
    void add(Exchange &exchange, quint32 revision);
    /// The head of the answer is known. \a isStream: its bytes are shown as they come, where
    /// bodies are kept.
    void answering(Exchange &exchange, bool isStream);
    /// Its end goes to the tap.
    void end(const Exchange &exchange);

private:
    struct Place : net::internal::Link
    {
        const Exchange *exchange = nullptr;
        quint32 revision = 0;
        quint64 stream = 0; ///< 0: not shown yet
    };
    static constexpr int mostAtOnce = 1000; ///< of a round: the rest is shown in the next one

    [[nodiscard]] Place *placeOf(const Exchange &exchange) const;
    bool show(Place &place);
    void onTimeout() override;

    Tap &m_tap;
    net::TimerWheel &m_wheel;
    net::internal::Link m_waiting; ///< not shown yet, the oldest first
    net::internal::Link m_shown;
};

} // namespace gatehouse::observe
