// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/state/backendhealth.h"

#include "engine/core/log.h"

namespace gatehouse::state {

Q_LOGGING_CATEGORY(lcState, "gatehouse.state", QtInfoMsg)

BackendHealth::BackendHealth(std::string place, int failures, std::chrono::nanoseconds pause,
                             bool isAllowedOnError)
    : m_place(std::move(place))
    , m_breaker(failures, pause)
    , m_isAllowedOnError(isAllowedOnError)
{
}

void BackendHealth::succeeded(SteadyTime asked, SteadyTime now)
{
    SteadyTime::rep since = m_awaySince.load(std::memory_order_relaxed);
    if (since != 0 && asked.time_since_epoch().count() <= since)
        return;
    m_breaker.succeeded();
    if (since == 0)
        return;
    m_backSince = now.time_since_epoch().count();
    if (!m_awaySince.compare_exchange_strong(since, 0))
        return; // another worker has said it
    const std::chrono::nanoseconds away = now.time_since_epoch() - SteadyTime::duration(since);
    LogLine(lcState(), QtInfoMsg, "the state backend is back, policies are in force again")
        .field("backend", m_place)
        .field("away_ms", qint64(away.count() / 1'000'000));
}

void BackendHealth::failed(const Error &error, SteadyTime asked, SteadyTime now)
{
    if (asked.time_since_epoch().count() < m_backSince)
        return;
    m_breaker.failed(now);
    SteadyTime::rep never = 0;
    if (!m_awaySince.compare_exchange_strong(never, now.time_since_epoch().count()))
        return;
    LogLine(lcState(), QtCriticalMsg, "the state backend does not answer")
        .field("backend", m_place)
        .field("on_error",
               m_isAllowedOnError ? "allow: policies that need it let requests pass"
                                  : "deny: policies that need it refuse with 503")
        .error(error);
}

} // namespace gatehouse::state
