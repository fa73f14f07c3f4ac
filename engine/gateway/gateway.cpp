// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/gateway/gateway.h"

#include "engine/core/log.h"
#include "engine/net/eventdispatcher.h"
#include "engine/net/listener.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QThread>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace gatehouse::gateway {

Q_LOGGING_CATEGORY(lcGateway, "gatehouse.gateway", QtInfoMsg)

namespace {

/// Editors save in several steps; one reload for all of them.
constexpr std::chrono::milliseconds reloadDelay{100};

config::LoadOptions completed(const config::LoadOptions &options,
                              const middleware::Factories &factories)
{
    config::LoadOptions load = options;
    for (const QString &kind : factories.kinds())
        load.middleware.emplace(kind.toStdString(), factories.find(kind.toStdString())->schema());
    load.defaultPipeline = middleware::defaultPipeline();
    return load;
}

} // namespace

Gateway::Gateway(GatewayOptions options) : m_options(std::move(options))
{
    const int count =
        m_options.workers > 0 ? m_options.workers : std::max(QThread::idealThreadCount(), 1);
    m_metrics = std::make_unique<observe::Metrics>(count);
    m_recorder = std::make_unique<observe::Recorder>(count);
    m_desk = std::make_unique<StateDesk>(m_shared);
    for (int i = 0; i < count; ++i)
        m_workers.push_back(std::make_unique<Worker>(i, *m_metrics, m_recorder->tap(i), m_shared));
    m_reloadDelay.setSingleShot(true);
    m_drainDeadline.setSingleShot(true);
    connect(&m_reloadDelay, &QTimer::timeout, this, &Gateway::filesMayHaveChanged);
    connect(&m_drainDeadline, &QTimer::timeout, this, [this] { finishDrain(false); });
    const auto scheduleReload = [this] { m_reloadDelay.start(reloadDelay); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, scheduleReload);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, scheduleReload);
}

Gateway::~Gateway() = default;

void Gateway::useEpoll()
{
    QCoreApplication::setEventDispatcher(new net::EventDispatcher);
}

Gateway::Checked Gateway::check(const GatewayOptions &options, quint64 generation)
{
    std::shared_ptr<const middleware::Factories> factories = options.factories;
    if (!factories)
        factories = std::make_shared<middleware::Factories>(middleware::builtinFactories());
    const config::LoadOptions load = completed(options.load, *factories);
    Checked checked;
    checked.loaded =
        options.text.empty() ? config::load(load) : config::loadText(load.file, options.text, load);
    if (checked.loaded.config)
        checked.snapshot = compile(checked.loaded.config, std::move(factories), load.file,
                                   generation, checked.loaded.findings);
    return checked;
}

Gateway::Failure Gateway::start()
{
    Checked checked = check(m_options, ++m_generation);
    m_findings = std::move(checked.loaded.findings);
    if (!checked.snapshot)
        return checked.loaded.isUnusable ? Failure::Unusable : Failure::Configuration;
    applyLogging(checked.snapshot->config->log);
    for (const std::unique_ptr<Worker> &worker : m_workers) {
        connect(worker.get(), &Worker::drained, this, &Gateway::workerDrained);
        worker->start();
    }
    const Result<void> installed = install(checked.snapshot);
    if (!installed) {
        m_error = installed.error().text();
        if (!installed.error().cause().isEmpty())
            m_error += ": " + installed.error().cause();
        return Failure::Listen;
    }
    addRevision(checked, hasFile() ? textOnDisk() : m_options.text, "start", {});
    watchFiles(checked.loaded.files);
    const std::string &environment = checked.snapshot->config->environment;
    LogLine(lcGateway(), QtInfoMsg, "Running in: " + environment + " mode")
        .field("environment", environment)
        .field("state", checked.snapshot->config->state.backend)
        .field("workers", qint64(m_workers.size()))
        .field("routes", qint64(checked.snapshot->config->routes.size()));
    return Failure::None;
}

Result<void> Gateway::openListener(const config::ListenerConfig &listener, Sockets &sockets)
{
    Result<net::Address> address = net::Address::parse(listener.address);
    if (!address)
        return std::unexpected(address.error());
    const Result<void> isFree = net::checkFree(*address);
    if (!isFree)
        return isFree;
    int shared = -1;
    for (std::vector<NewSocket> &ofWorker : sockets) {
        // A unix path can be bound once: its workers share the socket.
        const Result<int> fd =
            address->isUnix() && shared >= 0 ? Result<int>(::dup(shared)) : net::listenOn(*address);
        if (!fd)
            return std::unexpected(fd.error());
        shared = *fd;
        ofWorker.push_back({listener.name, *fd});
        *address = net::localAddress(*fd); // the same port for the next worker
    }
    m_addresses[listener.name] = *address;
    return {};
}

Result<Gateway::Sockets> Gateway::openSockets(const config::Config &config)
{
    Sockets sockets(m_workers.size());
    if (!m_options.listens)
        return sockets;
    for (const config::ListenerConfig &listener : config.listeners) {
        const auto configured = m_configured.find(listener.name);
        if (configured != m_configured.end() && configured->second == listener.address)
            continue;
        const Result<void> opened = openListener(listener, sockets);
        if (opened)
            continue;
        closeSockets(sockets);
        return std::unexpected(opened.error());
    }
    return sockets;
}

void Gateway::closeSockets(const Sockets &sockets)
{
    for (const std::vector<NewSocket> &ofWorker : sockets) {
        for (const NewSocket &socket : ofWorker)
            ::close(socket.fd);
    }
}

