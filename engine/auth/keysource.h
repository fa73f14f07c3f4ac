// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/auth/key.h"
#include "engine/core/clock.h"
#include "engine/core/task.h"

#include <QMutex>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>

namespace gatehouse::auth {

/// Gets a document from a URL. \a done is called once, on any thread, with the bytes or with
/// Unavailable; not at all if the program ends before.
using Fetch =
    std::function<void(const std::string &url, std::function<void(Result<std::string>)> done)>;

/// The keys of an issuer, in memory or behind a URL. Shared by workers, thread-safe.
///
/// Behind a URL: nothing is fetched before a token needs it; there is at most one fetch at a time,
/// and one in each refetchInterval; a set that cannot be had, or makes no sense, leaves the last
/// good one in force.
class KeySource
{
public:
    struct Remote
    {
        std::string url;
        std::chrono::milliseconds cacheDuration{3'600'000};
        std::chrono::milliseconds refetchInterval{30'000};
        friend bool operator==(const Remote &, const Remote &) = default;
    };

    explicit KeySource(KeySet keys);
    /// \a clock must outlive the source.
    KeySource(Remote remote, Fetch fetch, const Clock &clock = Clock::system());
    ~KeySource();
    Q_DISABLE_COPY_MOVE(KeySource)

    /// nullptr before the first fetch has succeeded. Begins a fetch if the set has become old.
    [[nodiscard]] std::shared_ptr<const KeySet> keys();
    /// Counts the sets: a verifier forgets what it knows of an earlier one.
    [[nodiscard]] quint64 generation() const
    {
        return m_state->generation.load(std::memory_order_acquire);
    }
    [[nodiscard]] bool isRemote() const { return bool(m_fetch); }
    /// Whether waiting could bring a new set: a fetch is on its way, or may begin.
    [[nodiscard]] bool mayRefresh();

    /// Waits for the fetch that is on its way, or for one that it begins; not longer than \a limit.
    /// Returns at once if neither may be.
    class Refresh
    {
    public:
        Refresh(KeySource &source, std::chrono::milliseconds limit);
        ~Refresh();
        Q_DISABLE_COPY_MOVE(Refresh)
        bool await_ready() const { return false; }
        bool await_suspend(std::coroutine_handle<> self);
        void await_resume() const {}

    private:
        KeySource &m_source;
        std::chrono::milliseconds m_limit;
        QObject m_receiver;
        QTimer m_timer;
    };

private:
    using Wake = std::function<void()>;
    /// Outlives the source while a fetch is on its way.
    struct State
    {
        QMutex mutex;
        std::shared_ptr<const KeySet> keys;
        std::atomic<quint64> generation = 0;
        bool isFetching = false;
        bool wasTried = false;
        SteadyTime triedAt;
        SteadyTime gotAt;
        std::vector<std::pair<QObject *, Wake>> waiting;

        void take(const std::string &url, const Result<std::string> &document, SteadyTime now);
    };

    [[nodiscard]] bool mayFetch(SteadyTime now) const; ///< the state is locked
    void fetch();                                      ///< isFetching has been set
    bool subscribe(QObject *receiver, Wake wake);
    void unsubscribe(QObject *receiver);

    Remote m_remote;
    Fetch m_fetch;
    const Clock &m_clock;
    std::shared_ptr<State> m_state;
};

} // namespace gatehouse::auth
