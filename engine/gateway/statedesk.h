// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/core/jobowner.h"
#include "engine/gateway/sharedstate.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

class QTimer;

namespace gatehouse::gateway {

/// The control plane's own access to the state, on a thread of its own, so that neither a slow
/// backend nor a long listing delays a request. Asks Redis once a second how it is: its absence is
/// known, and its return is noticed, also while there is no traffic.
class StateDesk final : public QObject
{
    Q_OBJECT

public:
    /// \a shared outlives the desk.
    explicit StateDesk(SharedState &shared);
    ~StateDesk() override;

    /// Switches to another backend.
    void apply(const config::StateConfig &config);

    /// Runs \a question on the desk's thread and waits for its answer, at most 5 s: Timeout then.
    /// From the control thread.
    template<typename T>
    Result<T> ask(std::function<Task<Result<T>>(const middleware::Services &services)> question)
    {
        // Shared with the thread, which may finish after we have given up.
        const auto answer = std::make_shared<std::optional<Result<T>>>();
        const bool isDone =
            runOnThread([this, question, answer] { return settle<T>(question, answer); });
        if (!isDone || !*answer)
            return fail(ErrorCode::Timeout, "the state backend does not answer");
        return **answer;
    }

private:
    using Job = std::function<Task<void>()>;

    template<typename T>
    Task<void> settle(std::function<Task<Result<T>>(const middleware::Services &services)> question,
                      std::shared_ptr<std::optional<Result<T>>> answer)
    {
        const middleware::Services services = m_services; // apply() may come before the answer
        Result<T> result = co_await question(services);
        *answer = std::move(result);
    }

    bool runOnThread(Job job);
    Task<void> finish(Job job, std::shared_ptr<class Completion> completion);
    void ping();
    Task<void> askRedis(std::shared_ptr<state::RedisStore> redis);

    SharedState &m_shared;
    QThread m_thread;
    // Only on the thread, and made there:
    middleware::Services m_services;
    std::unique_ptr<QTimer> m_timer;
    JobOwner m_jobs; ///< last: what runs in it uses the rest
};

} // namespace gatehouse::gateway
