// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/config/loader.h"
#include "engine/gateway/revisions.h"
#include "engine/gateway/statedesk.h"
#include "engine/gateway/worker.h"
#include "engine/observe/recorder.h"

#include <QFileSystemWatcher>
#include <QTimer>

namespace gatehouse::gateway {

/// How a gateway is started.
struct GatewayOptions
{
    config::LoadOptions load; ///< middleware schemas and default pipeline are filled in
    std::string text;         ///< the configuration itself, instead of load.file
    int workers = 0;          ///< 0: one for each core
    bool watchesFiles = true;
    /// Clocks of limits can be moved and keys blocked by hand, whatever the environment.
    bool isLab = false;
    bool listens = true; ///< false: no listener is opened, for who only shows a capture
    /// What `use:` may name; null: the built-in kinds.
    std::shared_ptr<const middleware::Factories> factories;
};

/// The composition root and control plane: loads the configuration, runs the workers, swaps
/// snapshots, drains and stops. Lives on the control thread, which needs a Qt event loop.
class Gateway final : public QObject
{
    Q_OBJECT

public:
    explicit Gateway(GatewayOptions options);
    ~Gateway() override;

    /// Gives the control thread our event loop. Before the QCoreApplication is made.
    static void useEpoll();

    /// Loads and compiles without running anything. Used by `check`, `explain` and `config`, too.
    struct Checked
    {
        config::Loaded loaded;
        std::shared_ptr<const Snapshot> snapshot; ///< null if a finding is an error
    };
    [[nodiscard]] static Checked check(const GatewayOptions &options, quint64 generation = 0);

    /// Why start() has failed.
    enum class Failure { None, Configuration, Unusable, Listen };
    /// Opens the listeners and starts the workers. findings() and error() say what was wrong.
    Failure start();
    [[nodiscard]] const config::Findings &findings() const { return m_findings; }
    [[nodiscard]] const QString &error() const { return m_error; }

    /// Reads the configuration again. The old one stays in force if the new one has errors; what
    /// was found is logged. True if the new one is in force.
    bool reload();
    /// The same options with \a draft in the place of the main file.
    [[nodiscard]] GatewayOptions optionsFor(const std::string &draft) const;
    struct Change
    {
        std::string text;     ///< of the main file
        quint64 expected = 0; ///< generation that it was made for; 0: any
        QString author;
        QString comment;
    };
    /// Puts \a change into force and writes it to the file, if there is one. Gives the new
    /// generation. InvalidConfig with \a findings, Conflict if another generation is in force or
    /// the file says something else by now, Unavailable if it cannot be written: the old one stays
    /// in force then.
    Result<quint64> apply(const Change &change, config::Findings &findings);
    /// Makes the revisions of a capture known, so that its exchanges can be explained.
    void adoptRevisions(const std::vector<observe::CapturedRevision> &captured);
    /// What the main file says now; empty if there is none.
    [[nodiscard]] std::string textOnDisk() const;
    /// Path of the main file; "demo.yaml" for the demo, which has none.
    [[nodiscard]] const std::string &file() const { return m_options.load.file; }
    [[nodiscard]] bool hasFile() const { return m_options.text.empty(); }
    [[nodiscard]] const Revisions &revisions() const { return m_revisions; }
    [[nodiscard]] observe::Recorder &recorder() { return *m_recorder; }
    [[nodiscard]] const observe::Recorder &recorder() const { return *m_recorder; }
    [[nodiscard]] const std::vector<std::string> &files() const { return m_files; }

    /// Stops accepting, lets requests finish, then emits stopped(). What is not finished within
    /// shutdown_timeout is cut.
    void drain();

    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const { return m_snapshot; }
    [[nodiscard]] const observe::Metrics &metrics() const { return *m_metrics; }
    /// Where listeners really listen, by name: the port for an address with port 0.
    [[nodiscard]] const std::map<std::string, net::Address> &addresses() const
    {
        return m_addresses;
    }
    /// What the workers share: limits, and how the state backend is.
    [[nodiscard]] const SharedState &shared() const { return m_shared; }
    /// Where the control plane reads and changes the state.
    [[nodiscard]] StateDesk &desk() { return *m_desk; }
    /// Summed over the workers.
    [[nodiscard]] WorkerStatus status() const;
    /// The API keys of the middlewares that run, for the admin API. Thread-safe.
    [[nodiscard]] auth::KeyBooks &keyBooks() { return m_shared.auth().keyBooks(); }
    [[nodiscard]] bool isLab() const { return m_options.isLab; }
    [[nodiscard]] bool isDraining() const { return m_isDraining; }
    [[nodiscard]] quint64 reloads() const { return m_reloads; }
    [[nodiscard]] quint64 failedReloads() const { return m_failedReloads; }

Q_SIGNALS:
    /// Another generation is in force.
    void applied(quint64 generation);
    /// A drain is over. \a isClean: nothing had to be cut.
    void stopped(bool isClean);

private:
    using Sockets = std::vector<std::vector<NewSocket>>; ///< by worker

    Result<Sockets> openSockets(const config::Config &config);
    Result<void> openListener(const config::ListenerConfig &listener, Sockets &sockets);
    static void closeSockets(const Sockets &sockets);
    Result<void> install(const std::shared_ptr<const Snapshot> &snapshot);
    void applyLogging(const config::LogConfig &log);
    void addRevision(const Checked &checked, std::string text, const QString &author,
                     const QString &comment);
    void watchFiles(const std::vector<std::string> &files);
    void filesMayHaveChanged();
    [[nodiscard]] QString fingerprint() const;
    void workerDrained();
    void finishDrain(bool isClean);

    GatewayOptions m_options;
    std::unique_ptr<observe::Metrics> m_metrics;
    std::unique_ptr<observe::Recorder> m_recorder;
    SharedState m_shared;
    std::unique_ptr<StateDesk> m_desk;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::map<std::string, net::Address> m_addresses;
    std::map<std::string, std::string> m_configured; ///< listener name to address as configured
    Revisions m_revisions;
    config::Findings m_findings;
    QString m_error;
    QFileSystemWatcher m_watcher;
    std::vector<std::string> m_files; ///< that make up the configuration
    QString m_fingerprint;            ///< of m_files, when they were read
    QTimer m_reloadDelay;
    QTimer m_drainDeadline;
    std::size_t m_drainedWorkers = 0;
    quint64 m_generation = 0;
    quint64 m_reloads = 0;
    quint64 m_failedReloads = 0;
    bool m_isDraining = false;
    bool m_isStopped = false;
};

} // namespace gatehouse::gateway