Result<void> Gateway::install(const std::shared_ptr<const Snapshot> &snapshot)
{
    const Result<Sockets> sockets = openSockets(*snapshot->config);
    if (!sockets)
        return std::unexpected(sockets.error());
    // The rows of new routes, before a worker counts into them.
    auto complete = std::make_shared<Snapshot>(*snapshot);
    for (const config::RouteConfig &route : snapshot->config->routes)
        complete->metricsRows.push_back(m_metrics->routeRow(route.id));
    if (m_snapshot)
        complete->openConnections = m_snapshot->openConnections;
    for (const config::ListenerConfig &listener : snapshot->config->listeners)
        complete->openConnections.try_emplace(listener.name,
                                              std::make_shared<std::atomic<qint64>>(0));
    for (std::size_t i = 0; i < m_workers.size(); ++i) {
        const Result<void> applied = m_workers[i]->apply(complete, (*sockets)[i]);
        if (!applied) {
            closeSockets(Sockets(sockets->begin() + qsizetype(i), sockets->end()));
            return applied;
        }
    }
    m_snapshot = complete;
    m_desk->apply(complete->config->state);
    m_configured.clear();
    for (const config::ListenerConfig &listener : snapshot->config->listeners)
        m_configured[listener.name] = listener.address;
    std::erase_if(m_addresses, [this](const auto &entry) {
        const bool isGone = !m_configured.contains(entry.first);
        if (isGone)
            net::removeStaleSocket(entry.second);
        return isGone;
    });
    return {};
}

bool Gateway::reload()
{
    if (m_isDraining)
        return false;
    Checked checked = check(m_options, m_generation + 1);
    watchFiles(checked.loaded.files);
    for (const config::Finding &finding : checked.loaded.findings) {
        const bool isError = finding.severity == config::Severity::Error;
        LogLine(lcGateway(), isError ? QtCriticalMsg : QtWarningMsg, "configuration")
            .field("finding", finding.text());
    }
    const Result<void> installed = checked.snapshot
        ? install(checked.snapshot)
        : fail(ErrorCode::InvalidConfig, "the configuration has errors");
    if (!installed) {
        ++m_failedReloads;
        LogLine(lcGateway(), QtCriticalMsg, "reload refused, the old configuration stays")
            .error(installed.error());
        return false;
    }
    ++m_generation;
    ++m_reloads;
    applyLogging(checked.snapshot->config->log);
    addRevision(checked, hasFile() ? textOnDisk() : m_options.text, "file", {});
    LogLine(lcGateway(), QtInfoMsg, "reloaded").field("generation", qint64(m_generation));
    return true;
}

void Gateway::applyLogging(const config::LogConfig &log)
{
    installLogging(log.format == "json" ? LogFormat::Json : LogFormat::Text);
    resetLogLevels();
    (void)setLogLevel({}, QString::fromStdString(log.level)); // both were validated
    for (const auto &[component, level] : log.components)
        (void)setLogLevel(QString::fromStdString(component), QString::fromStdString(level));
}

/// Files, and the folders they are in: an atomic save replaces the file, which a watch of the file
/// alone would lose.
void Gateway::watchFiles(const std::vector<std::string> &files)
{
    if (!m_options.watchesFiles || files.empty())
        return;
    m_files = files;
    m_fingerprint = fingerprint();
    QStringList paths;
    for (const std::string &file : files) {
        const QFileInfo info(QString::fromStdString(file));
        if (info.exists())
            paths << info.absoluteFilePath();
        paths << info.absolutePath();
    }
    paths.removeDuplicates();
    for (const QString &watched : m_watcher.files() + m_watcher.directories())
        paths.removeAll(watched);
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
}

/// Size, time and place on the disk of every file: a folder's watch also tells of its other files.
QString Gateway::fingerprint() const
{
    QString text;
    for (const std::string &file : m_files) {
        const QFileInfo info(QString::fromStdString(file));
        struct stat status{};
        (void)::stat(file.c_str(), &status); // zeros stand for a file that is gone
        text +=
            QString("%1 %2 %3 %4\n").arg(info.filePath()).arg(status.st_size).arg(status.st_ino);
        text += info.lastModified().toString(Qt::ISODateWithMs);
        if (info.isDir())
            text += QDir(info.filePath()).entryList({"*.yaml", "*.yml"}, QDir::Files).join(',');
    }
    return text;
}

void Gateway::filesMayHaveChanged()
{
    if (fingerprint() != m_fingerprint && !m_isDraining)
        reload();
}

void Gateway::drain()
{
    if (m_isDraining)
        return;
    m_isDraining = true;
    LogLine(lcGateway(), QtInfoMsg, "draining");
    m_drainDeadline.start(m_snapshot ? m_snapshot->config->shutdownTimeout
                                     : std::chrono::milliseconds(0));
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->drain();
}

void Gateway::workerDrained()
{
    if (++m_drainedWorkers == m_workers.size())
        finishDrain(true);
}

void Gateway::finishDrain(bool isClean)
{
    if (std::exchange(m_isStopped, true))
        return;
    if (!isClean)
        LogLine(lcGateway(), QtWarningMsg, "requests cut").field("timeout", "shutdown_timeout");
    for (const std::unique_ptr<Worker> &worker : m_workers)
        worker->stop();
    for (const auto &[name, address] : m_addresses)
        net::removeStaleSocket(address);
    Q_EMIT stopped(isClean);
}

WorkerStatus Gateway::status() const
{
    WorkerStatus sum;
    for (const std::unique_ptr<Worker> &worker : m_workers)
        mergeStatus(sum, worker->status());
    return sum;
}

} // namespace gatehouse::gateway
