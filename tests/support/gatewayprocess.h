// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace gatehouse::test {

/// The real program, started with a configuration of the test's own, on ports that the system
/// picks.
class GatewayProcess
{
public:
    /// \a yaml without listeners and admin, which are added: one listener "web" on port 0, unless
    /// \a yaml has listeners of its own.
    /// \a listenerSettings goes into that listener: "limits: {connections: 2}".
    explicit GatewayProcess(const QByteArray &yaml, const QByteArray &listenerSettings = {},
                            const QStringList &arguments = {});
    ~GatewayProcess(); ///< drains it; kills it if that takes longer than 5 s

    [[nodiscard]] bool isRunning() const { return m_port != 0; }
    [[nodiscard]] quint16 port() const { return m_port; }
    /// Of any listener, as it was when the program started.
    [[nodiscard]] quint16 port(const QString &listener) const;
    [[nodiscard]] quint16 adminPort() const { return m_adminPort; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QString file() const { return m_folder.filePath("gatehouse.yaml"); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }

    /// Replaces the configuration as editors do: a new file, renamed over the old one.
    void rewrite(const QByteArray &yaml);
    void signal(int number);
    /// The exit code, once it has ended; -1 after 10 s.
    int waitForExit();
    /// What it has logged so far.
    QByteArray log();
    /// Waits until the log holds \a text; false after 5 s.
    bool waitForLog(const QByteArray &text);
    /// What the admin address answers.
    QByteArray admin(const QByteArray &path, const QByteArray &method = "GET");

    /// "services: ..., routes: ..." for one service at \a url behind a route that takes everything.
    static QByteArray proxyTo(const QByteArray &url, const QByteArray &serviceSettings = {});
    /// The program itself: GATEHOUSE_BIN_DIR/gatehouse.
    static QString program();

private:
    [[nodiscard]] QByteArray complete(const QByteArray &yaml) const;
    void readReadyLine();
    [[nodiscard]] QString outputFile() const { return m_folder.filePath("output"); }

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_listenerSettings;
    QByteArray m_log;
    QJsonObject m_listeners;
    quint16 m_port = 0;
    quint16 m_adminPort = 0;
};

/// One run of the program to its end.
struct ProgramRun
{
    /// In \a folder, or where the test runs; ended after 10 s.
    explicit ProgramRun(const QStringList &arguments, const QString &folder = {});

    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

} // namespace gatehouse::test
