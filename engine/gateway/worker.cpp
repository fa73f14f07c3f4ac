// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/worker.h"

#include "engine/core/log.h"
#include "engine/crypto/threadend.h"
#include "engine/net/bufferpool.h"
#include "engine/net/eventdispatcher.h"

#include <QTimer>

#include <algorithm>

namespace gatehouse::gateway {

Q_LOGGING_CATEGORY(lcWorker, "gatehouse.gateway.worker", QtInfoMsg)

namespace {

constexpr std::chrono::milliseconds sweepInterval{50};

bool isSame(const config::ServiceConfig &a, const config::ServiceConfig &b)
{
    const auto isSameInstance = [](const config::InstanceConfig &x,
                                   const config::InstanceConfig &y) {
        return x.url == y.url && x.weight == y.weight;
    };
    return a.balancer == b.balancer && std::ranges::equal(a.instances, b.instances, isSameInstance)
        && a.pool.maxIdle == b.pool.maxIdle
        && a.pool.maxIdlePerInstance == b.pool.maxIdlePerInstance
        && a.pool.idleTimeout == b.pool.idleTimeout && a.timeouts.connect == b.timeouts.connect
        && a.timeouts.responseHeader == b.timeouts.responseHeader
        && a.timeouts.idle == b.timeouts.idle && a.health.unhealthyAfter == b.health.unhealthyAfter
        && a.health.ejectionTime == b.health.ejectionTime && a.retries == b.retries;
}

std::shared_ptr<const frontend::ServerSettings>
settingsFor(const config::ListenerConfig &listener, const Snapshot &snapshot,
            const std::shared_ptr<const Pipeline> &pipeline)
{
    auto settings = std::make_shared<frontend::ServerSettings>();
    settings->listener = listener;
    const auto bytes = static_cast<std::size_t>(listener.limits.headerBytes);
    // A head must fit into one block.
    settings->headLimits.bytes = std::min(bytes, net::Block::bytes - 1);
    settings->headLimits.count = listener.limits.headerCount;
    settings->headLimits.uriBytes = static_cast<std::size_t>(listener.limits.uriBytes);
    settings->trustedProxies = snapshot.trustedProxies;
    settings->clientIpHeader = snapshot.config->clientIpHeader;
    settings->isDevelopment = snapshot.config->isDevelopment();
    settings->handler = pipeline;
    settings->openConnections = snapshot.openConnections.at(listener.name);
    return settings;
}

} // namespace

Worker::Worker(int index, observe::Metrics &metrics, observe::Tap &tap, SharedState &shared)
    : m_index(index)
    , m_metrics(metrics)
    , m_tap(tap)
    , m_shared(shared)
{
    m_thread.setObjectName(QString("worker-%1").arg(index));
    moveToThread(&m_thread);
}

Worker::~Worker()
{
    stop();
}

void Worker::start()
{
    auto *const loop = new net::EventDispatcher;
    m_thread.setEventDispatcher(loop); // which only a thread that ran deletes
    m_thread.start();
    runOnThread([this, loop] {
        m_resolver = std::make_unique<net::Resolver>();
        m_open = std::make_unique<observe::OpenExchanges>(m_tap, loop->wheel());
    });
}

void Worker::runOnThread(const std::function<void()> &work)
{
    QMetaObject::invokeMethod(this, work, Qt::BlockingQueuedConnection);
}

Result<void> Worker::apply(const std::shared_ptr<const Snapshot> &snapshot,
                           const std::vector<NewSocket> &sockets)
{
    Result<void> result;
    runOnThread([&] { result = applyHere(snapshot, sockets); });
    return result;
}

Services Worker::keepServices(const config::Config &config)
{
    Services services;
    for (const config::ServiceConfig &service : config.services) {
        const auto old = m_services.find(service.id);
        if (old != m_services.end() && isSame(old->second->config(), service))
            services[service.id] = old->second; // with its connections and health
        else
            services[service.id] = std::make_shared<upstream::Service>(service, *m_resolver);
    }
    return services;
}

Result<void> Worker::applyHere(const std::shared_ptr<const Snapshot> &snapshot,
                               const std::vector<NewSocket> &sockets)
{
    m_metrics.prepare(static_cast<std::size_t>(m_index));
    Services services = keepServices(*snapshot->config);
    middleware::Services shared = m_shared.services(snapshot->config->state, m_policies);
    const Observers observers{m_metrics.worker(static_cast<std::size_t>(m_index)), m_tap, *m_open};
    Result<std::shared_ptr<const Pipeline>> pipeline =
        Pipeline::build(snapshot, services, shared, observers);
    if (!pipeline)
        return std::unexpected(pipeline.error());
    m_shared.countPipeline();
    m_services = std::move(services);
    m_policies = std::move(shared);
    m_pipeline = std::move(*pipeline);
    applyListeners(*snapshot, sockets, m_pipeline);
    retireMissing(*snapshot->config);
    return {};
}

void Worker::applyListeners(const Snapshot &snapshot, const std::vector<NewSocket> &sockets,
                            const std::shared_ptr<const Pipeline> &pipeline)
{
    for (const config::ListenerConfig &listener : snapshot.config->listeners) {
        const auto settings = settingsFor(listener, snapshot, pipeline);
        const auto socket = std::ranges::find(sockets, listener.name, &NewSocket::listener);
        if (socket != sockets.end()) {
            if (auto old = m_servers.extract(listener.name)) { // its address has changed
                old.mapped()->drain();
                m_retired.push_back(std::move(old.mapped()));
            }
            m_servers[listener.name] = std::make_unique<frontend::HttpServer>(socket->fd, settings);
        } else if (const auto server = m_servers.find(listener.name); server != m_servers.end()) {
            server->second->setSettings(settings);
        }
    }
    sweepRetired();
}

void Worker::retireMissing(const config::Config &config)
{
    for (auto it = m_servers.begin(); it != m_servers.end();) {
        if (std::ranges::find(config.listeners, it->first, &config::ListenerConfig::name)
            != config.listeners.end()) {
            ++it;
            continue;
        }
        it->second->drain();
        m_retired.push_back(std::move(it->second));
        it = m_servers.erase(it);
    }
    sweepRetired();
}

/// Frees servers whose last connection has gone, and looks again while there are others.
void Worker::sweepRetired()
{
    std::erase_if(m_retired, [](const auto &server) { return server->isEmpty(); });
    const bool hasJobs = m_isDraining && m_policies.background && !m_policies.background->isIdle();
    if (!m_retired.empty() || hasJobs)
        QTimer::singleShot(sweepInterval, this, [this] { sweepRetired(); });
    else if (m_isDraining)
        Q_EMIT drained();
}

void Worker::drain()
{
    QMetaObject::invokeMethod(this, [this] {
        m_isDraining = true;
        retireMissing({});
    });
}

void Worker::stop()
{
    if (!m_thread.isRunning())
        return;
    runOnThread([this] {
        m_isDraining = false;
        m_servers.clear();
        m_retired.clear();
        m_pipeline.reset();
        if (m_policies.background)
            m_policies.background->clear(); // before what its jobs use
        m_policies = {};
        m_services.clear();
        m_open.reset();
        m_resolver.reset();
        crypto::releaseThread();
    });
    m_thread.quit();
    m_thread.wait();
}

WorkerStatus Worker::status()
{
    WorkerStatus status;
    runOnThread([&] { status = statusHere(); });
    return status;
}

WorkerStatus Worker::statusHere() const
{
    constexpr auto relaxed = std::memory_order_relaxed;
    WorkerStatus status;
    // Once its time is over an instance counts as available: without requests nobody would find
    // out.
    const SteadyTime now = Clock::system().now();
    for (const auto &[id, service] : m_services) {
        for (const auto &instance : service->instances()) {
            const upstream::InstanceStats &stats = instance->stats;
            status.instances.push_back({id, instance->url(), stats.requests.load(relaxed),
                                        stats.failures.load(relaxed), stats.connects.load(relaxed),
                                        stats.reused.load(relaxed), stats.active.load(relaxed),
                                        stats.idle.load(relaxed), !instance->isAvailable(now)});
        }
    }
    for (const auto &[name, server] : m_servers) {
        const frontend::ServerStats &stats = server->stats();
        status.listeners.push_back({name, stats.accepted.load(relaxed), stats.refused.load(relaxed),
                                    stats.malformed.load(relaxed), stats.timedOut.load(relaxed),
                                    stats.connections.load(relaxed), stats.active.load(relaxed)});
    }
    return status;
}

} // namespace gatehouse::gateway
