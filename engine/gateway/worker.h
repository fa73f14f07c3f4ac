// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/frontend/httpserver.h"
#include "engine/gateway/chains.h"
#include "engine/gateway/sharedstate.h"
#include "engine/gateway/workerstatus.h"
#include "engine/net/resolver.h"

#include <QMutex>
#include <QObject>
#include <QThread>

#include <functional>

namespace gatehouse::gateway {

/// A listening socket that goes to a worker: for a new listener; the others keep theirs.
struct NewSocket
{
    std::string listener;
    int fd = -1;
};

/// One thread of the data plane, with an event loop, listeners, connections, pools and chains of
/// its own: nothing on the way of a request is shared. The public functions may be called from the
/// control thread; they do their work on the worker's.
class Worker final : public QObject
{
    Q_OBJECT

public:
    /// \a metrics, \a tap and \a shared outlive the worker.
    Worker(int index, observe::Metrics &metrics, observe::Tap &tap, SharedState &shared);
    ~Worker() override;

    void start();
    /// Switches to \a snapshot: requests that begin from now on see it. Returns when it is in
    /// force, or with the reason why the old one stays.
    Result<void> apply(const std::shared_ptr<const Snapshot> &snapshot,
                       const std::vector<NewSocket> &sockets);
    /// Stops accepting; drained() is emitted when the last connection has gone.
    void drain();
    /// Ends connections at once and the thread.
    void stop();
    [[nodiscard]] WorkerStatus status();

Q_SIGNALS:
    void drained();

private:
    using Servers = std::map<std::string, std::unique_ptr<frontend::HttpServer>>;

    void runOnThread(const std::function<void()> &work);
    Result<void> applyHere(const std::shared_ptr<const Snapshot> &snapshot,
                           const std::vector<NewSocket> &sockets);
    Services keepServices(const config::Config &config);
    void applyListeners(const Snapshot &snapshot, const std::vector<NewSocket> &sockets,
                        const std::shared_ptr<const Pipeline> &pipeline);
    void retireMissing(const config::Config &config);
    void sweepRetired();
    WorkerStatus statusHere() const;

    int m_index;
    observe::Metrics &m_metrics;
    observe::Tap &m_tap;
    SharedState &m_shared;
    QThread m_thread;
    // Only on the worker's thread, and made there:
    std::unique_ptr<net::Resolver> m_resolver;
    std::unique_ptr<observe::OpenExchanges> m_open;
    Services m_services;
    middleware::Services m_policies;
    std::shared_ptr<const Pipeline> m_pipeline;
    Servers m_servers;
    std::vector<std::unique_ptr<frontend::HttpServer>> m_retired; ///< draining
    bool m_isDraining = false;
};

} // namespace gatehouse::gateway
